package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/composelint/composelint/internal/lint"
	"github.com/composelint/composelint/model"
)

// TestWriteFixed writes all files or none: not over one that changed meanwhile, and not through a link that leads
// out of the tree, after which those that were written already have their texts again.
func TestWriteFixed(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "outside.yaml")
	for name, test := range map[string]struct {
		prepare func(t *testing.T)
		want    string
	}{
		"all":       {func(*testing.T) {}, ""},
		"meanwhile": {func(t *testing.T) { write(t, "b.yaml", "changed") }, `could not write "b.yaml": it is not written in UTF-8, or has changed meanwhile: save it as UTF-8, and try again`},
		"elsewhere": {func(t *testing.T) {
			write(t, outside, "b before")
			if err := os.Remove("b.yaml"); err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink(outside, "b.yaml"); err != nil {
				t.Fatal(err)
			}
		}, `could not write "b.yaml": a link leads from there out of the repository: remove the link, or name the file that it leads to`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			var fixed lint.Fixed
			for _, file := range []string{"a.yaml", "b.yaml"} {
				write(t, file, file[:1]+" before")
				fixed.Files = append(fixed.Files, lint.FixedFile{
					Before: &model.File{Path: file, Text: []byte(file[:1] + " before")},
					After:  &model.File{Path: file, Text: []byte(file[:1] + " after")},
				})
			}
			test.prepare(t)
			there := read(t, "b.yaml")
			err := (&command{}).writeFixed(fixed)
			got := ""
			if err != nil {
				got = err.Error()
			}
			if got != test.want {
				t.Errorf("the error is %q, want %q", got, test.want)
			}
			want := map[string]string{"a.yaml": "a after", "b.yaml": "b after"}
			if test.want != "" {
				want = map[string]string{"a.yaml": "a before", "b.yaml": there}
			}
			for file, text := range want {
				if is := read(t, file); is != text {
					t.Errorf("%s is %q, want %q", file, is, text)
				}
			}
			left, err := filepath.Glob(".composelint-*")
			if err != nil || len(left) > 0 {
				t.Errorf("there are still %q: %v", left, err)
			}
		})
	}
}

// TestInterview asks of each fix, and takes for a no what is no answer.
func TestInterview(t *testing.T) {
	for answers, want := range map[string]string{
		"y\nn\ny\n": "yny", "what\ny\n": "ynn", "a\n": "yyy", "n\nall\n": "nyy", "y\nq\n": "ynn", "": "nnn",
	} {
		var out strings.Builder
		i := newInterview(&command{stdout: &out}, strings.NewReader(answers))
		got := ""
		for range 3 {
			if i.choose(lint.FixedFinding{}, nil) {
				got += "y"
			} else {
				got += "n"
			}
		}
		if got != want {
			t.Errorf("%q: %s, want %s", answers, got, want)
		}
	}
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
