package lsp

import (
	"maps"
	"strings"

	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/rules"
)

// readable are documents of which those that cannot be read, as while somebody types, have a blank line in the place
// of the one that is to blame; nil where all can be read that the findings say cannot, or none can be mended so.
func (j *judgement) readable() map[string]*document {
	if j.project == nil || !j.project.Incomplete {
		return nil
	}
	var mended map[string]*document
	seen := map[string]bool{}
	for _, f := range j.report.Findings {
		path := loader.Absolute(f.Location.File)
		d := j.documents[path]
		if f.Rule != rules.InvalidCompose || d == nil || seen[path] {
			continue
		}
		seen[path] = true
		if m := d.mended(f.Location.Start.Line - 1); m != nil {
			if mended == nil {
				mended = maps.Clone(j.documents)
			}
			mended[path] = m
		}
	}
	return mended
}

// mended is a document that is said not to be readable at a line, with a blank one in the place of a line that may be
// to blame; nil where that does not help, or where it is readable.
func (d *document) mended(line int) *document {
	if _, failed := parsed(d.content); failed == nil {
		return nil
	}
	for _, l := range d.suspects(line) {
		content, start := d.line(l)
		if l < 0 || strings.TrimSpace(content) == "" {
			continue
		}
		m := *d
		m.text = newText(withoutLine(d.content, start), d.encoding)
		if _, failed := parsed(m.content); failed == nil {
			return &m
		}
	}
	return nil
}

// blank are as many blanks as a text has bytes.
func blank(s string) string { return strings.Repeat(" ", len(s)) }

// mostSuspects is how many lines are looked at of those that were edited last, and of those that may open a quote.
const mostSuspects = 5

// suspects are the lines that may be to blame where a document cannot be read at one: those that were edited last,
// that one, the one above, and those with a quote that they do not close, since that is noticed further below.
func (d *document) suspects(line int) (all []int) {
	for l := d.edited[1]; l >= max(0, d.edited[0], d.edited[1]-mostSuspects); l-- {
		all = append(all, l)
	}
	all = append(all, line, line-1)
	open := 0
	for l := range min(line+1, len(d.starts)) {
		if content, _ := d.line(l); strings.Count(content, `"`)%2 != 0 && open < mostSuspects {
			open++
			all = append(all, l)
		}
	}
	return all
}
