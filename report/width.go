package report

import (
	"iter"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"github.com/composelint/composelint/internal/visible"
)

// tabStop is the distance of the tab stops, in columns.
const tabStop = 4

// glyph is a code point as the terminal shows it.
type glyph struct {
	text  string
	width int // columns
}

// glyphs makes text safe to print. What moves the cursor, reorders the line or cannot be seen
// becomes a visible name, so that no file can forge or hide a part of the output, and so does the
// sign of a command that a CI server would obey.
func glyphs(text string) iter.Seq2[rune, glyph] {
	return func(yield func(rune, glyph) bool) {
		for i, r := range text {
			g := glyphOf(r)
			if r == '#' && visible.Command(text[i:]) {
				g = named(r)
			}
			if !yield(r, g) {
				return
			}
		}
	}
}

func glyphOf(r rune) glyph {
	switch {
	case ' ' <= r && r <= '~':
		return glyph{string(r), 1}
	case r < ' ':
		return glyph{string('␀' + r), 1}
	case r == 0x7f:
		return glyph{"␡", 1}
	case visible.Hidden(r):
		return named(r)
	case unicode.In(r, unicode.Mn, unicode.Me):
		return glyph{string(r), 0}
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return glyph{string(r), 2}
	}
	return glyph{string(r), 1}
}

func named(r rune) glyph {
	name := visible.Name(r)
	return glyph{name, len(name)}
}

// line is a line laid out in columns. It ends with a blank that the text does not have,
// for a mark behind the last character.
type line struct {
	glyphs []glyph
	// at holds the column, from 0, at which each glyph starts, then the width of the line.
	at []int
}

func layOut(text string) line {
	var l line
	column := 0
	for r, g := range glyphs(text + " ") {
		if r == '\t' {
			g.width = tabStop - column%tabStop
			g.text = strings.Repeat(" ", g.width)
		}
		l.glyphs = append(l.glyphs, g)
		l.at = append(l.at, column)
		column += g.width
	}
	l.at = append(l.at, column)
	return l
}

// window picks the glyphs [from, to) that fit into the columns, around the span
// [start, end). It leaves room for an ellipsis on either side.
func (l line) window(start, end, columns int) (from, to int) {
	if l.at[len(l.glyphs)] <= columns {
		return 0, len(l.glyphs)
	}
	room := columns - 2
	before := (room - (l.at[end] - l.at[start])) / 2
	if before < 0 { // the span's end is out of sight anyway: rather show what it belongs to
		before = room / 3
	}
	left := min(l.at[start]-before, l.at[len(l.glyphs)]-room)
	from, _ = slices.BinarySearch(l.at, left) // a line may be a whole file, with a finding every few bytes
	for to = from; to < len(l.glyphs) && l.at[to+1]-l.at[from] <= room; to++ {
	}
	return from, to
}

// text is the glyphs [from, to), with an ellipsis where the line goes on.
func (l line) text(from, to int) string {
	var b strings.Builder
	if from > 0 {
		b.WriteString("…")
	}
	for _, g := range l.glyphs[from:to] {
		b.WriteString(g.text)
	}
	if to < len(l.glyphs) {
		b.WriteString("…")
	}
	return strings.TrimRight(b.String(), " ")
}

// width is that of the line without its closing blank.
func (l line) width() int { return l.at[len(l.glyphs)-1] }
