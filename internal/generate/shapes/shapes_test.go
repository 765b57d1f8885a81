package shapes

import (
	"encoding/json"
	"os"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	data      = "../../../policies/data/secret_shapes.json"
	generated = "../../../loader/secret/shapes.go"
)

// TestFresh holds what is generated against the data.
func TestFresh(t *testing.T) {
	text, err := os.ReadFile(data)
	if err != nil {
		t.Fatal(err)
	}
	want, err := Generate(text)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(generated)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("loader/secret/shapes.go is not fresh: run go generate ./loader/secret (-want +got):\n%s", diff)
	}
}

// TestHint holds the marks against the hint by which policies pass over most texts: a shape that
// is only masked, or only found, would be worse than none.
func TestHint(t *testing.T) {
	text, err := os.ReadFile(data)
	if err != nil {
		t.Fatal(err)
	}
	var k struct {
		knowledge
		Hint struct{ Tokens string }
	}
	if err := json.Unmarshal(text, &k); err != nil {
		t.Fatal(err)
	}
	hint := regexp.MustCompile(k.Hint.Tokens)
	for _, s := range k.Shapes {
		if len(s.Marks) == 0 || s.Kind != "token" && s.Kind != "hash" {
			t.Errorf("%q has no marks, or the unknown kind %q", s.Pattern, s.Kind)
		}
		for _, mark := range s.Marks {
			if !hint.MatchString(mark) {
				t.Errorf("the hint passes over the mark %q of %q", mark, s.Pattern)
			}
		}
	}
}
