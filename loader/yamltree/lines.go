package yamltree

import (
	"bytes"
	"unicode/utf8"
)

// lines turns the positions of the YAML library into byte offsets. It counts other line
// breaks than an editor does: NEL, LS and PS end a line as well.
type lines struct {
	text   []byte
	starts []int
	// The last position that was asked for and its offset: positions come in ascending
	// order, and a file may be one long line.
	line, column, last int
}

func indexLines(text []byte) *lines {
	l := &lines{text: text, starts: make([]int, 0, bytes.Count(text, []byte{'\n'})+1)}
	if bytes.HasPrefix(text, bom) {
		l.starts = append(l.starts, len(bom))
	} else {
		l.starts = append(l.starts, 0)
	}
	for i := 0; i < len(text); {
		width := breakWidth(text, i)
		if width > 0 {
			l.starts = append(l.starts, i+width)
		}
		i += max(width, 1)
	}
	return l
}

// offset is the byte offset of a line and column from 1. A place after the text is its end.
func (l *lines) offset(line, column int) int {
	if line < 1 || line > len(l.starts) {
		return len(l.text)
	}
	at, reached := l.starts[line-1], 1
	if line == l.line && column >= l.column {
		at, reached = l.last, l.column
	}
	for ; reached < column && at < len(l.text); reached++ {
		_, width := utf8.DecodeRune(l.text[at:])
		at += width
	}
	l.line, l.column, l.last = line, reached, at
	return at
}

// breakWidth is the number of bytes of the line break at i, 0 where there is none.
func breakWidth(text []byte, i int) int {
	if i >= len(text) {
		return 0
	}
	switch text[i] {
	case '\n':
		return 1
	case '\r':
		if i+1 < len(text) && text[i+1] == '\n' {
			return 2
		}
		return 1
	case 0xc2:
		if i+1 < len(text) && text[i+1] == 0x85 { // NEL
			return 2
		}
	case 0xe2:
		if i+2 < len(text) && text[i+1] == 0x80 && (text[i+2] == 0xa8 || text[i+2] == 0xa9) { // LS, PS
			return 3
		}
	}
	return 0
}

// breakLength is the number of bytes that the line break at i has in a value: the library
// keeps LS and PS and turns all others into a line feed.
func breakLength(text []byte, i int) int {
	switch breakWidth(text, i) {
	case 0:
		return 0
	case 3:
		return 3
	}
	return 1
}

// lineEnd is the offset of the line break at or after i, or the end of the text.
func lineEnd(text []byte, i int) int {
	for i < len(text) && breakWidth(text, i) == 0 {
		i++
	}
	return i
}
