package lsp

import (
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/composelint/composelint/model"
)

// TestPositions is a table of places in both encodings: the offset of each, and the place of that offset.
func TestPositions(t *testing.T) {
	const content = "a: é😀b\r\nc\rd\n\ne"
	tests := []struct {
		encoding string
		at       position
		offset   int
		// back is the place of the offset, where it is another one.
		back *position
	}{
		{utf16Encoding, position{0, 0}, 0, nil},
		{utf16Encoding, position{0, 4}, 5, nil},
		{utf16Encoding, position{0, 5}, 5, &position{0, 4}}, // within the pair of surrogates
		{utf16Encoding, position{0, 6}, 9, nil},
		{utf16Encoding, position{0, 7}, 10, nil},
		{utf16Encoding, position{0, 8}, 10, &position{0, 7}}, // beyond the end of the line
		{utf16Encoding, position{1, 0}, 12, nil},
		{utf16Encoding, position{2, 0}, 14, nil},
		{utf16Encoding, position{3, 0}, 16, nil},
		{utf16Encoding, position{4, 1}, 18, nil},
		{utf16Encoding, position{9, 9}, 18, &position{4, 1}},
		{utf16Encoding, position{-1, 3}, 0, &position{0, 0}},
		{utf16Encoding, position{1, -3}, 12, &position{1, 0}},
		{utf8Encoding, position{0, 5}, 5, nil},
		{utf8Encoding, position{0, 7}, 5, &position{0, 5}}, // within the character
		{utf8Encoding, position{0, 9}, 9, nil},
		{utf8Encoding, position{0, 99}, 10, &position{0, 10}},
	}
	for _, test := range tests {
		text := newText(content, test.encoding)
		if got := text.offset(test.at); got != test.offset {
			t.Errorf("%s %v: the offset is %d, not %d", test.encoding, test.at, got, test.offset)
		}
		want := test.at
		if test.back != nil {
			want = *test.back
		}
		if got := text.position(test.offset); got != want {
			t.Errorf("%s: the place of %d is %v, not %v", test.encoding, test.offset, got, want)
		}
	}
}

// TestPlaced finds places of the model, which count code points from 1 and no byte order mark.
func TestPlaced(t *testing.T) {
	tests := []struct {
		content, encoding string
		at                model.Position
		want              position
	}{
		{"a😀b", utf16Encoding, model.Position{Line: 1, Column: 3}, position{0, 3}},
		{"a😀b", utf8Encoding, model.Position{Line: 1, Column: 3}, position{0, 5}},
		{"\ufeffa: b", utf16Encoding, model.Position{Line: 1, Column: 1}, position{0, 1}},
		{"\ufeffa: b", utf8Encoding, model.Position{Line: 1, Column: 4}, position{0, 6}},
		{"a\nb", utf16Encoding, model.Position{Line: 2, Column: 9}, position{1, 1}},
		{"a\nb", utf16Encoding, model.Position{Line: 7, Column: 1}, position{1, 0}},
		{"", utf16Encoding, model.Position{Line: 1, Column: 1}, position{0, 0}},
	}
	for _, test := range tests {
		if got := newText(test.content, test.encoding).placed(test.at); got != test.want {
			t.Errorf("%q in %s: %v is at %v, not at %v", test.content, test.encoding, test.at, got, test.want)
		}
	}
}

// FuzzEdits wants the text of the server to be that of an editor after every change. The editor counts in UTF-16, as
// the protocol has it, and keeps its text by lines.
func FuzzEdits(f *testing.F) {
	f.Add("services:\n  app:\n    image: nginx\n", "x😀\ny", uint(0), uint(3), uint(1), uint(2))
	f.Add("a\r\nb\rc\n", "\r\n", uint(0), uint(1), uint(1), uint(0))
	f.Add("é😀", "", uint(0), uint(2), uint(0), uint(9))
	f.Fuzz(func(t *testing.T, content, insert string, line1, char1, line2, char2 uint) {
		content, insert = strings.ToValidUTF8(content, "\ufffd"), strings.ToValidUTF8(insert, "\ufffd")
		start, end := position{int(line1 % 8), int(char1 % 40)}, position{int(line2 % 8), int(char2 % 40)}
		change := contentChange{&textRange{start, end}, insert}
		got := newText(content, utf16Encoding).with(change)
		if want := editorsText(content, change); got.content != want {
			t.Fatalf("%q with %+v is %q, not %q", content, change, got.content, want)
		}
		again := newText(got.content, utf16Encoding)
		for offset := range got.content {
			if p := again.position(offset); again.offset(p) > offset {
				t.Fatalf("%q: offset %d is at %v, which is %d", got.content, offset, p, again.offset(p))
			}
		}
	})
}

// editorsText is a text after a change, by the units of UTF-16 alone.
func editorsText(content string, c contentChange) string {
	units := utf16.Encode([]rune(content))
	at := func(p position) int {
		i := 0
		for ; p.Line > 0 && i < len(units); i++ {
			if units[i] == '\n' || units[i] == '\r' && (i+1 == len(units) || units[i+1] != '\n') {
				p.Line--
			}
		}
		if p.Line > 0 {
			return len(units)
		}
		for ; p.Character > 0 && i < len(units) && units[i] != '\n' && units[i] != '\r'; i++ {
			p.Character--
		}
		if i > 0 && i < len(units) && utf16.IsSurrogate(rune(units[i-1])) && utf16.DecodeRune(rune(units[i-1]), rune(units[i])) != 0xfffd {
			i-- // within a character, which no editor means
		}
		return i
	}
	start, end := at(c.Range.Start), at(c.Range.End)
	if start > end {
		start, end = end, start
	}
	return string(utf16.Decode(units[:start])) + c.Text + string(utf16.Decode(units[end:]))
}
