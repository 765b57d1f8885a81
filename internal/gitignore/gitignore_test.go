package gitignore

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

// TestGit holds random patterns, at the root and in a directory below it, against git
// itself.
func TestGit(t *testing.T) {
	git, err := exec.LookPath("git")
	if err != nil {
		t.Skip("git is not here to compare with")
	}
	dir := t.TempDir()
	if out, err := exec.Command(git, "-C", dir, "init", "-q").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	var files []string
	for _, d := range []string{"", "a", "b", "a/b", "b/a", "a/b/a", "a/a b", "a/b/a/b", "{a,b}"} {
		for _, f := range []string{"a", "b", "ab", "a.yml", "b.yml", "a b", "!a", "#a", "[a]", "*"} {
			files = append(files, path.Join(d, f, "x.yml"))
		}
	}
	for _, f := range files {
		full := filepath.Join(dir, filepath.FromSlash(f))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 0))
		root, below := randomPatterns(r), randomPatterns(r)
		write(t, dir, root)
		write(t, filepath.Join(dir, "a"), below)
		patterns := Patterns{}.With("", root).With("a", below)
		got := map[string]bool{}
		for _, f := range files {
			got[f] = ignored(patterns, f)
		}
		for f, want := range gitIgnores(t, git, dir, files) {
			if got[f] != want {
				t.Errorf("seed %d: %q: ignored is %v, git says %v\nroot:\n%s\na:\n%s", seed, f, got[f], want, root, below)
			}
		}
	}
}

// randomPatterns are valid ones: what git makes of a class that holds a slash, and of "**"
// beside other signs, is not documented.
func randomPatterns(r *rand.Rand) string {
	tokens := []string{"a", "b", "x", ".yml", "*", "?", "[ab]", "[!a]", "[^b]", "!", "#", " ", `\!`, `\#`, `\ `, "{a,b}"}
	var text strings.Builder
	for range 1 + r.IntN(4) {
		text.WriteString([]string{"", "", "!", "/", " ", "#"}[r.IntN(6)])
		var names []string
		for range 1 + r.IntN(3) {
			name := tokens[r.IntN(len(tokens))] + tokens[r.IntN(len(tokens))]
			if name == "**" || r.IntN(4) > 0 {
				name = strings.ReplaceAll(name, "**", "*")
			} else {
				name = "**"
			}
			names = append(names, name)
		}
		text.WriteString(strings.Join(names, "/"))
		text.WriteString([]string{"", "", "/", " "}[r.IntN(4)] + []string{"\n", "\r\n"}[r.IntN(2)])
	}
	return text.String()
}

// ignored also asks about the directories on the way, as a walk does.
func ignored(p Patterns, file string) bool {
	for i, c := range file {
		if c == '/' && p.Ignore(file[:i], true) {
			return true
		}
	}
	return p.Ignore(file, false)
}

func gitIgnores(t *testing.T, git, dir string, files []string) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	for _, f := range files {
		all[f] = false
	}
	c := exec.Command(git, "-C", dir, "-c", "core.excludesFile=/dev/null", "check-ignore", "-z", "--no-index", "--stdin")
	c.Stdin = strings.NewReader(strings.Join(files, "\x00"))
	out, err := c.Output()
	if exit, ok := err.(*exec.ExitError); err != nil && !(ok && exit.ExitCode() == 1) {
		t.Fatal(err)
	}
	for f := range strings.SplitSeq(strings.TrimSuffix(string(out), "\x00"), "\x00") {
		if f != "" {
			all[f] = true
		}
	}
	return all
}

func write(t *testing.T, dir, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, ".gitignore"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
