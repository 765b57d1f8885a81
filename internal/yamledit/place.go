package yamledit

import (
	"bytes"
	"strings"

	"github.com/composelint/composelint/loader/yamltree"
)

// lineStart is where the line of an offset begins, behind a byte order mark.
func (f *File) lineStart(offset int) int {
	for offset > 0 && !f.startsLine(offset) {
		offset--
	}
	return offset
}

func (f *File) startsLine(offset int) bool {
	return offset == 0 || f.Text[offset-1] == '\n' || f.Text[offset-1] == '\r' || offset == len(mark) && string(f.Text[:offset]) == mark
}

// mark is that of the order of bytes, which is no part of the first line.
const mark = "\ufeff"

// afterLine is where the line ends that a value ends on, with its line break. A value may end with it.
func (f *File) afterLine(end int) int {
	if f.startsLine(end) && end > 0 {
		return end
	}
	for ; end < len(f.Text); end++ {
		switch {
		case f.Text[end] == '\n':
			return end + 1
		case f.Text[end] == '\r' && end+1 < len(f.Text) && f.Text[end+1] == '\n':
			return end + 2
		case f.Text[end] == '\r':
			return end + 1
		}
	}
	return end
}

// endsLine is true where nothing but blanks or a comment follows on the line.
func (f *File) endsLine(offset int) bool { return f.next(offset) >= f.afterLine(offset) }

// firstOnLine is true where only blanks stand before an offset.
func (f *File) firstOnLine(offset int) bool {
	for i := f.lineStart(offset); i < offset; i++ {
		if f.Text[i] != ' ' && f.Text[i] != '\t' {
			return false
		}
	}
	return true
}

// column is what a line needs to be as far in as a token, or as the tag or anchor before it: blanks for
// those before it, and for the dashes of lists.
func (f *File) column(offset int) string {
	start := f.lineStart(offset)
	end := start
	for end < offset && (f.Text[end] == ' ' || f.Text[end] == '-' && end+1 < len(f.Text) && f.Text[end+1] == ' ') {
		end++
	}
	return strings.Repeat(" ", end-start)
}

// next is the offset of the next token, after blanks, line breaks and comments.
func (f *File) next(offset int) int {
	for offset < len(f.Text) {
		switch f.Text[offset] {
		case ' ', '\t', '\r', '\n':
			offset++
		case '#':
			offset = f.afterLine(offset)
		default:
			return offset
		}
	}
	return offset
}

// apart is true where a blank line stands before each entry of a mapping but the first.
func (f *File) apart(entries []entry) bool {
	for _, e := range entries[min(1, len(entries)):] {
		if !f.afterBlank(f.lineStart(e.start)) {
			return false
		}
	}
	return len(entries) > 1
}

// afterBlank is true for a line with a blank one before it, comments passed over.
func (f *File) afterBlank(line int) bool {
	for line > 0 {
		before := f.lineStart(line - 1)
		if line > 1 && f.Text[line-1] == '\n' && f.Text[line-2] == '\r' {
			before = f.lineStart(line - 2)
		}
		switch text := bytes.TrimSpace(f.Text[before:line]); {
		case len(text) == 0:
			return true
		case text[0] != '#':
			return false
		}
		line = before
	}
	return false
}

// quoteOf is what the last scalar of a list is quoted with, empty where it is not.
func (f *File) quoteOf(list *yamltree.Node) string {
	for i := len(list.Items) - 1; i >= 0; i-- {
		item := list.Items[i]
		if item.Kind == yamltree.Scalar && Own(item) && item.Span.Start < item.Span.End {
			if c := f.Text[item.Span.Start]; c == '"' || c == '\'' {
				return string(c)
			}
			return ""
		}
	}
	return ""
}
