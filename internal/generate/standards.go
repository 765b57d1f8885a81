package generate

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/composelint/composelint/internal/examples"
	"github.com/composelint/composelint/internal/lint"
	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/catalogue"
)

// standardsDirectory has the projects by which the page of the standards shows the verdicts: safe.yaml, of
// which nothing fails, with daemon.json, and unknown.yaml, of which nothing is known.
const standardsDirectory = "testdata/standards"

// standardsPage is docs/standards.md: every control of every standard, with a project that fails it, and the
// verdicts on one that is safe and on one of which nothing is known.
func standardsPage(root string, all catalogue.Catalogue) (string, error) {
	safe, err := standardsOf(root, filepath.Join(root, standardsDirectory, "safe.yaml"), filepath.Join(root, standardsDirectory, "daemon.json"))
	if err != nil {
		return "", err
	}
	unknown, err := standardsOf(root, filepath.Join(root, standardsDirectory, "unknown.yaml"), "")
	if err != nil {
		return "", err
	}
	failing, err := failingExamples(root, all)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	b.WriteString(standardsIntroduction)
	for i, s := range safe {
		if s.Older {
			fmt.Fprintf(&b, "\n## %s\n\n%s", s.ID, renumbered(safe[i-1], s))
			continue
		}
		fmt.Fprintf(&b, "\n## %s\n\n%s. Source: %s.\n\n| control | asks for | fails | safe | unknown |\n|---|---|---|---|---|\n", s.ID, s.Title, s.Source)
		for j, c := range s.Controls {
			if err := shown(c, unknown[i].Controls[j], failing[c.Name]); err != nil {
				return "", err
			}
			fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", c.ID, c.Title, failing[c.Name], verdict(c), verdict(unknown[i].Controls[j]))
		}
	}
	return b.String(), nil
}

const standardsIntroduction = `# Standards

Generated from [standards.json](../policies/data/standards.json) and what composelint says of the projects named here. The controls of each standard, in the order of the standard, with what each asks for in words of our own. The rules of a control are those whose pages name it.

| verdict | |
|---|---|
| fail | a rule of the control finds something, whether it is enabled or not and whether something excuses the finding or not |
| unknown | none does, and a value that decides depends on a variable that nobody set, a base is not here, docker compose would refuse the project, or a project could not be judged |
| not judged | a Compose file does not show it; the verdict says whose word decides |
| partly | no rule finds anything, and the file shows a part of the control only; the verdict says what is left |
| pass | all that the control is about was looked at, and no rule finds anything; the verdict says how much, and by which attributes |
| not applicable | there is nothing that the control is about |

A pass says that the files grant what the control asks for, as far as rules see it; who runs them may still do otherwise. "fails" names a project of [testdata/rules](../testdata/rules) that fails the control, "safe" has the verdict on [safe.yaml](../testdata/standards/safe.yaml) with [daemon.json](../testdata/standards/daemon.json), "unknown" that on [unknown.yaml](../testdata/standards/unknown.yaml).
`

// shown is an error where the projects do not show of a control that it can fail, that it need not, and that it
// is not passed unseen.
func shown(safe, unknown rules.Control, failing string) error {
	switch {
	case safe.Verdict == rules.NotJudged:
	case failing == "":
		return fmt.Errorf("%s is judged, and no example fails it", safe.Name)
	case safe.Verdict != rules.Pass && safe.Verdict != rules.Partly:
		return fmt.Errorf("%s of the safe project is %q: %s", safe.Name, safe.Verdict, strings.Join(append(safe.Failing(), safe.Because...), ", "))
	case safe.Of == engine && unknown.Verdict == rules.NotJudged: // which has no configuration of it
	case unknown.Verdict != rules.Unknown:
		return fmt.Errorf("%s of the unknown project is %q", unknown.Name, unknown.Verdict)
	}
	return nil
}

// verdict is what a page says of a control.
func verdict(c rules.Control) string {
	if len(c.Because) == 0 || c.Verdict == rules.Unknown {
		return c.Verdict
	}
	return c.Verdict + ": " + strings.Join(c.Because, "; ")
}

// renumbered says in which numbers an older edition differs.
func renumbered(today, older rules.Standard) string {
	ids := map[string]string{}
	for _, c := range older.Controls {
		ids[c.Name] = c.ID
	}
	var lacks, differs []string
	for _, c := range today.Controls {
		switch id := ids[c.Name]; id {
		case "":
			lacks = append(lacks, c.ID)
		case c.ID:
		default:
			differs = append(differs, fmt.Sprintf("%s is %s", c.ID, id))
		}
	}
	return fmt.Sprintf("%s, on request: `--standard %s`. Source: %s. It has the controls of %s but for %s, and other numbers for some: %s.\n",
		older.Title, older.ID, older.Source, today.ID, strings.Join(lacks, ", "), strings.Join(differs, ", "))
}

// failingExamples are, by control, the first bad example of a rule that fails it.
func failingExamples(root string, all catalogue.Catalogue) (map[string]string, error) {
	dir, err := os.MkdirTemp("", "standards")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	failing := map[string]string{}
	for _, rule := range all {
		if !slices.ContainsFunc(rule.Controls, func(c string) bool { return c != "guide" && failing[c] == "" }) {
			continue
		}
		archive, err := examples.Of(root, rule.ID)
		if err != nil {
			return nil, err
		}
		below := filepath.Join(dir, rule.ID)
		if err := archive.Unpack(below); err != nil {
			return nil, err
		}
		for _, p := range archive.Projects {
			if !p.Bad() || !p.Single() {
				continue
			}
			standards, err := standardsOf(root, filepath.Join(below, p.Files[0]), "")
			if err != nil {
				return nil, err
			}
			for _, s := range standards {
				for _, c := range s.Controls {
					if failing[c.Name] == "" && slices.Contains(c.Failing(), rule.ID) {
						failing[c.Name] = fmt.Sprintf("%s in %s", p.Name, rule.ID)
					}
				}
			}
		}
	}
	return failing, nil
}

// engine is what a control is of that the engine's configuration shows.
const engine = "engine"

// standardsOf are the standards with what a project shows of them, and the engine's configuration where one is
// named.
func standardsOf(root, file, daemon string) ([]rules.Standard, error) {
	l := lint.New(lint.Options{Load: loader.Options{Daemon: daemon}, Config: filepath.Join(root, standardsDirectory, ".composelint.yaml"), Review: true})
	result, err := l.Judge(context.Background(), []loader.Found{{Files: []string{file}}}, func() {})
	if err != nil {
		return nil, err
	}
	reviews := l.Triage(result.Projects).Report().Reviews
	if len(reviews) != 1 {
		return nil, fmt.Errorf("%s: %v", file, result.Errors)
	}
	return reviews[0].Standards, nil
}
