package lint

import (
	"bytes"
	"context"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/composelint/composelint/internal/archives"
	"github.com/composelint/composelint/loader"
)

// FuzzFix fixes whatever a file says. It holds that nothing panics, that a file which is read without errors
// stays one, and that there is nothing more to fix then.
func FuzzFix(f *testing.F) {
	for _, archive := range archives.WellFormed(f) {
		for _, file := range archives.ComposeFiles(archive) {
			f.Add(file.Data)
		}
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		fixed := fixedText(t, text)
		if fixed == nil || len(fixed.Files) == 0 {
			return
		}
		after := fixed.Files[0].After.Text
		if again := fixedText(t, after); again == nil || len(again.Made) > 0 {
			t.Errorf("a second run fixes more:\n%s", after)
		}
	})
}

// fixedText is a project of one file with its findings fixed, nil where it cannot be judged.
func fixedText(t *testing.T, text []byte) *Fixed {
	t.Helper()
	strict := true
	l := New(Options{
		Load:     loader.Options{Texts: map[string][]byte{"compose.yaml": text}},
		NoConfig: true, Whole: true, Strict: &strict, Today: "2027-01-31",
	})
	r, err := l.Judge(context.Background(), []loader.Found{{Files: []string{"compose.yaml"}}}, func() {})
	if err != nil || len(r.Projects) == 0 {
		return nil
	}
	problems := len(r.Projects[0].Problems)
	fixed, err := l.Fix(context.Background(), r.Projects, Fixing{Unsafe: true})
	if err != nil {
		t.Fatal(err)
	}
	if now := len(fixed.Left.projects[0].Problems); now > problems {
		t.Errorf("there are %d problems instead of %d:\n%s", now, problems, fixed.Files[0].After.Text)
	}
	return &fixed
}

// TestFixesOfMutations does the same over files that were damaged at random.
func TestFixesOfMutations(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	var all [][]byte
	for _, archive := range archives.WellFormed(t) {
		for _, file := range archives.ComposeFiles(archive) {
			all = append(all, file.Data)
		}
	}
	slices.SortFunc(all, bytes.Compare)
	number := 150
	if stated := os.Getenv("COMPOSELINT_MUTATIONS"); stated != "" {
		number, _ = strconv.Atoi(stated)
	}
	made := 0
	for range number {
		text := damaged(random, all[random.IntN(len(all))])
		fixed := fixedText(t, text)
		if fixed == nil || len(fixed.Files) == 0 {
			continue
		}
		made += len(fixed.Made)
		after := fixed.Files[0].After.Text
		if again := fixedText(t, after); again == nil || len(again.Made) > 0 {
			t.Errorf("a second run fixes more of\n%s\nwhich was\n%s", after, text)
		}
	}
	if made == 0 {
		t.Error("nothing was fixed")
	}
	t.Log(made, "findings were fixed")
}

// damaged is a text of which some lines or characters are others.
func damaged(random *rand.Rand, text []byte) []byte {
	lines := bytes.SplitAfter(slices.Clone(text), []byte("\n"))
	for range 1 + random.IntN(3) {
		i, j := random.IntN(len(lines)), random.IntN(len(lines))
		switch random.IntN(8) {
		case 0:
			lines[i] = nil
		case 1:
			lines[i] = append(slices.Clone(lines[i]), lines[i]...)
		case 2:
			lines[i], lines[j] = lines[j], lines[i]
		case 3:
			lines[i] = append([]byte("  "), lines[i]...)
		case 4:
			lines[i] = bytes.TrimPrefix(lines[i], []byte("  "))
		case 5:
			at := random.IntN(len(lines[i]) + 1)
			lines[i] = slices.Concat(lines[i][:at], []byte{"{}[]:#&*!|>'\"%@,- \t\r"[random.IntN(20)]}, lines[i][at:])
		case 6:
			lines[i] = append(bytes.TrimRight(lines[i], "\n"), "  # why\n"...)
		case 7:
			for k := range lines {
				lines[k] = bytes.Replace(lines[k], []byte("\n"), []byte("\r\n"), 1)
			}
		}
	}
	return bytes.Join(lines, nil)
}
