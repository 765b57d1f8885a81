// Package suggest finds the name that somebody meant.
package suggest

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

// Nearest returns the candidate that a slip of the pen makes of name, in whichever case, or
// "".
func Nearest(name string, candidates []string) string {
	name = strings.ToLower(name)
	best, distance := "", 1+len(name)/3
	for _, c := range candidates {
		difference := utf8.RuneCountInString(name) - utf8.RuneCountInString(c)
		if max(difference, -difference) > distance {
			continue // a name can be of any length, and comparing long ones takes time
		}
		if d := levenshtein.ComputeDistance(name, strings.ToLower(c)); d <= distance && (best == "" || d < distance) {
			best, distance = c, d
		}
	}
	return best
}

// mostSlips is how many letters a slip gets wrong; shorter names are too near to others.
const mostSlips = 2

// Slip is the nearest candidate where name, which may be right, can hardly be anything else, or "".
func Slip(name string, candidates []string) string {
	near := Nearest(name, candidates)
	if len(name) <= 2*mostSlips || levenshtein.ComputeDistance(name, near) > mostSlips {
		return ""
	}
	return near
}

// Question asks for the nearest candidate, as the end of a message: `: did you mean "x"?`.
// It is "" where none is near.
func Question(name string, candidates []string) string {
	if near := Nearest(name, candidates); near != "" {
		return ": did you mean " + strconv.Quote(near) + "?"
	}
	return ""
}
