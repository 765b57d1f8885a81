package report

import (
	"bufio"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"html/template"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/composelint/composelint/internal/words"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
)

//go:embed html
var htmlFiles embed.FS

// htmlTemplate is parsed by the runs that write a page.
var htmlTemplate = sync.OnceValue(func() *template.Template { return template.Must(template.ParseFS(htmlFiles, "html/page.html")) })

// htmlPolicy lets a browser run the style and the script that stand in the page, and fetch nothing.
func htmlPolicy(style, script string) string {
	return fmt.Sprintf("default-src 'none'; style-src '%s'; script-src '%s'; base-uri 'none'; form-action 'none'", htmlHash(style), htmlHash(script))
}

func htmlFile(name string) string {
	text, err := htmlFiles.ReadFile(name)
	if err != nil {
		panic(err) // it is part of the program
	}
	return string(text)
}

// htmlHash is that of an inline style or script, as a Content-Security-Policy names it.
func htmlHash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// htmlPage is what the template shows.
type htmlPage struct {
	Policy, Version, Summary string
	Style                    template.CSS
	Script                   template.JS
	// Remarks are what hides findings, and what could not be judged.
	Remarks    []string
	Rules      []htmlRule
	Projects   []htmlProject
	Others     []htmlProject // those without a Docker API
	Unpictured []string      // those of which there is nothing to draw either
	Standards  []htmlSection
	Findings   []htmlFinding
	Suppressed htmlSection
}

// htmlRule is a rule with the number of its findings.
type htmlRule struct {
	Rule, Title, Help, Severity string
	Number                      int
}

// htmlProject is the review of a project.
type htmlProject struct {
	Name string
	// About is what there is to say of it in a few words.
	About string
	// Picture is nil where there is nothing to draw.
	Picture  *picture
	Sections []htmlSection
	APIs     []htmlAPI
}

// htmlSection is one of the checklist.
type htmlSection struct {
	Title string
	Rows  []htmlEntry
}

type htmlEntry struct {
	Mark, Text string
	Details    []string
}

// htmlAPI is what a socket proxy lets through: a row for each flag, a cell for each verdict.
type htmlAPI struct {
	Service string
	About   []htmlEntry
	Flags   []htmlFlag
}

type htmlFlag struct {
	Flag                 string
	Allow, Unknown, Deny []string
}

// htmlFinding is what is told as one. Services and Files are those of all of it, each a list
// in JSON.
type htmlFinding struct {
	Number                                                int
	Severity, Rule, Help, Message, Place, Services, Files string
	// Snippet is the marked source.
	Snippet template.HTML
	Path    []htmlPlace
	Others  []htmlPlace
}

type htmlPlace struct{ What, Place, Line string }

// writeHTML writes a page for a browser.
func writeHTML(w io.Writer, r Report) error {
	style, script := htmlFile("html/style.css"), htmlFile("html/script.js")
	page := htmlPage{
		Policy: htmlPolicy(style, script), Style: template.CSS(style), Script: template.JS(script),
		Version: r.Version, Summary: summary(r), Rules: htmlRules(r), Findings: htmlFindings(r),
		Standards: htmlSections(standardSections(r)), Suppressed: htmlSectionOf(excused(r)),
	}
	for _, relaxed := range r.Relaxed {
		page.Remarks = append(page.Remarks, relaxed.String())
	}
	for _, trouble := range r.Trouble {
		page.Remarks = append(page.Remarks, "not judged: "+trouble)
	}
	for _, review := range r.Reviews {
		p := htmlProject{Name: review.Project, About: entered(review), Picture: pictureOf(review)}
		switch {
		case aboutDocker(review):
			p.About = failingItems(review)
			p.addReview(r, review)
			page.Projects = append(page.Projects, p)
		case p.Picture != nil:
			p.Sections = htmlSections([]section{waysIn(review), networks(review)})
			page.Others = append(page.Others, p)
		default:
			page.Unpictured = append(page.Unpictured, p.Name)
		}
	}
	b := bufio.NewWriter(w)
	if err := htmlTemplate().Execute(b, page); err != nil {
		return err
	}
	return b.Flush()
}

func htmlRules(r Report) []htmlRule {
	var all []htmlRule
	for _, t := range countRules(r.Findings) {
		rule, _ := r.Rules.Find(t.rule)
		all = append(all, htmlRule{t.rule, rule.Title, rule.HelpURI(), t.worst.String(), t.number})
	}
	return all
}

// aboutDocker reports whether a project has anything to do with the Docker API.
func aboutDocker(review Review) bool {
	return len(review.Targets) > 0 || slices.ContainsFunc(review.Checklist, func(i rules.ChecklistItem) bool { return i.Verdict != "not applicable" })
}

func pictureOf(review Review) *picture {
	if g := graphOf(review); g != nil {
		return draw(g)
	}
	return nil
}

// addReview adds what there is to say of the Docker API of a project.
func (p *htmlProject) addReview(r Report, review Review) {
	all := append([]section{summaryOf(r, review)}, itemSections(review)...)
	all = append(all, waysIn(review), networks(review), boundaries(review))
	for _, target := range review.Targets {
		all = append(all, scenarios(target)...)
	}
	p.Sections = htmlSections(all)
	for _, api := range review.DockerAPI {
		p.APIs = append(p.APIs, htmlAPIOf(api))
	}
}

// entered says how many services outsiders come in to.
func entered(review Review) string {
	services := map[string]bool{}
	for _, e := range review.WaysIn {
		services[e.Service] = true
	}
	if len(services) == 0 {
		return "nobody comes in from outside"
	}
	return fmt.Sprintf("outsiders come in to %s", words.Count(len(services), "service"))
}

func failingItems(review Review) string {
	failing := 0
	for _, item := range review.Checklist {
		if item.Verdict == "fail" {
			failing++
		}
	}
	return fmt.Sprintf("%d of %s failing", failing, words.Count(len(review.Checklist), "item"))
}

func htmlAPIOf(api rules.ProxyAPI) htmlAPI {
	by := decided(api)
	flags := maps.Clone(by["allow"])
	maps.Copy(flags, by["unknown"])
	maps.Copy(flags, by["deny"])
	a := htmlAPI{Service: api.Service, About: htmlSectionOf(section{rows: aboutAPI(api)}).Rows}
	for _, flag := range slices.Sorted(maps.Keys(flags)) {
		a.Flags = append(a.Flags, htmlFlag{flag, by["allow"][flag], by["unknown"][flag], by["deny"][flag]})
	}
	return a
}

func htmlSections(sections []section) []htmlSection {
	var all []htmlSection
	for _, s := range sections {
		if len(s.rows) > 0 {
			all = append(all, htmlSectionOf(s))
		}
	}
	return all
}

func htmlSectionOf(s section) htmlSection {
	shown := htmlSection{Title: s.title}
	for _, row := range s.rows {
		shown.Rows = append(shown.Rows, htmlEntry{row.mark, row.text, row.details})
	}
	return shown
}

// standardSections are the standards for people, of all projects together.
func standardSections(r Report) []section {
	var sections []section
	for _, standard := range standards(r) {
		s := controls(standard.Standard)
		for _, c := range standard.Controls {
			n := len(standard.failing[c.ID])
			if n == 0 || len(r.Reviews) == 1 {
				continue
			}
			row := slices.IndexFunc(s.rows, func(e entry) bool { return e.text == c.ID+" "+c.Title })
			s.rows[row].details = append(s.rows[row].details, fmt.Sprintf("in %d of %s", n, words.Count(len(r.Reviews), "project")))
		}
		s.title += ": " + s.rows[0].text
		s.rows = s.rows[1:]
		sections = append(sections, s)
	}
	return sections
}

// excused are the findings that something excuses, where they are asked for.
func excused(r Report) section {
	s := section{title: "Suppressed"}
	if !r.ShowSuppressed {
		return s
	}
	for _, f := range r.Suppressed {
		s.rows = append(s.rows, entry{
			mark: f.Severity.String(), text: f.Message,
			details: []string{fmt.Sprintf("%s [%s]", place(f.Location), f.Rule), excuse(f.Suppression)},
		})
	}
	return s
}

func htmlFindings(r Report) []htmlFinding {
	var all []htmlFinding
	drawing := &strings.Builder{}
	p := newPrinter(drawing, r, TextOptions{Width: 110, Color: true})
	for _, g := range worstFirst(told(r.Findings)) {
		f := g.first()
		shown := htmlFinding{
			Number: len(g), Severity: f.Severity.String(), Rule: f.Rule, Help: p.pages[f.Rule], Message: g.headline(), Place: place(f.Location),
			Services: g.all(func(f rules.Finding) string { return f.Service.Name }),
			Files:    g.all(func(f rules.Finding) string { return f.Location.File }),
		}
		for _, step := range f.Path {
			shown.Path = append(shown.Path, htmlPlace{What: step.Label, Place: place(step.Location)})
		}
		for _, other := range g[1:] {
			shown.Others = append(shown.Others, htmlPlace{service(other), place(other.Location), p.source(other.Location)})
		}
		drawing.Reset()
		p.snippets(marksOf(f))
		p.Flush()
		shown.Snippet = painted(drawing.String())
		all = append(all, shown)
	}
	return all
}

// all are what the findings of a group have, each once, as a list in JSON.
func (g group) all(of func(rules.Finding) string) string {
	var names []string
	for _, f := range g {
		names = append(names, of(f))
	}
	slices.Sort(names)
	list, err := json.Marshal(slices.Compact(names))
	if err != nil {
		panic(err) // texts are always written
	}
	return string(list)
}

// source is the line of a place, empty where there is none to show.
func (p *printer) source(l model.Location) string {
	if !p.shows(l) {
		return ""
	}
	whole := p.line(l.File, l.Start.Line)
	return strings.TrimSpace(whole.text(whole.window(0, 1, p.width)))
}

// paints are the colours of a terminal as elements. What a file brings has none: its escapes are shown.
var paints = strings.NewReplacer(
	"\x1b["+red+"m", `<b class="error">`, "\x1b["+yellow+"m", `<b class="warning">`, "\x1b["+cyan+"m", `<b class="note">`,
	"\x1b["+blue+"m", `<b class="near">`, "\x1b["+dim+"m", `<b class="dim">`, "\x1b[0m", "</b>",
)

// painted is a snippet as HTML.
func painted(snippet string) template.HTML {
	return template.HTML(paints.Replace(html.EscapeString(snippet)))
}
