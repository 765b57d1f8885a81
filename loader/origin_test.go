package loader

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/composelint/composelint/internal/golden"
	"github.com/composelint/composelint/model"
)

// TestOrigins states, for every node of the model, the token that defines it and the hops
// it came through. Each archive is a project whose .yml files are merged in order.
func TestOrigins(t *testing.T) {
	archives, err := filepath.Glob("testdata/origins/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, name := range archives {
		t.Run(filepath.Base(name), func(t *testing.T) {
			name, err := filepath.Abs(name)
			if err != nil {
				t.Fatal(err)
			}
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			got := origins(t, archive)
			last := len(archive.Files) - 1
			if archive.Files[last].Name != "want" {
				archive.Files = append(archive.Files, txtar.File{Name: "want"})
				last++
			}
			if golden.Updating() {
				archive.Files[last].Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(archive.Files[last].Data), got); diff != "" {
				t.Errorf("origins (-want +got):\n%s", diff)
			}
		})
	}
}

// origins lists what was loaded: each node with its token, then problems and unknowns.
func origins(t *testing.T, archive *txtar.Archive) string {
	t.Helper()
	t.Chdir(t.TempDir())
	var files []string
	for _, f := range archive.Files {
		if f.Name == "want" {
			continue
		}
		if err := os.MkdirAll(filepath.Dir(f.Name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(f.Name, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
		if filepath.Ext(f.Name) == ".yml" {
			files = append(files, f.Name)
		}
	}
	r, err := Load(context.Background(), Options{Files: files})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, at := range r.Sources.Ats() {
		o, _ := r.Sources.Locate(at, "")
		fmt.Fprintf(&b, "%s: %s\n", at, quote(r.Sources, o.Location))
		for _, hop := range o.Hops {
			fmt.Fprintf(&b, "  %s: %s\n", hop.Label, quote(r.Sources, hop.Location))
		}
	}
	for _, p := range r.Problems {
		fmt.Fprintf(&b, "problem at %s: %s\n", p.At, p.Message)
	}
	for _, u := range r.Unknown {
		fmt.Fprintf(&b, "unknown at %s %s: %s\n", u.At, u.Key, u.Variable)
	}
	return b.String()
}

// quote is a location with its text, as far as it is on one line.
func quote(s *model.Sources, l model.Location) string {
	line := []rune(s.Files[l.File].Lines()[l.Start.Line-1])
	end := len(line) + 1
	if l.End.Line == l.Start.Line {
		end = l.End.Column
	}
	return fmt.Sprintf("%s «%s»", l, string(line[l.Start.Column-1:end-1]))
}
