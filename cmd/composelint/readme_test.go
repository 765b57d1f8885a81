package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/internal/golden"
)

const readme = root + "/README.md"

// block is a fenced block: its language, the file that it is, and its text.
var block = regexp.MustCompile("(?ms)^```(\\w+)(?: (\\S+))?\n(.*?)^```$")

// TestReadme runs the README as a reader would, in a new directory: blocks that name a file
// are written, sessions are run and their output is compared, and each other command that it
// shows is run as far as it can be here.
func TestReadme(t *testing.T) {
	path, err := filepath.Abs(readme)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	got := block.ReplaceAllFunc(text, func(whole []byte) []byte {
		m := block.FindSubmatch(whole)
		language, file, body := string(m[1]), string(m[2]), m[3]
		switch {
		case file != "":
			put(t, filepath.Join(dir, file), body)
		case language == "console":
			command, _, _ := strings.Cut(string(body), "\n")
			in, line := dir, strings.TrimPrefix(command, "$ composelint")
			if rest, ok := strings.CutPrefix(command, "$ go run ./cmd/composelint"); ok {
				in, line = filepath.Dir(path), rest // in a clone
			}
			stdout, stderr, _ := run(t, in, arguments(line)...)
			return []byte("```console\n" + command + "\n" + stdout + stderr + "```")
		}
		return whole
	})
	if golden.Updating() {
		put(t, path, got)
	}
	if diff := cmp.Diff(string(text), string(got)); diff != "" && !golden.Updating() {
		t.Errorf("README.md (-want +got):\n%s", diff)
	}
	const compose = "services: {web: {image: nginx}}\n"
	put(t, filepath.Join(dir, "docker-compose.prod.yml"), []byte(compose))
	put(t, filepath.Join(dir, "base.yml"), []byte(compose))
	put(t, filepath.Join(dir, "prod.yml"), []byte("services: {web: {restart: always}}\n"))
	commands := regexp.MustCompile("`composelint( [^`]*)?`").FindAllSubmatch(text, -1)
	if len(commands) < 8 {
		t.Errorf("only %d commands are found", len(commands))
	}
	for _, m := range commands {
		// What fix shows is for programs, and what it says beside that for people.
		if _, stderr, status := runWith(t, dir, compose, arguments(string(m[1]))...); stderr != "" && !strings.HasPrefix(string(m[1]), " fix") || status == statusTrouble {
			t.Errorf("composelint%s: status %d: %s", m[1], status, stderr)
		}
	}
}

// arguments are those of a command line whose quotes hold no spaces.
func arguments(line string) []string { return strings.Fields(strings.ReplaceAll(line, "'", "")) }

func put(t *testing.T, path string, text []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, text, 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestReadmeWorkflow wants the README's workflow to be the one that is checked.
func TestReadmeWorkflow(t *testing.T) {
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(root + "/docs/github-workflow.yml")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range block.FindAllSubmatch(text, -1) {
		if bytes.Equal(m[2], []byte(".github/workflows/composelint.yml")) {
			if diff := cmp.Diff(string(want), string(m[3])); diff != "" {
				t.Errorf("the README's workflow is not docs/github-workflow.yml (-want +got):\n%s", diff)
			}
			return
		}
	}
	t.Error("the README has no workflow")
}
