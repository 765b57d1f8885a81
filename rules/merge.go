package rules

import (
	"slices"

	"github.com/composelint/composelint/model"
)

// Merge takes out of each project what an earlier one has too: the findings in a file that
// both of them read.
func Merge(projects []*Judged) {
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
func unseen(findings []Finding, seen map[sameness]bool) []Finding {
	same := func(f Finding) sameness { return sameness{f.Location, f.Rule, f.Message} }
	left := slices.DeleteFunc(findings, func(f Finding) bool { return seen[same(f)] })
	for _, f := range left {
		seen[same(f)] = true
	}
	return left
}
