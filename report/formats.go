package report

import (
	"io"
	"slices"
)

// Format is one of the forms of a report.
type Format struct {
	Name string
	// Write writes the report. The options are for those who read it as it is.
	Write writer
	// Review is true where it shows more than findings: the reviews of the projects.
	Review bool
	// Fixes is true where it says how findings can be fixed, Difference where it shows that as a whole.
	Fixes, Difference bool
	// Taxonomies is true where it says by what the rules are classified.
	Taxonomies bool
	// Warning says why a report will not be taken by whom the format is for, empty where it
	// will. It is nil for a format of which everything is taken.
	Warning func(r Report) string
}

// Formats are all there are. The first is that of a run which names none.
var Formats = []Format{
	{Name: "text", Write: forPeople(writeText)},
	{Name: "concise", Write: forPeople(writeConcise)},
	{Name: "json", Write: plain(writeJSON), Review: true, Fixes: true},
	{Name: "sarif", Write: plain(writeSARIF), Fixes: true, Taxonomies: true, Warning: tooManyResults},
	{Name: "github", Write: forPeople(plain(writeGitHub))},
	{Name: "gitlab", Write: forPeople(plain(writeGitLab))},
	{Name: "rdjson", Write: forPeople(plain(writeRDJSON)), Fixes: true},
	{Name: "junit", Write: forPeople(plain(writeJUnit))},
	{Name: "markdown", Write: forPeople(plain(writeMarkdown)), Review: true, Difference: true},
	{Name: "html", Write: forPeople(plain(writeHTML)), Review: true},
	{Name: "checklist", Write: forPeople(writeChecklist), Review: true},
	{Name: "checklist-md", Write: forPeople(plain(writeChecklistMarkdown)), Review: true},
}

// writer writes a report in a format.
type writer func(w io.Writer, r Report, o TextOptions) error

// plain is a format that looks the same everywhere.
func plain(write func(io.Writer, Report) error) writer {
	return func(w io.Writer, r Report, _ TextOptions) error { return write(w, r) }
}

// forPeople is a format of which people read the texts. This is where a report leaves for them.
func forPeople(write writer) writer {
	return func(w io.Writer, r Report, o TextOptions) error { return write(w, shown(r), o) }
}

// FormatNames are those of the formats.
func FormatNames() []string {
	var names []string
	for _, f := range Formats {
		names = append(names, f.Name)
	}
	return names
}

// FormatNamed returns the format of that name, the first where there is none.
func FormatNamed(name string) Format {
	return Formats[max(0, slices.IndexFunc(Formats, func(f Format) bool { return f.Name == name }))]
}
