package report

import (
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/severity"
)

// The hashes come from an implementation with a rolling window, as GitHub's has, which was
// compared with the vectors of GitHub's own tests.
func TestLineHashes(t *testing.T) {
	service := []string{"5e2d66b59bc856f8:1", "47b8de4c0753f5dc:1", "9451bc602ae69b6:1", "c129715d7a2bc9a3:1"}
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"empty", "", []string{"c129715d7a2bc9a3:1"}},
		{"LF", "services:\n  web:\n    image: nginx\n", service},
		{"CR LF", "services:\r\n  web:\r\n    image: nginx\r\n", service},
		{"CR", "services:\r  web:\r    image: nginx\r", service},
		{"blanks do not count", "services :\n\tweb:\n image:\t\tnginx  \n ", service},
		{"CR, blank, LF are two lines", "\r \n", []string{"5b5d4caf73a13177:1", "3c5bef55b72b93c9:1", "c129715d7a2bc9a3:1"}},
		{
			"UTF-16 and byte order mark", "\ufeffname: 😀é\n\n\n",
			[]string{"bbb85bf045f8956d:1", "5b5d4caf73a13177:1", "3c5bef55b72b93c9:1", "c129715d7a2bc9a3:1"},
		},
		{"longer than the window", "x: " + strings.Repeat("y", 150) + "\nz", []string{"9bfc49c569982458:1", "76dcabf80cb35c79:1"}},
	} {
		if got := lineHashes([]byte(c.text)); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestLineHashesCountEqualLines(t *testing.T) {
	got := lineHashes([]byte(strings.Repeat("a: 1\n", 60)))
	want := []string{"42a9af0436f14616:1", "42a9af0436f14616:36", "42a9af04fc814a33:1", "c129715d7a2bc9a3:1"}
	if some := []string{got[0], got[35], got[36], got[60]}; !slices.Equal(some, want) {
		t.Errorf("got %q, want %q", some, want)
	}
}

// The hash of an empty file is the end of file at the oldest place of the window.
func TestLineHashOfNothing(t *testing.T) {
	hash := new(big.Int).Exp(big.NewInt(37), big.NewInt(99), nil)
	hash.Mul(hash, big.NewInt(65535)).Mod(hash, new(big.Int).Lsh(big.NewInt(1), 64))
	if got, want := lineHashes(nil)[0], hash.Text(16)+":1"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestIdentity(t *testing.T) {
	f := rules.Finding{Rule: "rule", At: "services.app", Key: "image"}
	moved := f
	moved.Location = span("compose.yaml", 9, 9, 9)
	moved.Message = "in other words"
	if identity(f, "compose.yaml") != identity(moved, "compose.yaml") {
		t.Error("the identity depends on more than rule, file, node and key")
	}
	others := map[string]bool{identity(f, "compose.yaml"): true, identity(f, "other.yaml"): true}
	for _, other := range []rules.Finding{
		{Rule: "rule2", At: "services.app", Key: "image"},
		{Rule: "rule", At: "services.app2", Key: "image"},
		{Rule: "rule", At: "services.app", Key: "image2"},
		{Rule: "rule", At: "services.appimage"},
	} {
		others[identity(other, "compose.yaml")] = true
	}
	if len(others) != 6 {
		t.Errorf("%d of 6 identities differ", len(others))
	}
}

// A hash of the raw text keeps the fingerprint equal to that of the upload action.
func TestFingerprintsOfHiddenText(t *testing.T) {
	f := newFile("compose.yaml", "environment:\n  PASSWORD: hunter2\n")
	r := Report{
		Files: map[string]*model.File{f.Path: f},
		Rules: everyKind,
		Findings: []rules.Finding{{
			Rule: "published-port", Severity: severity.Warning, Message: "m", Location: at(t, f, "PASSWORD"),
		}},
	}
	f.Hide(25, 32)
	got := readSARIF(t, r).Runs[0].Results[0].PartialFingerprints["primaryLocationLineHash"]
	if want := lineHashes(f.Text)[1]; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
