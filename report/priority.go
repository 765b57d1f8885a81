package report

import (
	"fmt"
	"slices"

	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/catalogue"
	"github.com/composelint/composelint/rules/severity"
)

// priorities are the classes by which the validation guide answers incidents, from the most urgent, with
// what a finding of each stands for. Before them comes what keeps the project from running.
var priorities = []struct{ mark, means string }{
	{"error", "it does not run as it is meant to"},
	{"P0", "answer at once: the host or the Docker API may fall into other hands"},
	{"P1", "answer within an hour: an attack has its way in"},
	{"P2", "answer within four hours: something is weaker than it should be"},
}

// critical is from where on CVSS calls a vulnerability critical.
const critical = 9.0

// priorityOf is the place of a finding among the priorities, -1 for one that can wait.
func priorityOf(all catalogue.Catalogue, f rules.Finding) int {
	i := slices.IndexFunc(all, func(r catalogue.Rule) bool { return r.ID == f.Rule })
	secures := i >= 0 && all[i].SecuritySeverity > 0
	switch {
	case f.Severity == severity.Note || f.Severity == severity.Warning && !secures:
		return -1
	case !secures:
		return 0
	case f.Severity == severity.Warning:
		return 3
	case all[i].SecuritySeverity >= critical:
		return 1
	}
	return 2
}

// mostUrgent is how many findings of a class are named.
const mostUrgent = 5

// urgent are the findings of a project that are to be mended first.
func urgent(r Report, review Review) section {
	s := section{title: "What to do first"}
	byClass := make([][]group, len(priorities))
	for _, g := range bySeverity(told(of(review.Project, r.Findings))) {
		if i := priorityOf(r.Rules, g.first()); i >= 0 {
			byClass[i] = append(byClass[i], g)
		}
	}
	for i, class := range priorities {
		groups := byClass[i]
		if len(groups) == 0 {
			continue
		}
		row := entry{mark: class.mark, text: class.means}
		for _, g := range groups[:min(len(groups), mostUrgent)] {
			row.details = append(row.details, fmt.Sprintf("%s: %s [%s]", place(g.first().Location), g.headline(), g.first().Rule))
		}
		if more := len(groups) - mostUrgent; more > 0 {
			row.details = append(row.details, fmt.Sprintf("and %d more", more))
		}
		s.rows = append(s.rows, row)
	}
	if len(s.rows) == 0 {
		s.rows = []entry{{text: "nothing is urgent"}}
	}
	return s
}

// of are the findings of a project.
func of(project string, findings []rules.Finding) []rules.Finding {
	var all []rules.Finding
	for _, f := range findings {
		if f.Project == project {
			all = append(all, f)
		}
	}
	return all
}
