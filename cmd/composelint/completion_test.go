package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// script writes the completions for a shell to a file; the test is skipped where the shell is
// not installed.
func script(t *testing.T, shell string) (shellPath, file string) {
	t.Helper()
	shellPath, err := exec.LookPath(shell)
	if err != nil {
		t.Skipf("%s is not here", shell)
	}
	stdout, stderr, status := run(t, ".", "--completion", shell)
	if stderr != "" || status != statusClean {
		t.Fatalf("status %d: %s", status, stderr)
	}
	file = filepath.Join(t.TempDir(), "_composelint")
	if err := os.WriteFile(file, []byte(stdout), 0o644); err != nil {
		t.Fatal(err)
	}
	return shellPath, file
}

// TestBashCompletion calls the function as bash does, which splits at "=".
func TestBashCompletion(t *testing.T) {
	bash, file := script(t, "bash")
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "policies"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		words []string
		want  string
	}{
		{[]string{"--fail-on", ""}, "error warning note none"},
		{[]string{"--fail-on", "=", "n"}, "note none"},
		{[]string{"--fail-on", "="}, "error warning note none"},
		{[]string{"--format", "checklist"}, "checklist checklist-md"},
		{[]string{"--explain", "docker-socket-m"}, "docker-socket-mount"},
		{[]string{"--policies", "p"}, "policies"},
		{[]string{"least", "--kind", "lin"}, "linuxserver"},
		{[]string{"--no-i"}, "--no-ignores"},
		{[]string{"compose.yaml", "--he"}, "--help"},
		{[]string{"--output", "p"}, ""}, // what bash completes by default: files
		{[]string{"comp"}, ""},
	} {
		line := `source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _composelint 2>/dev/null; echo "${COMPREPLY[*]}"`
		cmd := exec.Command(bash, append([]string{"--norc", "-c", line, "bash", file, "composelint"}, c.words...)...)
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		if got := strings.TrimSpace(string(out)); err != nil || got != c.want {
			t.Errorf("%q: %q, want %q (%v)", c.words, got, c.want, err)
		}
	}
}

// noIgnores is what the completion says of the option.
const noIgnores = "let nothing excuse a finding or make less of it; =comments only what stands in the files themselves"

func TestFishCompletion(t *testing.T) {
	fish, file := script(t, "fish")
	for line, want := range map[string]string{
		"composelint --color a":                 "always\tWHEN to colour: auto (default), always, never\nauto\tWHEN to colour: auto (default), always, never\n",
		"composelint --color=n":                 "--color=never\tWHEN to colour: auto (default), always, never\n",
		"composelint --explain docker-socket-m": "docker-socket-mount\tprint the page of RULE\n",
		"composelint --no-i":                    "--no-ignores\t" + noIgnores + "\n--no-ignores=\t" + noIgnores + "\n",
		"composelint --project-direct":          "--project-directory\ttake DIR for the project's directory\n",
	} {
		out, err := exec.Command(fish, "--no-config", "-c", `source $argv[1]; complete -C $argv[2]`, file, line).CombinedOutput()
		if diff := cmp.Diff(want, string(out)); err != nil || diff != "" {
			t.Errorf("%s: %v (-want +got):\n%s", line, err, diff)
		}
	}
}

// TestZshCompletion can see that zsh takes the file: its completions appear at a terminal
// only.
func TestZshCompletion(t *testing.T) {
	zsh, file := script(t, "zsh")
	line := `autoload -Uz compinit && compinit -D -u && source "$1" && print -r -- ${_comps[composelint]}`
	out, err := exec.Command(zsh, "-f", "-c", line, "zsh", file).CombinedOutput()
	if string(out) != "_composelint\n" || err != nil {
		t.Errorf("%q %v", out, err)
	}
}
