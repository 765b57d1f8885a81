package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"

	"github.com/composelint/composelint/internal/examples"
	"github.com/composelint/composelint/internal/golden"
	"github.com/composelint/composelint/internal/lint"
	"github.com/composelint/composelint/model"
)

const (
	root     = "../.."
	testdata = root + "/testdata"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"composelint": main})
}

// TestScript runs the command line as its user does: each script is a session.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: filepath.Join(testdata, "script"), UpdateScripts: golden.Updating()})
}

// TestHostile judges files that somebody wrote to deceive, to read what is not theirs, or to take
// time and memory: each script says what must come of one kind.
func TestHostile(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: filepath.Join(testdata, "hostile"), UpdateScripts: golden.Updating()})
}

// run is a run of the program in this process, in the directory dir.
func run(t *testing.T, dir string, args ...string) (stdout, stderr string, status int) {
	t.Helper()
	return runWith(t, dir, "", args...)
}

func runWith(t *testing.T, dir, stdin string, args ...string) (stdout, stderr string, status int) {
	t.Helper()
	t.Chdir(dir)
	var out, err bytes.Buffer
	c := &command{stdin: strings.NewReader(stdin), stdout: &out, stderr: &err, environment: func(string) (string, bool) { return "", false }}
	status = c.run(args)
	return out.String(), err.String(), status
}

// TestGuide holds the deployment of the validation guide, which has every item of its
// checklist right and is root on the host all the same, and beside it one variant for each
// item that is wrong: it has one finding more, which is all that is listed of it.
func TestGuide(t *testing.T) {
	dir := filepath.Join(testdata, "guide")
	const file = "docker-compose.prod.yml"
	own, stderr, status := run(t, dir, file)
	if stderr != "" || status != statusFindings {
		t.Errorf("status %d: %s", status, stderr)
	}
	all := "$ composelint " + file + "\n" + own
	variants, err := fs.Glob(os.DirFS("."), "broken/*.yml")
	if err != nil || len(variants) == 0 {
		t.Fatalf("no variants: %v", err)
	}
	for _, file := range variants {
		stdout, stderr, status := run(t, ".", file)
		if stderr != "" || status != statusFindings {
			t.Errorf("%s: status %d: %s", file, status, stderr)
		}
		more := without(rulesOf(stdout), rulesOf(own))
		if len(more) != 1 {
			t.Errorf("%s: the findings beyond those of the guide are %q", file, more)
		}
		for _, rule := range more {
			all += "\n$ composelint " + file + "\n" + linesOf(stdout, rule)
		}
	}
	golden.Check(t, "want.txt", []byte(all))
}

// rulesOf are the rules of a report's findings.
func rulesOf(report string) []string {
	var rules []string
	for _, m := range regexp.MustCompile(`(?m)^\S.*: .* \[([a-z-]+)\]$`).FindAllStringSubmatch(report, -1) {
		rules = append(rules, m[1])
	}
	return rules
}

// without are the elements of all that are not among some, one for one.
func without(all, some []string) []string {
	left := slices.Clone(all)
	for _, s := range some {
		if i := slices.Index(left, s); i >= 0 {
			left = slices.Delete(left, i, i+1)
		}
	}
	return left
}

// TestGuideReview holds the review of the guide's deployment, for a terminal and for a pull
// request.
func TestGuideReview(t *testing.T) {
	t.Chdir(filepath.Join(testdata, "guide"))
	for format, file := range map[string]string{"checklist": "checklist.txt", "checklist-md": "checklist.md"} {
		stdout, stderr, status := run(t, ".", "--format", format, "docker-compose.prod.yml")
		if stderr != "" || status != statusFindings {
			t.Errorf("%s: status %d: %s", format, status, stderr)
		}
		golden.Check(t, file, []byte(stdout))
	}
}

// TestSafe holds the same topology as one would build it today: nothing to find.
func TestSafe(t *testing.T) {
	stdout, stderr, status := run(t, filepath.Join(testdata, "safe"), "--strict", "docker-compose.prod.yml")
	if want := "no findings in 1 project\n"; stdout != want || stderr != "" || status != statusClean {
		t.Errorf("status %d\n%s%s", status, stdout, stderr)
	}
}

// TestRules runs every case of testdata/rules. An archive is a rule: its bad files, or
// directories of files to merge, have a finding of it, its good ones have none.
func TestRules(t *testing.T) {
	engine, err := lint.New(lint.Options{}).Engine()
	if err != nil {
		t.Fatal(err)
	}
	for _, archive := range archives(t) {
		t.Run(archive.Rule, func(t *testing.T) {
			r, _ := engine.Catalogue.Find(archive.Rule)
			flags := append(examples.Flags(r), "--fail-on=note", "--format=json")
			dir := unpack(t, archive)
			var got strings.Builder
			for _, p := range archive.Projects {
				stdout, stderr, _ := run(t, dir, append(p.Args(), flags...)...)
				found := findingsOf(t, stdout, archive.Rule)
				if stderr != "" {
					t.Errorf("%s: %s", p.Name, stderr)
				}
				if p.Bad() != (found != "") {
					t.Errorf("%s: the findings of %s are %q", p.Name, archive.Rule, found)
				}
				got.WriteString(found)
			}
			checkWant(t, archive, got.String())
		})
	}
}

// TestFixes holds what composelint fix makes of the examples in which a rule finds something, and that the
// METADATA says which kinds of fixes there are. What is fixed is judged anew by the command itself.
func TestFixes(t *testing.T) {
	engine, err := lint.New(lint.Options{}).Engine()
	if err != nil {
		t.Fatal(err)
	}
	for _, archive := range archives(t) {
		t.Run(archive.Rule, func(t *testing.T) {
			r, _ := engine.Catalogue.Find(archive.Rule)
			flags := append(examples.Flags(r), "--select="+r.ID)
			dir := unpack(t, archive)
			var got strings.Builder
			kinds := map[string]bool{}
			for _, p := range archive.Projects {
				if !p.Bad() {
					continue
				}
				args := append(append([]string{"fix"}, p.Args()...), flags...)
				safely, said, _ := run(t, dir, args...)
				if safely != "" {
					kinds["safe"] = true
				}
				if strings.Contains(said, "--unsafe") {
					kinds["unsafe"] = true
					args = append(args, "--unsafe")
				}
				if stdout, stderr, _ := run(t, dir, args...); stdout != "" || strings.Contains(stderr, "not fixed") {
					fmt.Fprintf(&got, "$ composelint %s\n%s%s", strings.Join(args, " "), stdout, stderr)
				}
			}
			if have := slices.Sorted(maps.Keys(kinds)); !slices.Equal(have, r.Fixes) {
				t.Errorf("the METADATA of %s says fixes: %q, and there are %q", r.ID, r.Fixes, have)
			}
			checkFixed(t, archive, got.String())
		})
	}
}

// archives are the examples of all rules.
func archives(t *testing.T) []examples.Archive {
	t.Helper()
	paths, err := examples.Paths(absolute(t, root))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	var all []examples.Archive
	for _, path := range paths {
		archive, err := examples.Read(path)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, archive)
	}
	return all
}

func absolute(t *testing.T, path string) string {
	t.Helper()
	path, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func unpack(t *testing.T, archive examples.Archive) string {
	t.Helper()
	dir := t.TempDir()
	if err := archive.Unpack(dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

// linesOf are the lines of a report that state findings of a rule.
func linesOf(report, rule string) string {
	var out strings.Builder
	for line := range strings.Lines(report) {
		if strings.HasSuffix(line, " ["+rule+"]\n") {
			out.WriteString(line)
		}
	}
	return out.String()
}

// findingsOf are the findings of a rule in a report of the format json, a line each.
func findingsOf(t *testing.T, report, rule string) string {
	t.Helper()
	var r struct {
		Findings []struct {
			Rule, Severity, Message string
			Location                model.Location
		}
	}
	if err := json.Unmarshal([]byte(report), &r); err != nil {
		t.Fatal(err)
	}
	var lines strings.Builder
	for _, f := range r.Findings {
		if f.Rule == rule {
			at := f.Location.Start
			fmt.Fprintf(&lines, "%s:%d:%d: %s: %s [%s]\n", f.Location.File, max(at.Line, 1), max(at.Column, 1), f.Severity, f.Message, f.Rule)
		}
	}
	return lines.String()
}

func checkFixed(t *testing.T, archive examples.Archive, got string) {
	t.Helper()
	if golden.Updating() {
		if err := archive.WriteFixed(got); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(archive.Fixed(), got); diff != "" {
		t.Errorf("what is fixed (-want +got):\n%s", diff)
	}
}

func checkWant(t *testing.T, archive examples.Archive, got string) {
	t.Helper()
	if golden.Updating() {
		if err := archive.WriteWant(got); err != nil {
			t.Fatal(err)
		}
		return
	}
	if archive.Want() == "" {
		t.Fatal("the archive has no expected output: run go test ./cmd/composelint -run TestRules -update, and read it")
	}
	if diff := cmp.Diff(archive.Want(), got); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}
