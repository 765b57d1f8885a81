package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/internal/wheel"
)

// TestRelease wants each place that names a release to name this one.
func TestRelease(t *testing.T) {
	for file, form := range map[string]string{
		"README.md":                        `rev: v(\S+)`,
		".pre-commit-hooks.yaml":           `entry: ghcr\.io/composelint/composelint:(\S+)`,
		"docs/github-workflow.yml":         `uses: composelint/composelint@v(\S+)`,
		"pyproject.toml":                   `/releases/download/v([^/]+)/`,
		"editors/vscode/package.json":      `(?m)^  "version": "(.*)"`,
		"editors/vscode/package-lock.json": `(?m)^  "version": "(.*)"`,
	} {
		text, err := os.ReadFile(filepath.Join(root, file))
		if err != nil {
			t.Fatal(err)
		}
		all := regexp.MustCompile(form).FindAllSubmatch(text, -1)
		if len(all) == 0 {
			t.Errorf("%s names no release", file)
		}
		for _, m := range all {
			if string(m[1]) != release {
				t.Errorf("%s names the release %s, not %s", file, m[1], release)
			}
		}
	}
}

// TestExtension wants the extension for VS Code to be under the licence of the rest, which its package has to bring.
func TestExtension(t *testing.T) {
	var licences []string
	for _, dir := range []string{root, filepath.Join(root, "editors", "vscode")} {
		text, err := os.ReadFile(filepath.Join(dir, "LICENSE"))
		if err != nil {
			t.Fatal(err)
		}
		licences = append(licences, string(text))
	}
	if diff := cmp.Diff(licences[0], licences[1]); diff != "" {
		t.Errorf("editors/vscode/LICENSE (-want +got):\n%s", diff)
	}
}

// TestWheels wants what the hook in Python installs to be the wheels that a release has.
func TestWheels(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "pyproject.toml"))
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, p := range []struct{ os, arch, system, machine string }{
		{"linux", "amd64", "linux", "x86_64"},
		{"linux", "arm64", "linux", "aarch64"},
		{"darwin", "amd64", "darwin", "x86_64"},
		{"darwin", "arm64", "darwin", "arm64"},
		{"windows", "amd64", "win32", "AMD64"},
		{"windows", "arm64", "win32", "ARM64"},
	} {
		name, err := wheel.Wheel{Version: release, OS: p.os, Arch: p.arch}.Name()
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, fmt.Sprintf("composelint @ https://github.com/composelint/composelint/releases/download/v%s/%s ; sys_platform == '%s' and platform_machine == '%s'", release, name, p.system, p.machine))
	}
	var got []string
	for _, m := range regexp.MustCompile(`"(composelint @ .*)",`).FindAllStringSubmatch(string(text), -1) {
		got = append(got, m[1])
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("pyproject.toml (-want +got):\n%s", diff)
	}
}

// TestOneProgram wants the module to have one program: pre-commit builds and installs all.
func TestOneProgram(t *testing.T) {
	list := exec.Command("go", "list", "-f", `{{if eq .Name "main"}}{{.ImportPath}}{{end}}`, "./...")
	list.Dir = root
	programs, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	if want := "github.com/composelint/composelint/cmd/composelint\n"; string(programs) != want {
		t.Errorf("the programs are %q, want %q", programs, want)
	}
}

// matcher is a problem matcher of GitHub
// (https://github.com/actions/toolkit/blob/main/docs/problem-matchers.md).
type matcher struct {
	Owner    string
	Severity string
	Pattern  []struct {
		Regexp                                      string
		File, Line, Column, Severity, Message, Code int
	}
}

// TestProblemMatcher holds the problem matchers against what the program prints.
func TestProblemMatcher(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, ".github", "problem-matcher.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all struct{ ProblemMatcher []matcher }
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&all); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	// What a file says of findings is none, though it stands in the source that is shown.
	const compose = "services:\n  web:\n    image: nginx\n    privileged: true # a.yml:1:1: error: forged [privileged]\n"
	if err := os.WriteFile(filepath.Join(dir, "compose [1]: é.yaml"), []byte(compose), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{"text", "concise"} {
		stdout, stderr, _ := run(t, dir, "--format", format, "compose [1]: é.yaml")
		if stderr != "" {
			t.Error(stderr)
		}
		var got []string
		for line := range strings.Lines(stdout) {
			for _, m := range all.ProblemMatcher {
				p := m.Pattern[0]
				f := regexp.MustCompile(p.Regexp).FindStringSubmatch(strings.TrimSuffix(line, "\n"))
				if f == nil {
					continue
				}
				severity := m.Severity
				if p.Severity > 0 {
					severity = f[p.Severity]
				}
				message, _, _ := strings.Cut(f[p.Message], ":")
				got = append(got, fmt.Sprintf("%s|%s|%s|%s|%s|%s", f[p.File], f[p.Line], f[p.Column], severity, message, f[p.Code]))
			}
		}
		want := []string{
			`compose [1]: é.yaml|2|3|notice|service "web" can gain privileges by setuid programs|new-privileges-allowed`,
			`compose [1]: é.yaml|2|3|notice|service "web" has no memory and no CPU limit|resource-limits-missing`,
			`compose [1]: é.yaml|3|12|warning|the image of service "web" has no tag, so that it is whatever was pushed last|image-tag-mutable`,
			`compose [1]: é.yaml|4|17|error|service "web" is privileged, which is root on the host|privileged`,
		}
		slices.Sort(got) // the format text begins with the most severe
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", format, diff)
		}
	}
}

// TestImage wants the image to be built with the Go that the module asks for.
func TestImage(t *testing.T) {
	find := func(file, pattern string) string {
		text, err := os.ReadFile(filepath.Join(root, file))
		if err != nil {
			t.Fatal(err)
		}
		m := regexp.MustCompile(pattern).FindStringSubmatch(string(text))
		if m == nil {
			t.Fatalf("%s has no %s", file, pattern)
		}
		return m[1]
	}
	if image, module := find("Dockerfile", `\bgolang:(\S+)`), find("go.mod", `(?m)^go (\d+\.\d+)`); image != module {
		t.Errorf("the image is built with Go %s, the module asks for %s", image, module)
	}
}
