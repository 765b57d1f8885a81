package generate

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/internal/lint"
)

const root = "../.."

// TestSchemas keeps the schemas those of the structs.
func TestSchemas(t *testing.T) {
	for _, c := range []struct {
		path, command string
		schema        func(root string) ([]byte, error)
	}{
		{"model/schema.json", "go generate ./model", modelSchema},
		{"docs/report.schema.json", "go generate ./docs", reportSchema},
		{"docs/least.schema.json", "go generate ./docs", leastSchema},
		{"docs/verify.schema.json", "go generate ./docs", verifySchema},
	} {
		want, err := c.schema(root)
		if err != nil {
			t.Fatal(err)
		}
		fresh(t, c.path, string(want), c.command)
	}
}

// TestRulePages keeps docs/rules what the rules' METADATA and examples say, with no page beside.
func TestRulePages(t *testing.T) {
	engine, err := lint.New(lint.Options{}).Engine()
	if err != nil {
		t.Fatal(err)
	}
	pages, err := rulePages(root, engine.Catalogue)
	if err != nil {
		t.Fatal(err)
	}
	for path, text := range pages {
		fresh(t, path, text, "go generate ./docs")
	}
	entries, err := os.ReadDir(filepath.Join(root, pagesDir))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if _, ok := pages[pagesDir+e.Name()]; !ok {
			t.Errorf("%s%s is the page of no rule: delete it", pagesDir, e.Name())
		}
	}
}

// fresh compares a file with what it should be, which a command makes it.
func fresh(t *testing.T, path, want, command string) {
	t.Helper()
	got, err := os.ReadFile(filepath.Join(root, path))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("%s is not fresh: %s (-want +got):\n%s", path, command, diff)
	}
}

// TestManPage states what becomes of each kind of flag.
func TestManPage(t *testing.T) {
	got, err := ManPage("Usage:\n  x\n\nFlags:\n  -f, --file FILE               merge FILE into one.\n                                project\n      --env                     .env too\n\nExit status:\n")
	if err != nil {
		t.Fatal(err)
	}
	const flags = ".Bl -tag -width Ds\n.It Fl f , Fl \\-file Ar file\nmerge file into one.\nproject\n.It Fl \\-env\n\\&.env too\n.El\n.Sh ENVIRONMENT"
	if !strings.Contains(got, flags) {
		t.Errorf("the page is\n%s", got)
	}
	if _, err := ManPage("Flags: none"); err == nil || err.Error() != "the usage has no flags" {
		t.Errorf("without flags: %v", err)
	}
}
