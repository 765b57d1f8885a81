package lint

import (
	"fmt"

	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/severity"
	"github.com/composelint/composelint/rules/triage"
)

// Ignores are what accepts the findings of a run in its files.
type Ignores struct {
	// Files are those with new texts.
	Files []triage.Ignored
	// Refused says of each finding that no ignore could be added for why, and what to do instead.
	// Failing is true where one of them fails the run.
	Refused []string
	Failing bool
}

// AddIgnores adds ignores for the findings that are to be told: those that Narrow leaves, of a severity
// at least.
func (t *Triaged) AddIgnores(lowest severity.Severity) (Ignores, error) {
	all := make([]triage.Accepting, len(t.projects))
	for i, p := range t.projects {
		all[i] = triage.Accepting{Judged: p.judged, Others: append([]rules.Finding{}, p.judged.Findings...)}
	}
	if err := t.Narrow(); err != nil {
		return Ignores{}, err
	}
	for i, p := range t.projects {
		all[i].Accepted, all[i].Others = split(all[i].Others, p.judged.Findings, lowest)
	}
	var ignores Ignores
	var refused []triage.Refused
	ignores.Files, refused = triage.AddIgnores(all, t.options.Today)
	mask := t.mask()
	for _, r := range refused {
		ignores.Refused = append(ignores.Refused, mask.Text(fmt.Sprintf("%s: no ignore for %s: %s", r.Location, r.Rule, r.Why)))
		ignores.Failing = ignores.Failing || r.Fails
	}
	return ignores, nil
}

// split parts the findings into those that are left and of a severity at least, and the others.
func split(all, left []rules.Finding, lowest severity.Severity) (told, others []rules.Finding) {
	for _, f := range all {
		next := len(left) > 0 && rules.Compare(left[0], f) == 0
		if next {
			left = left[1:]
		}
		if next && f.Severity >= lowest {
			told = append(told, f)
		} else {
			others = append(others, f)
		}
	}
	return told, others
}
