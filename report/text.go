package report

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/composelint/composelint/internal/words"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/severity"
	"github.com/composelint/composelint/rules/triage"
)

// TextOptions says how the text is to look.
type TextOptions struct {
	// Color turns ANSI colours on.
	Color bool
	// Links makes the id of a rule a link to its page.
	Links bool
	// Guided adds what helps somebody who reads along: a heading for each of several files,
	// and the next step.
	Guided bool
	// Width is that of the terminal in columns; 0 if it is not known. It bounds the
	// snippets; widths under 40 count as 40. The line of a finding is never cut or
	// wrapped, since tools match it.
	Width int
}

const (
	unknownWidth = 160
	leastWidth   = 40
)

// writeText writes the findings for people: for each a line
//
//	path:line:col: severity: message [rule]
//
// that problem matchers and editors can read, then the marked source.
func writeText(w io.Writer, r Report, o TextOptions) error {
	p := &printer{
		Writer: bufio.NewWriter(w),
		files:  r.Files,
		lines:  map[lineKey]line{},
		color:  o.Color,
		links:  o.Links,
		width:  max(o.Width, leastWidth),
		pages:  map[string]string{},
	}
	for _, rule := range r.Rules {
		p.pages[rule.ID] = rule.HelpURI()
	}
	if o.Width == 0 {
		p.width = unknownWidth
	}
	for i, f := range r.Findings {
		if o.Guided && (i == 0 || f.Location.File != r.Findings[i-1].Location.File) {
			p.heading(r.Findings, i)
		}
		p.finding(f)
		p.printf("\n")
	}
	if r.ShowSuppressed {
		for _, f := range r.Suppressed {
			p.suppressed(f)
		}
	}
	p.fixed(r.Fixed)
	for _, relaxed := range r.Relaxed {
		p.printf("%s\n", relaxed)
	}
	p.printf("%s\n", summary(r))
	if o.Guided && len(r.Findings) > 0 {
		p.printf("%s\n", p.paint(dim, "what a rule is about, and how to correct it: composelint --explain "+worst(r.Findings).Rule))
	}
	return p.Flush()
}

// printer keeps the first error of its writer: Flush returns it.
type printer struct {
	*bufio.Writer
	files map[string]*model.File
	lines map[lineKey]line
	color bool
	links bool
	width int
	// pages are those of the rules, by id.
	pages map[string]string
}

func (p *printer) printf(format string, args ...any) {
	fmt.Fprintf(p.Writer, format, args...)
}

func (p *printer) finding(f rules.Finding) {
	c := severityColor[f.Severity]
	p.printf("%s: %s: %s %s\n",
		place(f.Location),
		p.paint(c, f.Severity.String()),
		f.Message,
		p.rule(f.Rule))
	p.snippets(marksOf(f))
	p.path(f.Path)
}

// rule is the id of a rule in brackets: in a terminal that can, a link to its page (OSC 8,
// https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda).
func (p *printer) rule(id string) string {
	text := "[" + id + "]"
	if page := p.pages[id]; p.links && page != "" {
		text = "\x1b]8;;" + page + "\x1b\\" + text + "\x1b]8;;\x1b\\"
	}
	return p.paint(dim, text)
}

// heading stands before the findings in a file, where there are several files. The findings
// from number i on are those of the file and of later ones.
func (p *printer) heading(all []rules.Finding, i int) {
	file := all[i].Location.File
	if file == all[0].Location.File && file == all[len(all)-1].Location.File {
		return
	}
	n := 0
	for n < len(all)-i && all[i+n].Location.File == file {
		n++
	}
	p.printf("%s\n\n", p.paint(bold, fmt.Sprintf("%s: %s", file, tally(all[i:i+n]))))
}

// worst is the first of the most severe findings.
func worst(findings []rules.Finding) rules.Finding {
	return slices.MaxFunc(findings, func(a, b rules.Finding) int { return cmp.Compare(a.Severity, b.Severity) })
}

// suppressed writes a finding that does not count, and what excuses it.
func (p *printer) suppressed(f rules.Finding) {
	p.printf("%s: suppressed %s: %s %s\n", place(f.Location), f.Severity, f.Message, p.rule(f.Rule))
	p.printf("     %s\n\n", excuse(f.Suppression))
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
func (p *printer) fixed(fixed []triage.Accepted) {
	for _, a := range fixed {
		p.printf("fixed: %s of %s in %s\n", a.Rule, a.At, a.File)
	}
	if len(fixed) > 0 {
		p.printf("The baseline still accepts what is fixed: write it anew with --write-baseline\n\n")
	}
}

// path writes the way of an attack, a step a line.
func (p *printer) path(steps []rules.Related) {
	for i, step := range steps {
		p.printf("%4d. %s %s\n", i+1, step.Label, p.paint(dim, "("+place(step.Location)+")"))
	}
}

// place is a location as editors and problem matchers read it. They count from 1, so a
// finding on a file as a whole stands at its start.
func place(l model.Location) string {
	return fmt.Sprintf("%s:%d:%d", l.File, max(l.Start.Line, 1), max(l.Start.Column, 1))
}

// summary is the closing line: `3 findings (1 error, 2 warnings) in 1 project`.
func summary(r Report) string {
	projects := words.Count(r.Projects, "project") + fragments(r.Fragments)
	if n := len(r.Suppressed); n > 0 {
		projects += fmt.Sprintf(", %d suppressed", n)
	}
	if len(r.Findings) == 0 {
		return "no findings in " + projects
	}
	return tally(r.Findings) + " in " + projects
}

// tally counts findings: `3 findings (1 error, 2 warnings)`.
func tally(findings []rules.Finding) string {
	number := map[severity.Severity]int{}
	for _, f := range findings {
		number[f.Severity]++
	}
	var parts []string
	for s := severity.Error; s >= severity.Note; s-- {
		if number[s] > 0 {
			parts = append(parts, words.Count(number[s], s.String()))
		}
	}
	return fmt.Sprintf("%s (%s)", words.Count(len(findings), "finding"), strings.Join(parts, ", "))
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

// The colours are parameters of the terminal's SGR sequence.
const (
	bold   = "1"
	dim    = "2"
	blue   = "1;34" // bold, since many terminals show plain blue too dark to read
	red    = "1;31"
	yellow = "1;33"
	cyan   = "36"
)

var severityColor = map[severity.Severity]string{severity.Error: red, severity.Warning: yellow, severity.Note: cyan}

func (p *printer) paint(color, text string) string {
	if !p.color {
		return text
	}
	return "\x1b[" + color + "m" + text + "\x1b[0m"
}
