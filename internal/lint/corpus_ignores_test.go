package lint

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"testing"

	"github.com/composelint/composelint/internal/corpus"
	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/rules/severity"
)

// TestIgnoresOfCorpus accepts all findings of real projects by comments: then nothing is told but what no
// comment can be for, no ignore is without use, and docker compose sees the same project.
// COMPOSELINT_IGNORES is the number of projects.
func TestIgnoresOfCorpus(t *testing.T) {
	accepted, refusals := 0, 0
	for _, p := range sampleOfCorpus(t, 120, "COMPOSELINT_IGNORES") {
		before := triagedStrictly(t, p, nil)
		if before == nil {
			continue
		}
		model := printed(t, before)
		all := findingsIn(before)
		ignores, err := before.AddIgnores(severity.Note)
		if err != nil {
			t.Fatalf("%s: %v", p.ID, err)
		}
		texts := map[string][]byte{}
		for _, file := range ignores.Files {
			texts[file.File.Path] = file.Text
		}
		after := triagedStrictly(t, p, texts)
		left := findingsIn(after)
		if len(left) > len(ignores.Refused) {
			t.Errorf("%s: %d findings are left, of which %d were refused", p.ID, len(left), len(ignores.Refused))
		}
		for _, finding := range left {
			if !slices.Contains(all, finding) {
				t.Errorf("%s: there is now %s", p.ID, finding)
			}
		}
		if !bytes.Equal(model, printed(t, after)) {
			t.Errorf("%s: the project is another one", p.ID)
		}
		accepted += len(all) - len(ignores.Refused)
		refusals += len(ignores.Refused)
		for _, line := range ignores.Refused {
			t.Log(line)
		}
	}
	t.Logf("%d findings are accepted, %d not", accepted, refusals)
}

// triaged is a project of the collection with other texts of some files, nil where it cannot be judged.
func triaged(t *testing.T, p corpus.Project, texts map[string][]byte, strict *bool) *Triaged {
	t.Helper()
	l := New(Options{
		Load:     loader.Options{ProjectDirectory: p.Directory, EnvFiles: p.EnvFiles, AllowOutside: true, Texts: texts},
		NoConfig: true, Whole: true, Strict: strict, Today: "2027-01-31",
	})
	r, err := l.Judge(context.Background(), []loader.Found{{Files: p.Files}}, func() {})
	if err != nil {
		t.Fatalf("%s: %v", p.ID, err)
	}
	if len(r.Projects) == 0 {
		t.Logf("%s: %v", p.ID, r.Errors)
		return nil
	}
	return l.Triage(r.Projects)
}

// findingsIn are the findings of the only project.
func findingsIn(of *Triaged) []string {
	var all []string
	for _, f := range of.projects[0].judged.Findings {
		all = append(all, f.Rule+" "+f.At+" "+f.Key+" "+f.Message)
	}
	return all
}

// printed is what the policies see of the only project.
func printed(t *testing.T, of *Triaged) []byte {
	t.Helper()
	text, err := json.Marshal(of.projects[0].Printed(false))
	if err != nil {
		t.Fatal(err)
	}
	return text
}
