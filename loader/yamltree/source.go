package yamltree

import (
	"bytes"
	"sort"
	"sync"
	"unicode/utf8"

	"github.com/composelint/composelint/model"
)

// Source is the text of a file and the places of its lines.
type Source struct {
	*model.File
	// Order counts the sources of a project as they were read.
	Order int
	// Outside is true for a file outside of the project's root.
	Outside bool
	// starts are the offsets at which the lines of an editor begin: after LF, CR LF or CR.
	starts []int
	// marks are made once they are asked for.
	marks  []mark
	marked sync.Once
}

// NewSource indexes a file's text.
func NewSource(file *model.File) *Source {
	s := &Source{File: file, starts: make([]int, 1, bytes.Count(file.Text, []byte{'\n'})+1)}
	for i, b := range file.Text {
		if b == '\n' || b == '\r' && (i+1 == len(file.Text) || file.Text[i+1] != '\n') {
			s.starts = append(s.starts, i+1)
		}
	}
	return s
}

var bom = []byte("\ufeff")

// position is the line and column of a byte offset, as an editor counts them. A byte
// order mark is not part of the first line.
func (s *Source) position(offset int) model.Position {
	line := sort.SearchInts(s.starts, offset+1) - 1
	start := s.starts[line]
	if line == 0 && bytes.HasPrefix(s.Text[:offset], bom) {
		start = len(bom)
	}
	return model.Position{Line: line + 1, Column: s.runes(start, offset) + 1}
}

// stride is how far apart the marks of a source are, in bytes.
const stride = 1 << 10

// mark is a byte offset, with how many runes there are before it.
type mark struct{ offset, runes int }

// runes counts those between two offsets. A file may be one long line with thousands of places in it.
func (s *Source) runes(from, to int) int {
	if to-from < stride {
		return utf8.RuneCount(s.Text[from:to])
	}
	s.marked.Do(s.mark)
	return s.runesBefore(to) - s.runesBefore(from)
}

func (s *Source) runesBefore(offset int) int {
	m := s.marks[offset/stride]
	return m.runes + utf8.RuneCount(s.Text[m.offset:offset])
}

// mark marks the rune at each stride.
func (s *Source) mark() {
	at := mark{}
	for at.offset < len(s.Text) {
		_, width := utf8.DecodeRune(s.Text[at.offset:])
		if len(s.marks)*stride < at.offset+width {
			s.marks = append(s.marks, at)
		}
		at.offset += width
		at.runes++
	}
	s.marks = append(s.marks, at)
}

// Span is a stretch of a source, in bytes. The zero Span is no place at all.
type Span struct {
	Source     *Source
	Start, End int
}

// IsZero is true for no place at all.
func (s Span) IsZero() bool { return s.Source == nil }

// Location is the span in lines and columns.
func (s Span) Location() model.Location {
	if s.IsZero() {
		return model.Location{}
	}
	return model.Location{File: s.Source.Path, Start: s.Source.position(s.Start), End: s.Source.position(s.End)}
}

// FirstLine is the part of the span on its first line, without blanks at its end.
func (s Span) FirstLine() Span {
	if s.IsZero() {
		return s
	}
	text := s.Source.Text[s.Start:s.End]
	if i := bytes.IndexAny(text, "\r\n"); i >= 0 {
		s.End = s.Start + len(bytes.TrimRight(text[:i], " \t"))
	}
	return s
}

// Text ties the bytes of a scalar's value to those of its token. A value that is read
// as it stands has one piece; escapes, folding and variables make more.
type Text []Piece

// Piece is a stretch of the value and the stretch of the source that it comes from. Where
// both have the same length and Literal holds, they correspond byte by byte.
type Piece struct {
	Length     int // of the value, in bytes
	Start, End int // in the source
	Literal    bool
}

// Part returns the stretch of the source that the bytes [start, end) of the value come
// from, and whether exactly they do: a part of an escape or a variable stands for all of it.
func (t Text) Part(source *Source, start, end int) (Span, bool) {
	span, exact, offset := Span{Source: source, Start: -1}, true, 0
	for _, p := range t {
		from, to := max(start-offset, 0), min(end-offset, p.Length)
		if from < to {
			first, last := p.Start, p.End
			if p.Literal {
				first, last = p.Start+from, p.Start+to
			} else if from > 0 || to < p.Length {
				exact = false
			}
			if span.Start < 0 {
				span.Start = first
			}
			span.End = last
		}
		offset += p.Length
	}
	if span.Start < 0 {
		return Span{}, false
	}
	return span, exact
}

// Hide marks the span as a secret that no output shows.
func (s Span) Hide() {
	if !s.IsZero() {
		s.Source.File.Hide(s.Start, s.End)
	}
}
