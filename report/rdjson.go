package report

import (
	"io"
	"strings"

	"github.com/composelint/composelint/internal/jsontext"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules/severity"
)

// The Reviewdog Diagnostic Format, which counts columns in bytes.
// https://github.com/reviewdog/reviewdog/tree/master/proto/rdf
type (
	rdResult struct {
		Source      rdSource       `json:"source"`
		Diagnostics []rdDiagnostic `json:"diagnostics"`
	}
	rdSource struct {
		Name string `json:"name"`
		URL  string `json:"url"`
	}
	rdDiagnostic struct {
		Message  string      `json:"message"`
		Location rdLocation  `json:"location"`
		Severity string      `json:"severity"`
		Code     rdCode      `json:"code"`
		Related  []rdRelated `json:"related_locations,omitempty"`
		// Suggestions are what a reviewer can take over with a click.
		Suggestions []rdSuggestion `json:"suggestions,omitempty"`
	}
	rdSuggestion struct {
		Range rdRange `json:"range"`
		Text  string  `json:"text"`
	}
	rdRelated struct {
		Message  string     `json:"message"`
		Location rdLocation `json:"location"`
	}
	rdLocation struct {
		Path  string  `json:"path"`
		Range rdRange `json:"range"`
	}
	rdRange struct {
		Start rdPosition `json:"start"`
		End   rdPosition `json:"end"`
	}
	rdPosition struct {
		Line   int `json:"line"`
		Column int `json:"column"`
	}
	rdCode struct {
		Value string `json:"value"`
		URL   string `json:"url,omitempty"`
	}
)

var rdSeverities = map[severity.Severity]string{severity.Error: "ERROR", severity.Warning: "WARNING", severity.Note: "INFO"}

// writeRDJSON writes the alerts for reviewdog, which comments on a pull request with them, and says of
// the files by which something is relaxed what they do. What could not be judged is an error.
func writeRDJSON(w io.Writer, r Report) error {
	p := rdPlaces{report: r, lines: map[string][]string{}, starts: map[lineKey][]int{}}
	result := rdResult{Source: rdSource{Name: "composelint", URL: homepage}, Diagnostics: []rdDiagnostic{}}
	for _, g := range alerts(r.Findings) {
		f := g.first()
		d := rdDiagnostic{
			Message: g.message(mostNamed), Location: p.location(f.Location), Severity: rdSeverities[f.Severity],
			Code: rdCode{Value: f.Rule, URL: helpOf(r, f.Rule)},
		}
		for _, related := range g.related() {
			d.Related = append(d.Related, rdRelated{label(related), p.location(related.Location)})
		}
		// Several are alternatives to each other, so that a fix of several changes is none.
		if fix := best(g); fix != nil && len(fix.Changes) == 1 && fix.Changes[0].File == f.Location.File {
			change := fix.Changes[0]
			d.Suggestions = []rdSuggestion{{p.location(change.Location).Range, change.Text}}
		}
		result.Diagnostics = append(result.Diagnostics, d)
	}
	for _, relaxed := range unseen(r) {
		result.Diagnostics = append(result.Diagnostics, rdDiagnostic{
			Message: relaxed.String(), Location: p.location(model.Location{File: relaxed.File}), Severity: rdSeverities[severity.Note],
			Code: rdCode{Value: configuration},
		})
	}
	for _, trouble := range r.Trouble {
		at, message := fileOfTrouble(trouble)
		result.Diagnostics = append(result.Diagnostics, rdDiagnostic{
			Message: message, Location: p.location(at), Severity: rdSeverities[severity.Error], Code: rdCode{Value: NotJudged},
		})
	}
	return jsontext.Write(w, result)
}

// rdPlaces turns locations into those of the format.
type rdPlaces struct {
	report Report
	lines  map[string][]string
	// starts are where the characters of a line begin, in bytes. Each line is looked at once: it can be
	// the whole file.
	starts map[lineKey][]int
}

func (p *rdPlaces) location(at model.Location) rdLocation {
	start := p.position(at.File, at.Start)
	end := p.position(at.File, at.End)
	if at.End.Line < at.Start.Line {
		end = start
	}
	return rdLocation{Path: model.URIOf(p.report.Files, at.File), Range: rdRange{start, end}}
}

func (p *rdPlaces) position(path string, at model.Position) rdPosition {
	line, column := max(at.Line, 1), max(at.Column, 1)
	starts := p.startsOf(lineKey{path, line})
	if starts == nil {
		return rdPosition{line, column}
	}
	return rdPosition{line, starts[min(column, len(starts))-1] + 1}
}

// startsOf ends with where the line does. It is nil for a line that is not there.
func (p *rdPlaces) startsOf(key lineKey) []int {
	if starts, met := p.starts[key]; met {
		return starts
	}
	lines, met := p.lines[key.file]
	if file := p.report.Files[key.file]; !met && file != nil {
		lines = strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(file.Text)), "\n")
		p.lines[key.file] = lines
	}
	if key.n > len(lines) {
		return nil
	}
	line := lines[key.n-1]
	var starts []int
	for start := range line {
		starts = append(starts, start)
	}
	starts = append(starts, len(line))
	p.starts[key] = starts
	return starts
}
