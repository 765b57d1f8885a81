package gitindex

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// repository is one with some files in its index.
func repository(t *testing.T, options ...string) (dir string, git func(args ...string) string) {
	t.Helper()
	program, err := exec.LookPath("git")
	if err != nil {
		t.Skipf("git is not here to write what is read: %v", err)
	}
	dir = t.TempDir()
	git = func(args ...string) string {
		t.Helper()
		c := exec.Command(program, append([]string{"-C", dir}, args...)...)
		c.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null")
		out, err := c.CombinedOutput()
		if err != nil {
			t.Fatalf("git %v: %v: %s", args, err, out)
		}
		return string(out)
	}
	git(append([]string{"init", "-q"}, options...)...)
	return dir, git
}

// TestGit reads what git writes: each version, and either length of hashes.
func TestGit(t *testing.T) {
	for _, options := range [][]string{{"--object-format=sha1"}, {"--object-format=sha256"}} {
		for _, version := range []string{"2", "3", "4"} {
			t.Run(options[0]+" "+version, func(t *testing.T) {
				dir, git := repository(t, options...)
				r := rand.New(rand.NewPCG(1, 0))
				var want []string
				for i := range 300 {
					name := strings.Repeat("d/", r.IntN(4)) + strings.Repeat(string(rune('a'+i%26)), 1+r.IntN(200)) + "é.yml"
					want = append(want, name)
					if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
						t.Fatal(err)
					}
					if err := os.WriteFile(filepath.Join(dir, name), nil, 0o644); err != nil {
						t.Fatal(err)
					}
				}
				git("add", "-A")
				git("update-index", "--index-version", version)
				if version == "3" {
					if err := os.WriteFile(filepath.Join(dir, "new"), nil, 0o644); err != nil {
						t.Fatal(err)
					}
					git("add", "-N", "new")
					want = append(want, "new")
				}
				slices.Sort(want)
				want = slices.Compact(want)
				got, err := Names(read(t, dir))
				if err != nil {
					t.Fatal(err)
				}
				slices.Sort(got)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("names (-want +got):\n%s", diff)
				}
			})
		}
	}
}

// TestSplit is not read in part.
func TestSplit(t *testing.T) {
	dir, git := repository(t)
	if err := os.WriteFile(filepath.Join(dir, "a"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	git("add", "-A")
	git("update-index", "--split-index")
	if _, err := Names(read(t, dir)); err != errUnknown {
		t.Errorf("%v, want %v", err, errUnknown)
	}
}

// TestWithoutChecksum reads an index that git wrote zeros under.
func TestWithoutChecksum(t *testing.T) {
	dir, git := repository(t)
	if err := os.WriteFile(filepath.Join(dir, "a"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	git("-c", "index.skipHash=true", "add", "-A")
	index := read(t, dir)
	clear(index[len(index)-20:]) // by a git that does not know the setting
	if names, err := Names(index); err != nil || !slices.Equal(names, []string{"a"}) {
		t.Errorf("%q, %v", names, err)
	}
}

// TestDamaged reads indexes that are cut and changed anywhere, which is an error.
func TestDamaged(t *testing.T) {
	dir, git := repository(t)
	for _, name := range []string{"a", "b", "bc"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	git("add", "-A")
	for _, version := range []string{"2", "4"} {
		git("update-index", "--index-version", version)
		index := read(t, dir)
		for i := range index {
			if _, err := Names(index[:i]); err == nil {
				t.Errorf("version %s, the first %d bytes: no error", version, i)
			}
			for _, b := range []byte{0, 0x7f, 0x80, 0xff} {
				changed := slices.Clone(index)
				changed[i] = b
				if _, err := Names(changed); err == nil && b != index[i] {
					t.Errorf("version %s, byte %d is %#x: no error", version, i, b)
				}
			}
		}
	}
}

func read(t *testing.T, dir string) []byte {
	t.Helper()
	index, err := os.ReadFile(filepath.Join(dir, ".git", "index"))
	if err != nil {
		t.Fatal(err)
	}
	return index
}
