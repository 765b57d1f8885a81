package policies

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestFresh makes every file anew, in a copy of the repository where what was made before
// holds anything, and compares it with the repository's.
func TestFresh(t *testing.T) {
	const repository = "../../.."
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "policies"), policiesOf(repository)); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "docs"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "policies/compiled.bin"), []byte("<<<<<<< anything"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := Generate(dir); err != nil {
		t.Fatal(err)
	}
	files, err := outputs(policiesOf(dir))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		want, got := read(t, dir, f.path), read(t, repository, f.path)
		switch {
		case want == got:
		case filepath.Ext(f.path) == ".bin":
			t.Errorf("%s is not fresh: run go generate ./policies", f.path)
		default:
			t.Errorf("%s is not fresh: run go generate ./policies (-want +got):\n%s", f.path, cmp.Diff(want, got))
		}
	}
}

func read(t *testing.T, dir, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
