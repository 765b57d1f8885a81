package yamltree

import (
	"strconv"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// token reads the token of a scalar whose value is known. The nodes of the library have no
// end, and this finds the end and what each part of the token stands for. It relies on the
// library having accepted the token.
type token struct {
	text   []byte
	pos    int
	pieces Text
	length int // of the pieces' value
}

// readToken reads the token of n that starts at pos.
func readToken(text []byte, pos int, n *yaml.Node) *token {
	t := &token{text: text, pos: pos}
	switch {
	case n.Style&yaml.DoubleQuotedStyle != 0:
		t.doubleQuoted()
	case n.Style&yaml.SingleQuotedStyle != 0:
		t.singleQuoted()
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		t.block(n.Value)
	default:
		t.plain(len(n.Value))
	}
	if t.length != len(n.Value) {
		t.pieces = Text{{Length: len(n.Value), Start: pos, End: t.pos}}
	}
	return t
}

// literal moves to end over what is in the value as it stands.
func (t *token) literal(end int) {
	if last := len(t.pieces) - 1; last >= 0 && t.pieces[last].Literal && t.pieces[last].End == t.pos {
		t.pieces[last].Length += end - t.pos
		t.pieces[last].End = end
	} else {
		t.pieces = append(t.pieces, Piece{Length: end - t.pos, Start: t.pos, End: end, Literal: true})
	}
	t.length += end - t.pos
	t.pos = end
}

// other moves to end over what stands for length bytes of the value.
func (t *token) other(length, end int) {
	if length > 0 {
		t.pieces = append(t.pieces, Piece{Length: length, Start: t.pos, End: end})
	}
	t.length += length
	t.pos = end
}

// plain reads until it has all of the value. That spares the rules for where a plain scalar
// ends, which depend on the indentation and the flow collections around it.
func (t *token) plain(length int) {
	for t.length < length && t.pos < len(t.text) {
		if endsToken(t.text, t.pos) {
			t.white()
		} else {
			t.literal(t.pos + 1)
		}
	}
}

func (t *token) singleQuoted() {
	for t.pos++; t.pos < len(t.text); {
		switch {
		case t.text[t.pos] == '\'' && t.pos+1 < len(t.text) && t.text[t.pos+1] == '\'':
			t.other(1, t.pos+2)
		case t.text[t.pos] == '\'':
			t.pos++
			return
		case endsToken(t.text, t.pos):
			t.white()
		default:
			t.literal(t.pos + 1)
		}
	}
}

func (t *token) doubleQuoted() {
	for t.pos++; t.pos < len(t.text); {
		switch {
		case t.text[t.pos] == '\\':
			t.escape()
		case t.text[t.pos] == '"':
			t.pos++
			return
		case endsToken(t.text, t.pos):
			t.white()
		default:
			t.literal(t.pos + 1)
		}
	}
}

// escape reads an escape of a double-quoted scalar. One before a line break joins the lines.
func (t *token) escape() {
	at := t.pos + 1
	if width := breakWidth(t.text, at); width > 0 {
		end, first, rest := t.breaks(at + width)
		t.other(first+rest, end)
		return
	}
	if at >= len(t.text) {
		t.pos = at
		return
	}
	digits, length := 0, 1
	switch t.text[at] {
	case 'x':
		digits = 2
	case 'u':
		digits = 4
	case 'U':
		digits = 8
	case 'N', '_':
		length = 2
	case 'L', 'P':
		length = 3
	}
	end := min(at+1+digits, len(t.text))
	if digits > 0 {
		code, _ := strconv.ParseUint(string(t.text[at+1:end]), 16, 32)
		length = utf8.RuneLen(rune(code))
	}
	t.other(length, end)
}

// white reads blanks and line breaks inside a scalar. Lines are folded: a single break is a
// space, of several ones all but the first stay.
func (t *token) white() {
	end, first, rest := t.breaks(t.pos)
	switch {
	case first == 0:
		t.literal(end)
	case first == 1 && rest == 0:
		t.other(1, end)
	case first == 1:
		t.other(rest, end)
	default: // LS and PS are never folded.
		t.other(first+rest, end)
	}
}

// breaks returns the end of the blanks and line breaks at i, and the length in a value of
// the first of those breaks and of the other ones.
func (t *token) breaks(i int) (end, first, rest int) {
	for endsToken(t.text, i) && i < len(t.text) {
		width := breakWidth(t.text, i)
		if width > 0 && first == 0 {
			first = breakLength(t.text, i)
		} else if width > 0 {
			rest += breakLength(t.text, i)
		}
		i += max(width, 1)
	}
	return i, first, rest
}
