package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
)

// TextOptions says how the text is to look.
type TextOptions struct {
	// Color turns ANSI colours on.
	Color bool
	// Width is that of the terminal in columns; 0 if it is not known. It bounds the
	// snippets; widths under 40 count as 40. The line of a finding is never cut or
	// wrapped, since tools match it.
	Width int
}

const (
	unknownWidth = 160
	leastWidth   = 40
)

// Text writes the findings for people: for each a line
//
//	path:line:col: severity: message [rule]
//
// that problem matchers and editors can read, then the marked source.
func Text(w io.Writer, r Report, o TextOptions) error {
	p := &printer{
		Writer: bufio.NewWriter(w),
		files:  r.Files,
		lines:  map[lineKey]line{},
		color:  o.Color,
		width:  max(o.Width, leastWidth),
	}
	if o.Width == 0 {
		p.width = unknownWidth
	}
	for _, f := range r.Findings {
		p.finding(f)
		p.printf("\n")
	}
	if r.ShowSuppressed {
		for _, f := range r.Suppressed {
			p.suppressed(f)
		}
	}
	p.fixed(r.Fixed)
	p.printf("%s\n", summary(r))
	return p.Flush()
}

// printer keeps the first error of its writer: Flush returns it.
type printer struct {
	*bufio.Writer
	files map[string]*model.File
	lines map[lineKey]line
	color bool
	width int
}

func (p *printer) printf(format string, args ...any) {
	fmt.Fprintf(p.Writer, format, args...)
}

func (p *printer) finding(f rules.Finding) {
	c := severityColor[f.Severity]
	p.printf("%s: %s: %s %s\n",
		place(f.Location),
		p.paint(c, f.Severity.String()),
		clean(f.Message),
		p.paint(dim, "["+clean(f.Rule)+"]"))
	p.snippets(marksOf(f))
	p.path(f.Path)
}

// suppressed writes a finding that does not count, and what excuses it.
func (p *printer) suppressed(f rules.Finding) {
	p.printf("%s: suppressed %s: %s %s\n", place(f.Location), f.Severity, clean(f.Message), p.paint(dim, "["+clean(f.Rule)+"]"))
	p.printf("     %s\n\n", clean(excuse(f.Suppression)))
}

// excuse says what excuses a finding, and why: `by the exception in .composelint.yaml:3:5,
// until 2027-01-31 (ops): the agent needs it`.
func excuse(s *rules.Suppression) string {
	text := fmt.Sprintf("by the %s in %s", s.Kind, s.Location)
	if s.Kind == "baseline" {
		return fmt.Sprintf("by the baseline %q", s.Location.File)
	}
	if s.Expires != "" {
		text += ", until " + s.Expires
	}
	if s.Owner != "" {
		text += " (" + s.Owner + ")"
	}
	return text + ": " + s.Reason
}

// fixed lists what the baseline accepts and is found no more, so that it can be written
// anew.
func (p *printer) fixed(fixed []rules.Accepted) {
	for _, a := range fixed {
		p.printf("fixed: %s of %s in %s\n", clean(a.Rule), clean(a.At), clean(a.File))
	}
	if len(fixed) > 0 {
		p.printf("The baseline still accepts what is fixed: write it anew with --write-baseline\n\n")
	}
}

// path writes the way of an attack, a step a line.
func (p *printer) path(steps []rules.Related) {
	for i, step := range steps {
		p.printf("%4d. %s %s\n", i+1, clean(step.Label), p.paint(dim, "("+place(step.Location)+")"))
	}
}

// place is a location as editors and problem matchers read it. They count from 1, so a
// finding on a file as a whole stands at its start.
func place(l model.Location) string {
	return fmt.Sprintf("%s:%d:%d", clean(l.File), max(l.Start.Line, 1), max(l.Start.Column, 1))
}

// summary is the closing line: `3 findings (1 error, 2 warnings) in 1 project`.
func summary(r Report) string {
	projects := count(r.Projects, "project") + fragments(r.Fragments)
	if n := len(r.Suppressed); n > 0 {
		projects += fmt.Sprintf(", %d suppressed", n)
	}
	if len(r.Findings) == 0 {
		return "no findings in " + projects
	}
	number := map[rules.Severity]int{}
	for _, f := range r.Findings {
		number[f.Severity]++
	}
	var parts []string
	for s := rules.Error; s >= rules.Note; s-- {
		if number[s] > 0 {
			parts = append(parts, count(number[s], s.String()))
		}
	}
	return fmt.Sprintf("%s (%s) in %s", count(len(r.Findings), "finding"), strings.Join(parts, ", "), projects)
}

// fragments says that some projects were judged only in part, if there are any.
func fragments(n int) string {
	switch n {
	case 0:
		return ""
	case 1:
		return " (1 fragment, judged only in part: no service in it has an image or a build)"
	}
	return fmt.Sprintf(" (%d fragments, judged only in part: no service in them has an image or a build)", n)
}

func count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}

// The colours are parameters of the terminal's SGR sequence.
const (
	dim    = "2"
	blue   = "1;34" // bold, since many terminals show plain blue too dark to read
	red    = "1;31"
	yellow = "1;33"
	cyan   = "36"
)

var severityColor = map[rules.Severity]string{rules.Error: red, rules.Warning: yellow, rules.Note: cyan}

func (p *printer) paint(color, text string) string {
	if !p.color {
		return text
	}
	return "\x1b[" + color + "m" + text + "\x1b[0m"
}
