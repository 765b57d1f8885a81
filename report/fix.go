package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/composelint/composelint/internal/visible"
	"github.com/composelint/composelint/internal/words"
	"github.com/composelint/composelint/rules"
)

// hides is true for a change whose text shows something else than it is.
func hides(c rules.Change) bool {
	return strings.ContainsFunc(strings.NewReplacer("\n", "", "\r\n", "").Replace(c.Text), visible.Hidden)
}

// best is the best fix of each finding of a group, as one; nil where one of them has none that can be made.
func best(g group) *rules.Fix {
	var all *rules.Fix
	for _, f := range g {
		i := slices.IndexFunc(f.Fixes, func(fix rules.Fix) bool { return len(fix.Changes) > 0 && !slices.ContainsFunc(fix.Changes, hides) })
		if i < 0 {
			return nil
		}
		fix := f.Fixes[i]
		if all == nil {
			all = &rules.Fix{Label: fix.Label}
		}
		if !fix.Safe() {
			all.Risk = fix.Risk
		}
		for _, c := range fix.Changes {
			if !slices.Contains(all.Changes, c) {
				all.Changes = append(all.Changes, c)
			}
		}
	}
	return all
}

// fixable says how many findings composelint can mend itself, and how; nothing where it can none.
func fixable(findings []rules.Finding) string {
	safe, unsafe := 0, 0
	for _, f := range findings {
		switch {
		case slices.ContainsFunc(f.Fixes, rules.Fix.Safe):
			safe++
		case len(f.Fixes) > 0:
			unsafe++
		}
	}
	switch {
	case safe > 0 && unsafe > 0:
		return fmt.Sprintf("%s can be fixed: composelint fix shows how, and %d more with --unsafe", words.Count(safe, "finding"), unsafe)
	case safe > 0:
		return fmt.Sprintf("%s can be fixed: composelint fix shows how", words.Count(safe, "finding"))
	case unsafe > 0:
		return fmt.Sprintf("%s can be fixed: composelint fix --unsafe shows how", words.Count(unsafe, "finding"))
	}
	return ""
}
