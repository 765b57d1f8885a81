package lsp

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/composelint/composelint/internal/archives"
	"github.com/composelint/composelint/internal/corpus"
	"github.com/composelint/composelint/internal/lint"
	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/rules/severity"
)

// saidOf are findings in short, of an editor or of a report.
func saidOf(line int, rule, message string, severity int) string {
	return fmt.Sprintf("%d %s %d %s", line, rule, severity, message)
}

// reported are what the command line reports of a file in the working directory.
func reported(t testing.TB, name string) (all []string) {
	t.Helper()
	l := lint.New(lint.Options{Target: "compose", Today: "2026-11-30"})
	result, err := l.Judge(context.Background(), []loader.Found{loader.ProjectOf(loader.Options{}, name)}, func() {})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range l.Triage(result.Projects).Report().Findings {
		if f.Location.File == loader.Shown(name) {
			level := map[severity.Severity]int{severity.Error: severityError, severity.Warning: severityWarning, severity.Note: severityInformation}[f.Severity]
			all = append(all, saidOf(f.Location.Start.Line-1, f.Rule, f.Message, level))
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// comparison shows texts in an editor, each as a version of one file, and holds them against the command line.
type comparison struct {
	*client
	version int
}

func compare(t *testing.T) *comparison { return &comparison{client: open(t, nil, `{}`)} }

// show has the editor show a text.
func (c *comparison) show(changes ...contentChange) {
	c.version++
	if c.version == 1 {
		c.didOpen("compose.yaml", changes[0].Text)
	} else {
		c.didChange("compose.yaml", c.version, changes...)
	}
}

// of compares what is shown of the text that the editor has now.
func (c *comparison) of(name, text string) {
	c.t.Helper()
	c.write("compose.yaml", text)
	var got []string
	for _, d := range c.diagnostics("compose.yaml", c.version) {
		got = append(got, saidOf(d.Range.Start.Line, d.Code, d.Message, d.Severity))
	}
	slices.Sort(got)
	want := reported(c.t, "compose.yaml")
	if slices.ContainsFunc(want, func(s string) bool { return strings.Contains(s, " invalid-compose ") }) { // an editor shows the rest, too
		got = slices.DeleteFunc(got, func(s string) bool { return !slices.Contains(want, s) })
	}
	if got = slices.Compact(got); !slices.Equal(got, want) {
		c.t.Errorf("%s: an editor shows\n%s\nthe command line\n%s", name, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// whole compares what is shown of a text.
func (c *comparison) whole(name, text string) {
	c.t.Helper()
	text = strings.ToValidUTF8(text, "\ufffd") // which is all that an editor can send
	c.show(contentChange{Text: text})
	c.of(name, text)
}

// TestSameAsCommandLine shows in an editor what the command line reports of the same bytes: of the guide and what is
// wrong with it, and of each fourth example of a rule.
func TestSameAsCommandLine(t *testing.T) {
	guide, err := filepath.Glob(filepath.Join(testdata, "guide", "broken", "*.yml"))
	if err != nil || len(guide) == 0 {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for _, file := range append(guide, filepath.Join(testdata, "guide", "docker-compose.prod.yml")) {
		texts[filepath.Base(file)] = readFile(t, file)
	}
	for name, archive := range archives.WellFormed(t) {
		for i, file := range archives.ComposeFiles(archive) {
			if i%4 == 0 {
				texts[fmt.Sprintf("%s-%d", name, i)] = string(file.Data)
			}
		}
	}
	c := compare(t)
	for _, name := range sortedKeys(texts) {
		c.whole(name, texts[name])
	}
}

// TestSameWhenTyped types the guide's file, a character at a time.
func TestSameWhenTyped(t *testing.T) {
	text := readFile(t, filepath.Join(testdata, "guide", "docker-compose.prod.yml"))
	c := compare(t)
	c.show(contentChange{})
	end := position{}
	for _, r := range text {
		c.show(contentChange{&textRange{end, end}, string(r)})
		if end.Character++; r == '\n' {
			end = position{end.Line + 1, 0}
		}
	}
	c.of("typed", text)
}

// TestSameOverCollection compares each tenth project of the collection that is one file.
func TestSameOverCollection(t *testing.T) {
	projects := corpus.Projects(t)
	c := compare(t)
	for i, p := range projects {
		if i%10 == 0 && len(p.Files) == 1 {
			c.whole(p.ID, readFile(t, p.Files[0]))
		}
	}
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestSecretsStay sends no secret of a file anywhere but back into its own text.
func TestSecretsStay(t *testing.T) {
	const secret = "Xk29-vQ7pLm4" // of no shape that is known: by the name of its variable
	files := map[string]string{
		".env":         "DB_PASSWORD=" + secret + "\n",
		"compose.yaml": "",
	}
	content := "services:\n  db:\n    image: postgres:18.0\n    environment:\n      POSTGRES_PASSWORD: " + secret + "\n      URL: postgres://u:" + secret + "@db/x\n      OTHER: ${DB_PASSWORD}\n    command: [\"--password=" + secret + "\"]\n    labels: {a: ${DB_PASSWORD}}\n"
	c := start(t, files)
	c.record = &lockedBuffer{}
	strict := true
	c.initializeWith(`{"textDocument": {"publishDiagnostics": {"relatedInformation": true}, "hover": {"contentFormat": ["markdown"]}}}`, Settings{Strict: &strict})
	c.didOpen("compose.yaml", content)
	if len(c.diagnostics("compose.yaml", 1)) == 0 {
		t.Fatal("nothing is found")
	}
	for method := range requests {
		for line := range strings.Count(content, "\n") {
			at := position{line, 30}
			var result any
			c.call(method, map[string]any{"textDocument": map[string]any{"uri": c.uri("compose.yaml")}, "position": at, "range": textRange{at, at}, "context": map[string]any{}}, &result)
			if said, _ := json.Marshal(result); strings.Contains(string(said), secret) {
				t.Errorf("%s at line %d says %s", method, line, said)
			}
		}
	}
	if said := c.record.String() + c.log.String(); strings.Contains(said, secret) {
		t.Errorf("the server says %s", said)
	}
}
