package report

import (
	"maps"
	"slices"
	"strings"

	"github.com/composelint/composelint/internal/words"
)

// Relaxed is what a configuration or a baseline does that can hide findings. Whoever changes such a
// file can hide what they like by it, so that each format says what it does; one that can hide
// nothing is not spoken of.
type Relaxed struct {
	// File is its path.
	File string `json:"file"`
	// What are phrases, such as 5 rules off.
	What []string `json:"what"`
}

// String is a line: 5 rules off, 1 exception by .composelint.yaml.
func (r Relaxed) String() string { return strings.Join(r.What, ", ") + " by " + r.File }

// unseen is what hides findings in a format that does not count those that are suppressed: what is
// relaxed, and comments.
func unseen(r Report) []Relaxed {
	ignored := map[string]int{}
	for _, f := range r.Suppressed {
		if f.Suppression.Kind == "ignore" {
			ignored[f.Suppression.Location.File]++
		}
	}
	all := slices.Clone(r.Relaxed)
	for _, file := range slices.Sorted(maps.Keys(ignored)) {
		all = append(all, Relaxed{File: file, What: []string{words.Count(ignored[file], "finding") + " ignored"}})
	}
	return all
}
