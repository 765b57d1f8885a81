package yamltree

import (
	"bytes"
	"slices"
)

// Comment is a comment of a file and the lines that it speaks of.
type Comment struct {
	// Span is the comment from its # to the end of the line.
	Span Span
	// First and Last are those of the line it stands on, or where that has nothing else, of
	// the next one that has: with all lines of a scalar that begins there, since no comment
	// can stand inside of it.
	First, Last int
}

// Text is the comment without its #.
func (c Comment) Text() string {
	text := c.Span.Source.Text[c.Span.Start:c.Span.End]
	return string(bytes.TrimSpace(bytes.TrimLeft(text, "#")))
}

// Comments returns the comments of a file, given its documents. A # in a scalar begins none.
func Comments(source *Source, docs []*Node) []Comment {
	scalars := scalarsOf(docs)
	var all []Comment
	waiting := 0 // those at the end that have no line yet
	next := 0    // the first scalar that does not end before the line
	for line, start := range source.starts {
		end := len(source.Text)
		if line+1 < len(source.starts) {
			end = source.starts[line+1]
		}
		for next < len(scalars) && scalars[next].end <= start {
			next++
		}
		at := commentStart(source.Text, start, end, scalars[next:])
		content := at < 0 && !blank(source.Text[start:end]) || at >= 0 && !blank(source.Text[start:at])
		if at >= 0 {
			text := bytes.TrimRight(source.Text[at:end], "\r\n")
			all = append(all, Comment{Span: Span{source, at, at + len(text)}})
			waiting++
		}
		if !content {
			continue
		}
		last := source.lastLine(line, end, scalars[next:])
		for i := len(all) - waiting; i < len(all); i++ {
			all[i].First, all[i].Last = line+1, last
		}
		waiting = 0
	}
	return all
}

func blank(text []byte) bool { return len(bytes.Trim(text, "\ufeff \t\r\n")) == 0 }

// stretch is a scalar: where it begins, and the bytes that are no place for a comment. In a
// block scalar there may be one behind the indicator.
type stretch struct{ begin, start, end int }

// commentStart is the offset of the comment on the line [start, end), -1 where there is none.
func commentStart(text []byte, start, end int, scalars []stretch) int {
	for i := start; i < end; i++ {
		for len(scalars) > 0 && scalars[0].start <= i {
			i = max(i, scalars[0].end)
			scalars = scalars[1:]
		}
		if i < end && text[i] == '#' && (i == start || isBlank(text[i-1]) || i == len(bom)) {
			return i
		}
	}
	return -1
}

// lastLine is that of the scalars which begin on the line that ends at end, from 1.
func (s *Source) lastLine(line, end int, scalars []stretch) int {
	last := line + 1
	for _, scalar := range scalars {
		if scalar.begin >= end {
			break
		}
		last = max(last, s.position(scalar.end).Line)
	}
	return last
}

// scalarsOf are those of the documents, keys too, in the order of the text.
func scalarsOf(docs []*Node) []stretch {
	seen := map[Span]bool{}
	var add func(n *Node)
	add = func(n *Node) {
		seen[n.Key] = true
		if n.Kind == Scalar {
			seen[n.Span] = true
		}
		for _, field := range n.Fields {
			add(field)
		}
		for _, value := range n.Dropped {
			add(value)
		}
		for _, item := range n.Items {
			add(item)
		}
	}
	for _, doc := range docs {
		add(doc)
	}
	var all []stretch
	for span := range seen {
		if span.IsZero() || span.Start == span.End {
			continue
		}
		s := stretch{span.Start, span.Start, span.End}
		if c := span.Source.Text[span.Start]; c == '|' || c == '>' {
			s.start = min(lineEnd(span.Source.Text, span.Start)+1, span.End)
		}
		all = append(all, s)
	}
	slices.SortFunc(all, func(a, b stretch) int { return a.begin - b.begin })
	return all
}
