package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/composelint/composelint/rules/catalogue"
)

const pages = "../../docs/rules"

// TestRulePages keeps docs/rules what the rules' METADATA and examples say: a page for each
// rule, and an index.
func TestRulePages(t *testing.T) {
	engine, err := embedded()
	if err != nil {
		t.Fatal(err)
	}
	dir, examples := absolute(t, pages), absolute(t, filepath.Join(testdata, "rules"))
	var index strings.Builder
	index.WriteString("# Rules\n\nGenerated from the rules themselves. `composelint --explain RULE` prints a page.\n\n| rule | severity | set | what |\n|---|---|---|---|\n")
	want := map[string]bool{"README.md": true}
	for _, r := range engine.Catalogue {
		golden(t, filepath.Join(dir, r.ID+".md"), page(t, examples, r))
		fmt.Fprintf(&index, "| [%s](%s.md) | %s | %s | %s |\n", r.ID, r.ID, r.Severity, r.Set, r.Title)
		want[r.ID+".md"] = true
	}
	golden(t, filepath.Join(dir, "README.md"), index.String())
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !want[e.Name()] {
			t.Errorf("docs/rules/%s is the page of no rule: delete it", e.Name())
		}
	}
}

func absolute(t *testing.T, path string) string {
	t.Helper()
	path, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// page is the page of a rule: what its METADATA says, then the first bad and the first good
// example, with what the linter prints of the bad one.
func page(t *testing.T, examples string, r catalogue.Rule) string {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s\n\n", r.ID, r.Title)
	fmt.Fprintf(&b, "| severity | score | precision | set |\n|---|---|---|---|\n| %s | %s | %s | %s |\n\n", r.Severity, score(r), r.Precision, r.Set)
	b.WriteString(r.Description + "\n")
	archive, err := txtar.ParseFile(filepath.Join(examples, r.ID+".txtar"))
	if err != nil {
		t.Fatal(err)
	}
	if bad := example(archive, "bad-"); bad != nil {
		fmt.Fprintf(&b, "\n## Bad\n\n```yaml\n%s```\n\n```console\n$ composelint %s\n%s```\n", bad.Data, strings.Join(append(flagsFor(r), bad.Name), " "), findingsIn(t, archive, bad.Name, r))
	}
	if good := example(archive, "good-"); good != nil {
		fmt.Fprintf(&b, "\n## Good\n\n```yaml\n%s```\n", good.Data)
	}
	if len(r.Controls) > 0 || len(r.Tags) > 0 {
		b.WriteString("\n## Controls\n\n")
		for _, control := range append(append([]string{}, r.Controls...), r.Tags...) {
			fmt.Fprintf(&b, "- %s\n", control)
		}
	}
	b.WriteString("\n## References\n\n")
	for _, ref := range r.References {
		fmt.Fprintf(&b, "- [%s](%s)\n", ref.Title, ref.URL)
	}
	return b.String()
}

func score(r catalogue.Rule) string {
	if r.SecuritySeverity == 0 {
		return "–"
	}
	return fmt.Sprintf("%.1f", r.SecuritySeverity)
}

// example is the first file of an archive that is a project by itself and whose name begins
// so.
func example(archive *txtar.Archive, prefix string) *txtar.File {
	for i, f := range archive.Files {
		if strings.HasPrefix(f.Name, prefix) && !strings.Contains(f.Name, "/") && filepath.Ext(f.Name) == ".yml" {
			return &archive.Files[i]
		}
	}
	return nil
}

// findingsIn are the lines that the linter prints of the rule for a file.
func findingsIn(t *testing.T, archive *txtar.Archive, file string, r catalogue.Rule) string {
	t.Helper()
	stdout, _, _ := run(t, unpack(t, archive), append(flagsFor(r), "--select", r.ID, file)...)
	return linesOf(stdout, r.ID)
}
