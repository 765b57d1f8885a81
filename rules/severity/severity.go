// Package severity defines how much a finding counts: note, warning or error.
package severity

import (
	"fmt"
	"slices"
)

// Severity says what a finding asks for.
type Severity int

// The severities, from low to high.
const (
	Note    Severity = iota // worth knowing
	Warning                 // an item of the checklist fails
	Error                   // must not be deployed
)

var names = []string{"note", "warning", "error"}

func (s Severity) String() string { return names[s] }

// Parse reads error, warning or note.
func Parse(name string) (Severity, error) {
	i := slices.Index(names, name)
	if i < 0 {
		return 0, fmt.Errorf("unknown severity %q: use error, warning or note", name)
	}
	return Severity(i), nil
}
