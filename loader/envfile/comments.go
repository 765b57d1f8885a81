package envfile

import (
	"bytes"

	"github.com/composelint/composelint/loader/yamltree"
)

// Comments returns the comments of an env file, given its assignments: the lines that begin with
// #, which speak of the next assignment, and what stands behind a value.
func Comments(source *yamltree.Source, assignments []Assignment) []yamltree.Comment {
	if !bytes.ContainsRune(source.Text, '#') {
		return nil
	}
	var all []yamltree.Comment
	done := 0 // the end of the assignment before
	for _, a := range assignments {
		first, last := line(source, a.Value.Key.Start), line(source, a.Value.Span.End)
		end := lineEnd(source.Text, a.Value.Span.End)
		found := lineComments(source, done, a.Value.Key.Start)
		if i := bytes.Index(source.Text[a.Value.Span.End:end], []byte(" #")); i >= 0 {
			found = append(found, yamltree.Span{Source: source, Start: a.Value.Span.End + i + 1, End: end})
		}
		for _, span := range found {
			all = append(all, yamltree.Comment{Span: span, First: first, Last: last})
		}
		done = end
	}
	for _, span := range lineComments(source, done, len(source.Text)) {
		all = append(all, yamltree.Comment{Span: span})
	}
	return all
}

// lineComments are the lines of [start, end) that begin with #, after blanks.
func lineComments(source *yamltree.Source, start, end int) []yamltree.Span {
	var all []yamltree.Span
	for at := start; at < end; at = lineEnd(source.Text, at) + 1 {
		stop := lineEnd(source.Text, at)
		blanks := stop - at - len(bytes.TrimLeft(source.Text[at:stop], " \t\ufeff"))
		if at+blanks < stop && source.Text[at+blanks] == '#' {
			all = append(all, yamltree.Span{Source: source, Start: at + blanks, End: stop})
		}
	}
	return all
}

// lineEnd is the offset of the line break at or after an offset, or the end of the text.
func lineEnd(text []byte, offset int) int {
	if i := bytes.IndexByte(text[offset:], '\n'); i >= 0 {
		return offset + i
	}
	return len(text)
}

func line(source *yamltree.Source, offset int) int {
	return yamltree.Span{Source: source, Start: offset, End: offset}.Location().Start.Line
}
