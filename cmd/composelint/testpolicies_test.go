package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// guideBlock is a block of a page, with the line that stands before it.
var guideBlock = regexp.MustCompile("(?s)([^\n]*)\n\n```([a-z]*)\n(.*?)```")

// fileName is the name of a file as a guide gives it.
var fileName = regexp.MustCompile("`([a-z_/.]+\\.(?:yaml|rego))`")

// TestPolicyGuide does what docs/policies.md says: writes each file that it shows under the
// name before it, runs each command, and wants the output that follows.
func TestPolicyGuide(t *testing.T) {
	page, err := os.ReadFile("../../docs/policies.md")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	var output string
	files, commands, outputs := 0, 0, 0
	for _, block := range guideBlock.FindAllStringSubmatch(string(page), -1) {
		before, language, text := block[1], block[2], block[3]
		switch language {
		case "yaml", "rego":
			names := fileName.FindAllStringSubmatch(before, -1)
			if len(names) == 0 {
				t.Fatalf("no name before the file\n%s", text)
			}
			path := filepath.Join(dir, names[len(names)-1][1])
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
			files++
		case "sh":
			stdout, stderr, _ := run(t, dir, strings.Fields(strings.TrimPrefix(text, "composelint "))...)
			if stderr != "" {
				t.Errorf("$ %s%s", text, stderr)
			}
			output = stdout
			commands++
		case "":
			switch {
			case strings.HasPrefix(text, "composelint:"):
				broken(t, dir, text)
			case strings.HasPrefix(text, "policies/team_label_test.rego:"):
				failing(t, dir, text)
			default:
				if diff := cmp.Diff(text, output); diff != "" {
					t.Errorf("the output (-page +got):\n%s", diff)
				}
				outputs++
			}
		}
	}
	if files != 4 || commands != 4 || outputs != 2 {
		t.Errorf("%d files, %d commands and %d outputs: the page looks otherwise", files, commands, outputs)
	}
	if want := "compose.yaml:9:3: note: service \"cache\" has no team"; !strings.Contains(output, want) {
		t.Errorf("with the configuration: %s", output)
	}
}

// broken misspells a field of the page's rule, and wants the error that the page shows.
func broken(t *testing.T, dir, want string) {
	t.Helper()
	changed(t, filepath.Join(dir, "policies", "team_label.rego"), "label.name", "label.nam", func() {
		stdout, stderr, status := run(t, dir, "--policies", "policies", "compose.yaml")
		if stderr != want || stdout != "" || status != statusTrouble {
			t.Errorf("status %d, %s (-page +got):\n%s", status, stdout, cmp.Diff(want, stderr))
		}
	})
}

// failing has a test of the page expect another message, and wants what the page shows of it.
func failing(t *testing.T, dir, want string) {
	t.Helper()
	changed(t, filepath.Join(dir, "policies", "team_label_test.rego"), `: add the label "com.acme.team"`, "", func() {
		stdout, stderr, status := run(t, dir, "test-policies", "policies")
		if stdout != want || stderr != "" || status != statusFindings {
			t.Errorf("status %d, %s (-page +got):\n%s", status, stderr, cmp.Diff(want, stdout))
		}
	})
}

// changed does something while a file has another text in place of one.
func changed(t *testing.T, path, old, text string, do func()) {
	t.Helper()
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	put(t, path, []byte(strings.Replace(string(whole), old, text, 1)))
	do()
	put(t, path, whole)
}
