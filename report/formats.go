package report

import (
	"fmt"
	"io"
	"slices"
)

// Format is one of the forms of a report.
type Format struct {
	Name string
	// Write writes the report. The options are for those who read it as it is.
	Write func(w io.Writer, r Report, o TextOptions) error
	// Review is true where it shows more than findings: the reviews of the projects.
	Review bool
	// Warning says of a report what whom the format is for will not take; empty where it is
	// fine.
	Warning func(r Report) string
}

// Formats are all there are. The first is that of a run which names none.
var Formats = []Format{
	{Name: "text", Write: Text},
	{Name: "concise", Write: plain(Concise)},
	{Name: "json", Write: plain(JSON), Review: true},
	{Name: "sarif", Write: plain(SARIF), Warning: tooManyResults},
	{Name: "github", Write: plain(GitHub)},
	{Name: "gitlab", Write: plain(GitLab)},
	{Name: "junit", Write: plain(JUnit)},
	{Name: "markdown", Write: plain(Markdown), Review: true},
	{Name: "checklist", Write: func(w io.Writer, r Report, o TextOptions) error { return Checklist(w, r, o.Width) }, Review: true},
	{Name: "checklist-md", Write: plain(ChecklistMarkdown), Review: true},
}

// plain is a format that looks the same everywhere.
func plain(write func(io.Writer, Report) error) func(io.Writer, Report, TextOptions) error {
	return func(w io.Writer, r Report, _ TextOptions) error { return write(w, r) }
}

// FormatNames are those of the formats.
func FormatNames() []string {
	var names []string
	for _, f := range Formats {
		names = append(names, f.Name)
	}
	return names
}

// FormatNamed returns the format of a name that there is.
func FormatNamed(name string) Format {
	return Formats[slices.IndexFunc(Formats, func(f Format) bool { return f.Name == name })]
}

// tooManyResults warns of a SARIF log that would be uploaded in vain.
func tooManyResults(r Report) string {
	if len(r.Findings) <= gitHubResults {
		return ""
	}
	return fmt.Sprintf("the report has %d results, but GitHub takes no more than %d: judge parts of the tree, and upload each with a category of its own", len(r.Findings), gitHubResults)
}
