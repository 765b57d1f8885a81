package rules

import (
	"fmt"
	"path"
	"strings"

	"github.com/composelint/composelint/internal/suggest"
)

// Selection says which rules run: the default set, with the strict one on request.
type Selection struct {
	Strict bool
	// Select are ids or patterns of them (socket-*): only these run, of whichever set.
	Select []string
	// Ignore are ids or patterns of rules that do not run.
	Ignore []string
}

// Choose returns the ids of the rules that run, in order. A name or pattern that fits no
// rule is an error.
func (c Catalogue) Choose(s Selection) ([]string, error) {
	selected, err := c.matching("--select", s.Select)
	if err != nil {
		return nil, err
	}
	ignored, err := c.matching("--ignore", s.Ignore)
	if err != nil {
		return nil, err
	}
	ids := []string{}
	for _, r := range c {
		wanted := r.Set == "default" || s.Strict
		if len(s.Select) > 0 {
			wanted = selected[r.ID]
		}
		if wanted && !ignored[r.ID] {
			ids = append(ids, r.ID)
		}
	}
	return ids, nil
}

// matching are the rules that some pattern fits.
func (c Catalogue) matching(flag string, patterns []string) (map[string]bool, error) {
	found := map[string]bool{}
	for _, pattern := range patterns {
		some := false
		for _, r := range c {
			ok, err := path.Match(pattern, r.ID)
			if err != nil {
				return nil, fmt.Errorf("%s: %q is no pattern: write a rule's id, with * for any letters", flag, pattern)
			}
			if ok {
				found[r.ID], some = true, true
			}
		}
		if !some {
			return nil, c.unknown(flag, pattern)
		}
	}
	return found, nil
}

// unknown is the error about an id that no rule has.
func (c Catalogue) unknown(flag, id string) error {
	if strings.ContainsAny(id, "*?[") {
		return fmt.Errorf("%s: no rule fits %q: see --list-rules", flag, id)
	}
	near := suggest.Question(id, c.ids())
	if near == "" {
		near = ": see --list-rules"
	}
	return fmt.Errorf("%s: there is no rule %q%s", flag, id, near)
}

func (c Catalogue) ids() []string {
	ids := make([]string, len(c))
	for i, r := range c {
		ids[i] = r.ID
	}
	return ids
}

// Rule returns the rule of an id, or an error that names the nearest one.
func (c Catalogue) Rule(flag, id string) (Rule, error) {
	r, ok := c.Find(id)
	if !ok {
		return Rule{}, c.unknown(flag, id)
	}
	return r, nil
}
