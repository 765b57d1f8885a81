// Package report writes findings, reviews, the model and the list of rules, each format in a file
// of its own.
package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/catalogue"
	"github.com/composelint/composelint/rules/severity"
	"github.com/composelint/composelint/rules/triage"
)

// Report is everything that a format may need.
type Report struct {
	// Version is composelint's.
	Version string
	// Rules are those that ran, sorted by id.
	Rules catalogue.Catalogue
	// Findings are in their total order.
	Findings []rules.Finding
	// Suppressed are those that something excuses, in the same order. ShowSuppressed is true
	// where they are to be shown, and not only to be counted.
	Suppressed     []rules.Finding
	ShowSuppressed bool
	// Below are how many more there are of lower severities than are to be shown.
	Below int
	// Elsewhere is how many are not told, for what changed has nothing to do with them.
	Elsewhere int
	// Fixed are those of the baseline that are found no more.
	Fixed []triage.Accepted
	// Relaxed is what hides findings, by file.
	Relaxed []Relaxed
	// Files are those that were read, by the path that locations name.
	Files map[string]*model.File
	// Projects is the number of projects that were judged.
	Projects int
	// Fragments is the number of those that have no service with an image or a build.
	Fragments int
	// Trouble says what kept projects from being judged, a sentence each.
	Trouble []string
	// Reviews are those of the projects, for the formats that show them.
	Reviews []Review
	// Standard is the id of the one that alone is to be told, empty for all editions of today.
	Standard string
	// Differences are what the files would be after all safe fixes, for the formats that show it.
	Differences []Difference
	// Taxonomies are what rules are classified by.
	Taxonomies []rules.Standard
}

// Difference is what becomes of a file, in the hunks of a unified diff, line by line.
type Difference struct {
	File  string
	Hunks []string
}

// Write writes it as patch reads it, so that nothing in it is taken for a command by who shows it.
func (d Difference) Write(w io.Writer) error {
	name := Shown(strings.TrimPrefix(d.File, "/"))
	lines := []string{"--- a/" + name, "+++ b/" + name}
	for _, line := range d.Hunks {
		lines = append(lines, ShownFirst(line))
	}
	_, err := fmt.Fprintln(w, strings.Join(lines, "\n"))
	return err
}

// From is the report without the findings below a severity.
func (r Report) From(lowest severity.Severity) Report {
	below := func(f rules.Finding) bool { return f.Severity < lowest }
	all := len(r.Findings)
	r.Findings = slices.DeleteFunc(slices.Clone(r.Findings), below)
	r.Suppressed = slices.DeleteFunc(slices.Clone(r.Suppressed), below)
	r.Below = all - len(r.Findings)
	return r
}

// Review is that of a project, which is called by its first file.
type Review struct {
	Project string
	rules.Review
}
