package lsp

import (
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/composelint/composelint/model"
)

// The encodings in which clients count the characters of a line.
const (
	utf8Encoding  = "utf-8"
	utf16Encoding = "utf-16"
)

// text is one whose places are told as a client counts them. It never changes.
type text struct {
	content string
	// starts are the offsets of its lines, which end with LF, CR LF or CR.
	starts []int
	// encoding is that of the client.
	encoding string
}

func newText(content, encoding string) *text {
	t := &text{content: content, starts: []int{0}, encoding: encoding}
	for i := 0; i < len(content); i++ {
		switch {
		case content[i] == '\n', content[i] == '\r' && (i+1 == len(content) || content[i+1] != '\n'):
			t.starts = append(t.starts, i+1)
		}
	}
	return t
}

// line is a line without its end, and the offset at which it starts. One that is not there is empty, at the end.
func (t *text) line(number int) (line string, start int) {
	if number < 0 {
		return "", 0
	}
	if number >= len(t.starts) {
		return "", len(t.content)
	}
	start, end := t.starts[number], len(t.content)
	if number+1 < len(t.starts) {
		end = t.starts[number+1]
	}
	return strings.TrimRight(t.content[start:end], "\r\n"), start
}

// width is how many units of the client's encoding a character takes.
func (t *text) width(r rune, size int) int {
	switch {
	case t.encoding == utf8Encoding:
		return size
	case r >= 0x10000:
		return 2
	}
	return 1
}

// offset is that of a place in bytes. One beyond the end of its line is that end, one within a character the start
// of it.
func (t *text) offset(p position) int {
	line, start := t.line(p.Line)
	for i, units := 0, 0; i < len(line); {
		r, size := utf8.DecodeRuneInString(line[i:])
		if units += t.width(r, size); units > p.Character {
			return start + i
		}
		i += size
	}
	return start + len(line)
}

// position is the place of an offset.
func (t *text) position(offset int) position {
	offset = max(0, min(offset, len(t.content)))
	number := sort.SearchInts(t.starts, offset+1) - 1
	line, start := t.line(number)
	return position{number, t.units(line[:min(offset-start, len(line))])}
}

func (t *text) units(s string) (units int) {
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		units += t.width(r, size)
		i += size
	}
	return units
}

// placed is where a place of the model is, which counts lines and code points from 1, without a byte order mark.
func (t *text) placed(p model.Position) position {
	line, start := t.line(p.Line - 1)
	before := 0
	if start == 0 && strings.HasPrefix(line, "\ufeff") {
		before = len("\ufeff")
	}
	i, points := before, 1
	for i < len(line) && points < p.Column {
		_, size := utf8.DecodeRuneInString(line[i:])
		i += size
		points++
	}
	return position{max(0, min(p.Line, len(t.starts))-1), t.units(line[:i])}
}

func (t *text) rangeOf(l model.Location) textRange {
	return textRange{t.placed(l.Start), t.placed(l.End)}
}

// modelPosition is what the model calls a place.
func (t *text) modelPosition(p position) model.Position {
	offset := t.offset(p)
	number := sort.SearchInts(t.starts, offset+1) - 1
	line, start := t.line(number)
	before := strings.TrimPrefix(line[:min(offset-start, len(line))], "\ufeff")
	return model.Position{Line: number + 1, Column: utf8.RuneCountInString(before) + 1}
}

// with is the text after a change.
func (t *text) with(c contentChange) *text {
	if c.Range == nil {
		return newText(c.Text, t.encoding)
	}
	start, end := t.offset(c.Range.Start), t.offset(c.Range.End)
	if start > end {
		start, end = end, start
	}
	return newText(t.content[:start]+c.Text+t.content[end:], t.encoding)
}
