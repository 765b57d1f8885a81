package rules

import (
	"cmp"
	"slices"

	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules/severity"
)

// Finding is one thing that a rule objects to, at its place in the files.
type Finding struct {
	Rule     string
	Severity severity.Severity
	Message  string
	// At names the model node, Key the value of it, where the rule cites one.
	At, Key string
	// About is what the finding is about where At is but one of the nodes that it could stand at; else
	// it is empty.
	About string
	// Controls are those of standards that it speaks against, where they are not all those of its rule.
	Controls []string
	// Location is the token that caused the finding.
	Location model.Location
	// Related are further places that belong to it: the hops that the value came through,
	// then those that the rule names.
	Related []Related
	// Path leads, step by step, from where an attack begins to what it reaches.
	Path []Related
	// Summary is what a finding has that all of its kind in a project are told by, as one: what so many
	// services do, the end of a sentence that begins with their number. It is empty for others.
	Summary string
	// Fixes are ways to mend it, the best one first.
	Fixes []Fix
	// Project is the first file of the project, Service what the finding is about there.
	Project string
	Service Service
	// Fails is true where it is severe enough to fail the run, unless something excuses it.
	Fails bool
	// Suppression says why the finding does not count. It is nil for one that does.
	Suppression *Suppression
}

// Service is a service or a job that a finding is about; it has no name where a finding is about none.
type Service struct {
	Name, Kind string
	// Location is where it is declared.
	Location model.Location
}

// Suppression is what excuses a finding.
type Suppression struct {
	// Kind is ignore (a comment in the file), exception (of the configuration) or baseline.
	Kind string `json:"kind"`
	// Reason is the user's.
	Reason string `json:"reason"`
	// Expires is the last day on which it excuses anything, as 2027-01-31; empty for one that
	// stays.
	Expires string `json:"expires"`
	// Owner is who answers for it, where an exception says so.
	Owner string `json:"owner"`
	// Location is where it stands.
	Location model.Location `json:"location"`
}

// Related is a further place of a finding, with a phrase that says what is there.
type Related struct {
	Label    string
	Location model.Location
}

// Sort puts findings into their one order: file, line, column, rule, node.
func Sort(findings []Finding) {
	slices.SortFunc(findings, Compare)
}

// Compare compares findings by that order.
func Compare(a, b Finding) int {
	return cmp.Or(
		cmp.Compare(a.Location.File, b.Location.File),
		cmp.Compare(a.Location.Start.Line, b.Location.Start.Line),
		cmp.Compare(a.Location.Start.Column, b.Location.Start.Column),
		cmp.Compare(a.Rule, b.Rule),
		cmp.Compare(a.At, b.At),
		cmp.Compare(a.Key, b.Key),
		cmp.Compare(a.Message, b.Message),
	)
}

// The rules whose findings say what could not be read (InvalidCompose of Compose files, DaemonRefused of the
// engine's configuration), and CreateRefused, whose findings are of containers that are never created.
const (
	InvalidCompose = "invalid-compose"
	CreateRefused  = "create-refused"
	DaemonRefused  = "daemon-refused"
)
