package triage

import (
	"bytes"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// comment is a comment of a file, without its #, and the lines that it speaks of.
type comment struct {
	text        string
	first, last int
	location    model.Location
}

// commentsOf are the comments of a file, where one of them may be for composelint. A file that
// is not YAML has none: its lines are not judged either.
func commentsOf(file *model.File) []comment {
	if !mayIgnore(file) {
		return nil
	}
	source := yamltree.NewSource(file)
	documents, _, fatal := yamltree.Parse(source)
	if fatal != nil {
		return nil
	}
	var all []comment
	for _, c := range yamltree.Comments(source, documents) {
		all = append(all, comment{c.Text(), c.First, c.Last, c.Span.Location()})
	}
	return all
}

// mayIgnore is false for nearly every file: to read one again takes time.
func mayIgnore(file *model.File) bool { return bytes.Contains(file.Text, []byte(directive)) }
