package generate

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/composelint/composelint/internal/examples"
	"github.com/composelint/composelint/rules/catalogue"
	"github.com/composelint/composelint/rules/triage"
)

// pagesDir is where the pages are.
const pagesDir = "docs/rules/"

// rulePages are the files of docs/rules, by path below the root of the repository: a page for
// each rule, of what its METADATA and examples say, and an index.
func rulePages(root string, catalogue catalogue.Catalogue) (map[string]string, error) {
	pages := map[string]string{}
	var index strings.Builder
	index.WriteString("# Rules\n\nGenerated from the rules themselves. `composelint --explain RULE` prints a page.\n\n| rule | severity | set | what |\n|---|---|---|---|\n")
	for _, r := range catalogue {
		archive, err := examples.Of(root, r.ID)
		if err != nil {
			return nil, err
		}
		pages[pagesDir+r.ID+".md"] = page(r, archive)
		fmt.Fprintf(&index, "| [%s](%s.md) | %s | %s | %s |\n", r.ID, r.ID, r.Severity, r.Set, r.Title)
	}
	pages[pagesDir+"README.md"] = index.String()
	return pages, nil
}

// page is the page of a rule: what its METADATA says, then the first bad and the first good
// example, with what the linter prints of the bad one.
func page(r catalogue.Rule, archive examples.Archive) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s\n\n", r.ID, r.Title)
	fmt.Fprintf(&b, "| severity | score | precision | set | fix |\n|---|---|---|---|---|\n| %s | %s | %s | %s | %s |\n\n", r.Severity, score(r), r.Precision, r.Set, kindsOfFix(r))
	b.WriteString(r.Description + "\n")
	if bad, ok := example(archive, "bad-"); ok {
		fmt.Fprintf(&b, "\n## Bad\n\n```%s\n%s```\n\n```console\n$ composelint %s\n%s```\n",
			language(bad), archive.Text(bad), strings.Join(append(examples.Flags(r), bad), " "), findingsIn(archive, bad))
	}
	if good, ok := example(archive, "good-"); ok {
		fmt.Fprintf(&b, "\n## Good\n\n```%s\n%s```\n", language(good), archive.Text(good))
	}
	b.WriteString(fixOf(r, archive))
	switch {
	case r.ID == triage.UnusedIgnore: // which nothing excuses
	case r.OfDaemon():
		b.WriteString("\n## Accepting a finding\n\nAn exception in `.composelint.yaml`: see [exceptions](../exceptions.md). JSON has no comments for an ignore.\n")
	default:
		fmt.Fprintf(&b, "\n## Accepting a finding\n\n`# composelint:ignore %s -- why` at the end of its line, or an exception in `.composelint.yaml`: see [exceptions](../exceptions.md).\n", r.ID)
	}
	if len(r.Controls) > 0 || len(r.Tags) > 0 {
		b.WriteString("\n## Controls\n\n")
		for _, control := range slices.Concat(r.Controls, r.Tags) {
			fmt.Fprintf(&b, "- %s\n", control)
		}
		for _, technique := range r.Techniques {
			fmt.Fprintf(&b, "- mitre-attack/%s\n", technique)
		}
	}
	b.WriteString("\n## References\n\n")
	for _, ref := range r.References {
		fmt.Fprintf(&b, "- [%s](%s)\n", ref.Title, ref.URL)
	}
	return b.String()
}

// kindsOfFix says how findings of a rule can be mended.
func kindsOfFix(r catalogue.Rule) string {
	if len(r.Fixes) == 0 {
		return "by hand"
	}
	return strings.Join(r.Fixes, ", ")
}

// fixOf shows what is fixed in the first example, or says why nothing is.
func fixOf(r catalogue.Rule, archive examples.Archive) string {
	if r.ByHand != "" {
		return "\n## Fix\n\nBy hand: " + r.ByHand + ".\n"
	}
	shown, flag := "", ""
	for part := range strings.SplitSeq(archive.Fixed(), "$ ") {
		if command, diff, _ := strings.Cut(part, "\n"); shown == "" && strings.Contains(diff, "\n@@ ") {
			diff, _, _ = strings.Cut(diff, "\ncomposelint: ")
			shown, flag = strings.TrimRight(diff, "\n")+"\n", command
		}
	}
	if shown == "" {
		return ""
	}
	return fmt.Sprintf("\n## Fix\n\n```console\n$ %s\n```\n\n```diff\n%s```\n", flag, shown)
}

// language is that of an example, as a fence of Markdown calls it.
func language(file string) string {
	if path.Ext(file) == ".json" {
		return "json"
	}
	return "yaml"
}

func score(r catalogue.Rule) string {
	if r.SecuritySeverity == 0 {
		return "–"
	}
	return fmt.Sprintf("%.1f", r.SecuritySeverity)
}

// example is the first file of an archive that is a project by itself and whose name begins
// so.
func example(archive examples.Archive, prefix string) (string, bool) {
	for _, p := range archive.Projects {
		if strings.HasPrefix(p.Name, prefix) && p.Single() {
			return p.Files[0], true
		}
	}
	return "", false
}

// findingsIn are the lines that the linter prints of the rule for a file.
func findingsIn(archive examples.Archive, file string) string {
	var lines strings.Builder
	for line := range strings.Lines(archive.Want()) {
		if strings.HasPrefix(line, file+":") {
			lines.WriteString(line)
		}
	}
	return lines.String()
}
