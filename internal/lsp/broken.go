package lsp

import (
	"maps"
	"slices"
	"strings"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
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
		path := absolute(f.Location.File)
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

// mended is a document that is said not to be readable at a line, with a blank one in the place of the line that was
// edited last, of that one, or of the one above; nil where that does not help, or where it is readable.
func (d *document) mended(line int) *document {
	if parses(d.content) {
		return nil
	}
	for _, l := range slices.Compact([]int{d.edited, line, line - 1}) {
		content, start := d.line(l)
		if l < 0 || strings.TrimSpace(content) == "" {
			continue
		}
		m := *d
		m.text = newText(d.content[:start]+blank(content)+d.content[start+len(content):], d.encoding)
		if parses(m.content) {
			return &m
		}
	}
	return nil
}

// blank are as many blanks as a text has bytes.
func blank(s string) string { return strings.Repeat(" ", len(s)) }

func parses(content string) bool {
	_, _, fatal := yamltree.Parse(yamltree.NewSource(&model.File{Text: []byte(content)}))
	return fatal == nil
}
