package catalogue

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/composelint/composelint/internal/gitignore"
	"github.com/composelint/composelint/internal/suggest"
	"github.com/composelint/composelint/rules/severity"
)

// Levels say what the findings of a rule count as: off, note, warning, error, or empty for
// what the rule itself says.
type Levels struct {
	Everywhere string
	// Services are the levels in single services, by name.
	Services map[string]string
	// Files are those in some files, which go before the others, and a later one before an earlier.
	Files []FileLevels
}

// FileLevels are the levels in some files; empty where the other levels have the say.
type FileLevels struct {
	In         Files
	Everywhere string
	Services   map[string]string
}

// Files are those that patterns name, as lines of a .gitignore file in a directory do.
type Files struct {
	// Directory is relative to the root of the repository, as the paths of the files are.
	Directory string
	Patterns  []string
}

// Have reports whether a file is among them, by its path from the root of the repository.
func (f Files) Have(uri string) bool {
	below := uri
	if f.Directory != "." {
		var ok bool
		if below, ok = strings.CutPrefix(uri, f.Directory+"/"); !ok {
			return false
		}
	}
	return gitignore.Patterns{}.With("", strings.Join(f.Patterns, "\n")).Name(below)
}

// all are the levels that some finding may have, empty ones too.
func (l Levels) all() []string {
	all := append([]string{l.Everywhere}, slices.Collect(maps.Values(l.Services))...)
	for _, in := range l.Files {
		all = append(append(all, in.Everywhere), slices.Collect(maps.Values(in.Services))...)
	}
	return all
}

// Off is the level of findings that are not wanted.
const Off = "off"

// Lowers is true for a level that makes less of the rule's findings than the rule does.
func (r Rule) Lowers(level string) bool {
	s, err := severity.Parse(level)
	return level == Off || err == nil && s < r.HighestSeverity()
}

// Selection says which rules run, and what their findings count as: the default set, with the
// strict one on request, and what a configuration says of single rules.
type Selection struct {
	Strict bool
	// Select are ids or patterns of them (socket-*): only these run, of whichever set and
	// whatever the configuration switches off.
	Select []string
	// Required are ids of rules that run as those of Select do, beside whatever else does.
	Required []string
	// Ignore are ids or patterns of rules that do not run.
	Ignore []string
	// Levels are those of a configuration, by id.
	Levels map[string]Levels
}

// Choice is what a selection comes to.
type Choice struct {
	// Rules are the ids of those that run, in order.
	Rules []string
	// Levels are what the findings of these count as, by id.
	Levels map[string]Levels
}

// Choose returns the rules that run. A name or pattern that fits no rule is an error.
func (c Catalogue) Choose(s Selection) (Choice, error) {
	selected, err := c.matching("--select", s.Select)
	if err != nil {
		return Choice{}, err
	}
	ignored, err := c.matching("--ignore", s.Ignore)
	if err != nil {
		return Choice{}, err
	}
	for _, id := range s.Required {
		selected[id] = true
	}
	choice := Choice{Rules: []string{}, Levels: map[string]Levels{}}
	for _, r := range c {
		levels := s.levels(r, selected)
		wanted := levels.Everywhere != Off || slices.ContainsFunc(levels.all(), func(level string) bool { return level != "" && level != Off })
		if len(s.Select) > 0 {
			wanted = selected[r.ID]
		}
		if wanted && !ignored[r.ID] {
			choice.Rules = append(choice.Rules, r.ID)
			choice.Levels[r.ID] = levels
		}
	}
	return choice, nil
}

// levels are those of a rule. A configuration that gives a rule a severity wants it to run.
func (s Selection) levels(r Rule, selected map[string]bool) Levels {
	levels := s.Levels[r.ID]
	switch {
	case selected[r.ID] && levels.Everywhere == Off:
		levels.Everywhere = ""
	case levels.Everywhere == "" && r.Set != "default" && !s.Strict && !selected[r.ID]:
		levels.Everywhere = Off
	}
	return levels
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
	return fmt.Errorf("%s: there is no rule %q%s", flag, id, c.Nearest(id))
}

// Nearest ends a message about an id that no rule has: with the one that may be meant.
func (c Catalogue) Nearest(id string) string {
	if near := suggest.Question(id, c.IDs()); near != "" {
		return near
	}
	return ": see --list-rules"
}

// IDs are those of the rules, in order.
func (c Catalogue) IDs() []string {
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
