package report

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/composelint/composelint/internal/words"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/catalogue"
	"github.com/composelint/composelint/rules/severity"
	"github.com/composelint/composelint/rules/triage"
)

// TextOptions says how the text is to look.
type TextOptions struct {
	// Color turns ANSI colours on.
	Color bool
	// Links makes the id of a rule a link to its page.
	Links bool
	// Guided is for somebody who reads along: the message first, in as many lines as it takes, a
	// heading for each of several projects, notes in a line a rule, and the next step. Without it
	// tools read along, so that the line of a finding is never cut or wrapped.
	Guided bool
	// Statistics shows how often each rule finds something, instead of what.
	Statistics bool
	// Verbose shows every note, and names every service.
	Verbose bool
	// Width is that of the terminal in columns; 0 if it is not known. It bounds the
	// snippets; widths under 40 count as 40.
	Width int
}

// named is how many of a group are named.
func (o TextOptions) named(g group) int {
	if o.Verbose {
		return len(g)
	}
	return mostNamed
}

const (
	unknownWidth = 160
	leastWidth   = 40
)

// writeText writes the findings for people, the most severe of each project first: for each a line
//
//	path:line:col: severity: message [rule]
//
// that problem matchers and editors can read, then the marked source.
func writeText(w io.Writer, r Report, o TextOptions) error {
	p := newPrinter(w, r, o)
	if o.Statistics {
		return p.statistics(r)
	}
	groups := bySeverity(told(r.Findings))
	var folded []group
	if o.Guided && !o.Verbose {
		groups, folded = partition(groups, func(g group) bool { return g.first().Severity > severity.Note })
	}
	projects := byProject(r.Findings)
	for i, g := range groups {
		project := g.first().Project
		if o.Guided && len(projects) > 1 && (i == 0 || project != groups[i-1].first().Project) {
			p.printf("%s\n\n", p.paint(bold, fmt.Sprintf("%s: %s", project, tally(projects[project]))))
		}
		p.group(g, o)
		p.printf("\n")
	}
	p.folded(folded)
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
	p.printf("%s", frequent(r))
	if o.Guided && len(r.Findings) > 0 {
		p.nextSteps(r)
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
	rules catalogue.Catalogue
	// pages are those of the rules, by id.
	pages map[string]string
}

func newPrinter(w io.Writer, r Report, o TextOptions) *printer {
	p := &printer{
		Writer: bufio.NewWriter(w),
		files:  r.Files,
		lines:  map[lineKey]line{},
		color:  o.Color,
		links:  o.Links,
		width:  max(o.Width, leastWidth),
		rules:  r.Rules,
		pages:  map[string]string{},
	}
	for _, rule := range r.Rules {
		p.pages[rule.ID] = rule.HelpURI()
	}
	if o.Width == 0 {
		p.width = unknownWidth
	}
	return p
}

func (p *printer) printf(format string, args ...any) {
	fmt.Fprintf(p.Writer, format, args...)
}

func (p *printer) group(g group, o TextOptions) {
	f := g.first()
	if o.Guided {
		p.message(g)
	} else {
		p.printf("%s: %s: %s %s\n", place(f.Location), p.paint(severityColor[f.Severity], f.Severity.String()), g.headline(), p.rule(f.Rule))
	}
	p.snippets(marksOf(f))
	if also := g.also(o.named(g)); also != "" {
		if strings.HasSuffix(also, " more") {
			also += ", which -v names"
		}
		p.printf("%s", wrapped("  ", also, 2, p.width))
	}
	p.path(f.Path)
}

// message writes what a group says as people read it, then its place.
func (p *printer) message(g group) {
	f := g.first()
	mark := ""
	if fixable([]rules.Finding(g)) != "" {
		mark = " (fixable)"
	}
	text := wrapped("", fmt.Sprintf("%s: %s [%s]%s", f.Severity, g.headline(), f.Rule, mark), 2, p.width)
	text = p.paint(severityColor[f.Severity], f.Severity.String()) + strings.TrimPrefix(text, f.Severity.String())
	id := strings.LastIndex(text, "["+f.Rule+"]")
	p.printf("%s%s%s", text[:id], p.rule(f.Rule), text[id+len("["+f.Rule+"]"):])
	p.printf("%s %s\n", p.paint(dim, "  -->"), place(f.Location))
}

// folded writes notes in a line a rule: how often it says something, and where first.
func (p *printer) folded(notes []group) {
	byRule := map[string][]group{}
	for _, g := range notes {
		byRule[g.first().Rule] = append(byRule[g.first().Rule], g)
	}
	if len(notes) > 0 {
		p.printf("%s\n", p.paint(bold, "notes, which -v shows:"))
	}
	for _, id := range slices.Sorted(maps.Keys(byRule)) {
		number := 0
		for _, g := range byRule[id] {
			number += len(g)
		}
		rule, _ := p.rules.Find(id)
		p.printf("%s", wrapped(fmt.Sprintf("%5d  ", number), fmt.Sprintf("%s [%s]", rule.Title, id), 7, p.width))
	}
	if len(notes) > 0 {
		p.printf("\n")
	}
}

// statistics writes how often each rule finds something, the most frequent first.
func (p *printer) statistics(r Report) error {
	for _, t := range countRules(r.Findings) {
		rule, _ := p.rules.Find(t.rule)
		first := fmt.Sprintf("%5d  %-7s  ", t.number, t.worst)
		text := wrapped(first, fmt.Sprintf("%s [%s]", rule.Title, t.rule), utf8.RuneCountInString(first), p.width)
		p.printf("%s", strings.Replace(text, t.worst.String(), p.paint(severityColor[t.worst], t.worst.String()), 1))
	}
	p.printf("%s\n", summary(r))
	return p.Flush()
}

// ruleCount is how often a rule finds something, and how severe the worst of it is.
type ruleCount struct {
	rule   string
	number int
	worst  severity.Severity
}

// countRules counts the findings of each rule, the most frequent one first.
func countRules(findings []rules.Finding) []ruleCount {
	of := map[string]ruleCount{}
	for _, f := range findings {
		t := of[f.Rule]
		of[f.Rule] = ruleCount{f.Rule, t.number + 1, max(t.worst, f.Severity)}
	}
	return slices.SortedFunc(maps.Values(of), func(a, b ruleCount) int {
		return cmp.Or(cmp.Compare(b.number, a.number), cmp.Compare(a.rule, b.rule))
	})
}

// nextSteps says how to go on.
func (p *printer) nextSteps(r Report) {
	rule := worst(r.Findings).Rule
	steps := []string{
		"what a rule is about, and how to correct it: composelint --explain " + rule,
		`to accept a finding, write "# composelint:ignore ` + rule + ` -- why" at the end of its line`,
	}
	if fixable := fixable(r.Findings); fixable != "" {
		steps = append([]string{fixable}, steps...)
	}
	for _, step := range steps {
		for line := range strings.Lines(wrapped("", step, 2, p.width)) {
			p.printf("%s\n", p.paint(dim, strings.TrimSuffix(line, "\n")))
		}
	}
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

func byProject(findings []rules.Finding) map[string][]rules.Finding {
	of := map[string][]rules.Finding{}
	for _, f := range findings {
		of[f.Project] = append(of[f.Project], f)
	}
	return of
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
	if r.Elsewhere > 0 {
		projects += fmt.Sprintf(", %d on other lines not shown", r.Elsewhere)
	}
	if r.Below > 0 {
		projects += fmt.Sprintf(", %d less severe not shown", r.Below)
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

// many is so many findings that a reader wants to know what most of them are.
const many = 10

// frequent names the rules that say most, where there are many findings.
func frequent(r Report) string {
	all := countRules(r.Findings)
	if len(r.Findings) <= many || len(all) < 2 {
		return ""
	}
	var most []string
	for _, t := range all[:min(len(all), 3)] {
		most = append(most, fmt.Sprintf("%s (%d)", t.rule, t.number))
	}
	return "most often: " + strings.Join(most, ", ") + "\n"
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
