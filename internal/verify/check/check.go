// Package check is what a verification says: what a project's files promise, what was seen of it, and
// whether the two agree.
package check

import (
	"slices"

	"github.com/composelint/composelint/model"
)

// Verdict is what a comparison comes to.
type Verdict string

// The verdicts.
const (
	Agrees  Verdict = "agrees"
	Differs Verdict = "differs"
	// Unknown is the verdict where one of the two could not be told.
	Unknown Verdict = "unknown"
)

// Check is one thing that was compared.
type Check struct {
	// Section is what it belongs to, such as "docker api" or "containers".
	Section string `json:"section"`
	// ID names the check within its section: an operation of the Docker API, an attack, an item of the
	// checklist.
	ID string `json:"id"`
	// Subject is the service or the network that it is about.
	Subject string `json:"subject"`
	// Expected is what the files promise and Seen what there was, each a word or a short phrase; empty
	// where that is not known.
	Expected string  `json:"expected"`
	Seen     string  `json:"seen"`
	Verdict  Verdict `json:"verdict"`
	// Why says by what that was told, or why it could not be: a phrase, never a part of an answer.
	Why string `json:"why"`
	// Decides is what in the files decides what is expected, such as a flag, and Location where it
	// stands.
	Decides  string          `json:"decides"`
	Location *model.Location `json:"location,omitempty"`
}

// Compared is the verdict on what is expected and seen, which is empty where it is not known.
func Compared(expected, seen string) Verdict {
	switch {
	case expected == "" || seen == "":
		return Unknown
	case expected == seen:
		return Agrees
	}
	return Differs
}

// Report is all that was compared.
type Report struct {
	Checks []Check `json:"checks"`
	// Notes are what there is to know besides, a sentence each.
	Notes []string `json:"notes"`
}

// Add puts checks and notes of another report behind these.
func (r *Report) Add(other Report) {
	r.Checks = append(r.Checks, other.Checks...)
	r.Notes = append(r.Notes, other.Notes...)
}

// Count is how many checks have a verdict.
func (r Report) Count(v Verdict) int {
	n := 0
	for _, c := range r.Checks {
		if c.Verdict == v {
			n++
		}
	}
	return n
}

// Verdict is that of the whole: it differs where anything does, and is unknown where anything is, or
// where nothing was compared.
func (r Report) Verdict() Verdict {
	has := func(v Verdict) bool {
		return slices.ContainsFunc(r.Checks, func(c Check) bool { return c.Verdict == v })
	}
	switch {
	case has(Differs):
		return Differs
	case has(Unknown) || len(r.Checks) == 0:
		return Unknown
	}
	return Agrees
}
