package lint

import (
	"slices"
	"testing"

	"github.com/composelint/composelint/internal/corpus"
	"github.com/composelint/composelint/rules"
)

// quiet is the most that the default set may find in half of the real projects: who is told
// more switches a linter off.
const quiet = 5

// TestQuiet wants the default set to be quiet over the projects that docker compose loads as
// they are. With -v it says what each rule finds there, and how much is found in the projects
// that are labelled completely: those were chosen for their socket proxies and mounts.
func TestQuiet(t *testing.T) {
	engine := newEngine(t)
	chosen := enabled(t, engine, false)
	labelled := completelyLabelled(t)
	var ofAll, ofLabelled []int
	projects, findings := map[string]int{}, map[string]int{}
	for _, p := range corpus.Projects(t) {
		if p.LoadsAt != "asis" && !labelled[p.ID] {
			continue
		}
		found, _ := judgeWith(t, engine, p, chosen)
		if labelled[p.ID] {
			ofLabelled = append(ofLabelled, told(found))
		}
		if p.LoadsAt != "asis" {
			continue
		}
		ofAll = append(ofAll, told(found))
		met := map[string]bool{}
		for _, f := range found {
			findings[f.Rule]++
			if !met[f.Rule] {
				projects[f.Rule]++
			}
			met[f.Rule] = true
		}
	}
	t.Logf("%-32s %8s %8s", "rule", "projects", "findings")
	for _, rule := range chosen {
		t.Logf("%-32s %8d %8d", rule, projects[rule], findings[rule])
	}
	t.Logf("of %d projects that are labelled completely half have at most %d findings", len(ofLabelled), median(ofLabelled))
	t.Logf("of %d projects that load as they are half have at most %d findings", len(ofAll), median(ofAll))
	if median(ofAll) > quiet {
		t.Errorf("that is more than %d", quiet)
	}
}

// told is how many things findings tell of: what services lack is told once a project.
func told(findings []rules.Finding) int {
	n, met := 0, map[string]bool{}
	for _, f := range findings {
		if f.Summary == "" || !met[f.Rule] {
			n++
		}
		met[f.Rule] = true
	}
	return n
}

func median(sizes []int) int {
	slices.Sort(sizes)
	return sizes[len(sizes)/2]
}
