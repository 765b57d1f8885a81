// Package golden is for tests only: it holds output against files of the output that is
// expected, which go test -update writes anew.
package golden

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write the expected output anew")

// Updating is true where the expected output is written, and not compared.
func Updating() bool { return *update }

// Check compares output with the file of that path.
func Check(t testing.TB, path string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got; -update writes it):\n%s", path, diff)
	}
}

// wantFile is the last file of an archive, which holds the output that is expected.
const wantFile = "want"

// Archives compares what is made of each archive that matches the pattern, as a subtest, with
// its last file.
func Archives(t *testing.T, pattern string, outputOf func(*testing.T, *txtar.Archive) string) {
	t.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		t.Fatalf("no archives %s: %v", pattern, err)
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			path, err := filepath.Abs(name)
			if err != nil {
				t.Fatal(err)
			}
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			want := ""
			if last := len(archive.Files) - 1; last >= 0 && archive.Files[last].Name == wantFile {
				want, archive.Files = string(archive.Files[last].Data), archive.Files[:last]
			}
			got := outputOf(t, archive)
			if *update {
				archive.Files = append(archive.Files, txtar.File{Name: wantFile, Data: []byte(got)})
				if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-want +got; -update writes it):\n%s", name, diff)
			}
		})
	}
}
