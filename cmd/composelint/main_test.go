package main

import (
	"bytes"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/tools/txtar"

	"github.com/composelint/composelint/rules/catalogue"
)

var update = flag.Bool("update", false, "write the expected output anew")

const testdata = "../../testdata"

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"composelint": main})
}

// TestScript runs the command line as its user does: each script is a session.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: filepath.Join(testdata, "script"), UpdateScripts: *update})
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
	golden(t, "want.txt", all)
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
		golden(t, file, stdout)
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
	engine, err := embedded()
	if err != nil {
		t.Fatal(err)
	}
	archives, err := filepath.Glob(filepath.Join(testdata, "rules", "*.txtar"))
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, name := range archives {
		t.Run(filepath.Base(name), func(t *testing.T) {
			name, err := filepath.Abs(name)
			if err != nil {
				t.Fatal(err)
			}
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			rule := strings.TrimSuffix(filepath.Base(name), ".txtar")
			var got strings.Builder
			dir := unpack(t, archive)
			r, _ := engine.Catalogue.Find(rule)
			flags := append(flagsFor(r), "--fail-on=note")
			for _, c := range cases(archive) {
				stdout, stderr, _ := run(t, dir, append(c.args, flags...)...)
				found := linesOf(stdout, rule)
				if stderr != "" {
					t.Errorf("%s: %s", c.name, stderr)
				}
				if bad := strings.HasPrefix(c.name, "bad"); bad != (found != "") {
					t.Errorf("%s: the findings of %s are %q", c.name, rule, found)
				}
				got.WriteString(found)
			}
			checkWant(t, name, archive, got.String())
		})
	}
}

// flagsFor are the flags with which a rule runs at all.
func flagsFor(r catalogue.Rule) []string {
	var flags []string
	if r.Set == "strict" {
		flags = append(flags, "--strict")
	}
	if r.ID == "stack-ignored-option" {
		flags = append(flags, "--target=swarm")
	}
	return flags
}

func unpack(t *testing.T, archive *txtar.Archive) string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range archive.Files {
		path := filepath.Join(dir, f.Name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

type ruleCase struct {
	name string
	args []string
}

// cases are the projects of an archive: single files, and directories whose files are
// merged in the order of the archive.
func cases(archive *txtar.Archive) []ruleCase {
	var all []ruleCase
	for _, f := range archive.Files {
		dir, file, nested := strings.Cut(f.Name, "/")
		switch {
		case f.Name == "want" || filepath.Ext(f.Name) != ".yml":
		case !nested:
			all = append(all, ruleCase{f.Name, []string{f.Name}})
		case len(all) > 0 && all[len(all)-1].name == dir:
			last := &all[len(all)-1]
			last.args = append(last.args, "-f", dir+"/"+file)
		default:
			all = append(all, ruleCase{dir, []string{"-f", dir + "/" + file}})
		}
	}
	return all
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

func checkWant(t *testing.T, name string, archive *txtar.Archive, got string) {
	t.Helper()
	last := len(archive.Files) - 1
	if *update {
		if archive.Files[last].Name != "want" {
			archive.Files = append(archive.Files, txtar.File{Name: "want"})
			last++
		}
		archive.Files[last].Data = []byte(got)
		if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if archive.Files[last].Name != "want" {
		t.Fatal("the archive has no expected output: run go test ./cmd/composelint -run TestRules -update, and read it")
	}
	if diff := cmp.Diff(string(archive.Files[last].Data), got); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}
