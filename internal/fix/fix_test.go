package fix_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/composelint/composelint/internal/fix"
	"github.com/composelint/composelint/internal/golden"
	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/rules"
)

// TestEdits makes the edits of each archive of testdata in its files. The edits are a line each, in JSON; what
// becomes of the files, and why an edit is refused, stands behind them.
func TestEdits(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, path := range paths {
		path, err := filepath.Abs(path)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			i := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == "edits" })
			files, edits, want := archive.Files[:i], archive.Files[i].Data, archive.Files[i+1:]
			got := edited(t, files, string(edits))
			if golden.Updating() {
				archive.Files = append(archive.Files[:i+1:i+1], got...)
				if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(shown(want), shown(got)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			marked := func(text []byte) []byte {
				return append([]byte("\ufeff"), bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))...)
			}
			of := func(files []txtar.File) (all []txtar.File) {
				for _, f := range files {
					if f.Name != "refused" {
						f.Data = marked(f.Data)
					}
					all = append(all, f)
				}
				return all
			}
			if diff := cmp.Diff(shown(of(want)), shown(edited(t, of(files), string(edits)))); diff != "" {
				t.Errorf("with the line breaks of Windows (-want +got):\n%s", diff)
			}
		})
	}
}

func shown(files []txtar.File) string { return string(txtar.Format(&txtar.Archive{Files: files})) }

// edited are the files that edits change, as they are then, and a file "refused".
func edited(t *testing.T, files []txtar.File, edits string) []txtar.File {
	t.Helper()
	dir := t.TempDir()
	if err := txtar.Write(&txtar.Archive{Files: files}, dir); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	o := loader.Options{AllowOutside: false}
	for _, f := range files {
		if strings.HasPrefix(f.Name, "compose") {
			o.Files = append(o.Files, f.Name)
		}
	}
	project, err := loader.Load(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	findings := findingsOf(t, edits)
	fix.Resolve(findings, project.Project, project.Sources)
	batch, refused := &fix.Batch{}, ""
	for _, f := range findings {
		switch {
		case f.Fixes[0].Refused != "":
			refused += fmt.Sprintf("%s: %s\n", f.Message, f.Fixes[0].Refused)
		case !batch.Add(f.Fixes[0].Changes):
			refused += f.Message + ": waits for another one\n"
		}
	}
	texts, err := batch.Apply(func(file string) []byte { return project.Sources.Files[file].Text })
	if err != nil {
		t.Fatal(err)
	}
	var got []txtar.File
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		got = append(got, txtar.File{Name: "fixed/" + name, Data: texts[name]})
	}
	if refused != "" {
		got = append(got, txtar.File{Name: "refused", Data: []byte(refused)})
	}
	return got
}

// findingsOf are findings with a fix each, of one line of edits.
func findingsOf(t *testing.T, edits string) []rules.Finding {
	t.Helper()
	var findings []rules.Finding
	for line := range strings.Lines(edits) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		var of []rules.Edit
		if err := json.Unmarshal([]byte("["+line+"]"), &of); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		findings = append(findings, rules.Finding{Message: line, Fixes: []rules.Fix{{Edits: of}}})
	}
	return findings
}
