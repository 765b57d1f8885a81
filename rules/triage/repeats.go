package triage

import (
	"slices"

	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
)

// DropRepeats takes out of each project what stands before it already: the findings in a file that an
// earlier one reads too, and in a part that a project has twice, as by a merge key.
func DropRepeats(projects []*Judged) {
	var findings, suppressed = map[sameness]bool{}, map[sameness]bool{}
	for _, p := range projects {
		p.Findings = unseen(p.Findings, findings)
		p.Suppressed = unseen(p.Suppressed, suppressed)
	}
}

// sameness is what a reader tells findings apart by.
type sameness struct {
	place         model.Location
	rule, message string
}

// unseen are the findings that are not among those seen, to which they are added.
func unseen(findings []rules.Finding, seen map[sameness]bool) []rules.Finding {
	return slices.DeleteFunc(findings, func(f rules.Finding) bool {
		same := sameness{f.Location, f.Rule, f.Message}
		met := seen[same]
		seen[same] = true
		return met
	})
}
