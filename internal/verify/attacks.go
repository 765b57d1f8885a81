package verify

import (
	"slices"

	"github.com/composelint/composelint/internal/verify/check"
	"github.com/composelint/composelint/internal/verify/probe"
	"github.com/composelint/composelint/rules"
)

// The outcomes of an attack.
const (
	possible = "possible"
	blocked  = "blocked"
)

// attacks compares what becomes of each attack by the best of its ways, with the operations and the bodies
// as the files promise them and as they were seen. Ways that need something else besides, of which no
// request tells, are left out.
func (l *live) attacks(all []rules.AttackNeeds) {
	promised := map[string]probe.Outcome{}
	for _, o := range l.api.Operations {
		promised[o.OperationID] = probe.Outcome(o.Verdict)
	}
	filters := map[string]bool{}
	for _, token := range l.api.Filters {
		filters[token] = true
	}
	for _, attack := range all {
		ways := slices.DeleteFunc(slices.Clone(attack.Ways), func(w rules.WayNeeds) bool { return w.Where != "" })
		if len(ways) == 0 {
			continue
		}
		expected, flag := l.best(ways, promised, filters)
		seen, _ := l.best(ways, l.seen, l.refused)
		c := l.check(Attacks, attack.ID, expected, seen, flag)
		if c.Why = attack.Title; c.Verdict == check.Unknown {
			c.Why = "what it needs could not be told"
		}
		l.report.Checks = append(l.report.Checks, c)
	}
}

// best is the best that an attacker gets of any way, with the flag that decides on the first way.
func (l *live) best(ways []rules.WayNeeds, outcomes map[string]probe.Outcome, refused map[string]bool) (verdict, flag string) {
	verdict = blocked
	for i, way := range ways {
		of, operation := outcomeOf(way, outcomes, refused)
		if i == 0 {
			flag = l.flagOf(operation)
		}
		switch {
		case of == possible:
			return possible, l.flagOf(operation)
		case of == "":
			verdict = ""
		}
	}
	return verdict, flag
}

// outcomeOf is possible where all that a way needs is let through, blocked where anything is not, and empty
// where that is not known; with the operation that decides.
func outcomeOf(way rules.WayNeeds, outcomes map[string]probe.Outcome, refused map[string]bool) (outcome, operation string) {
	outcome, operation = possible, way.Needs[0]
	for _, id := range way.Needs {
		switch outcomes[id] {
		case probe.Reached:
		case probe.Denied:
			return blocked, id
		default:
			outcome, operation = "", id
		}
	}
	if refused[way.Body] {
		return blocked, way.Needs[0]
	}
	return outcome, operation
}

func (l *live) flagOf(operation string) string {
	for _, o := range l.api.Operations {
		if o.OperationID == operation {
			return o.Flag
		}
	}
	return ""
}
