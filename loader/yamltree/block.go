package yamltree

import (
	"strings"
	"unicode/utf8"
)

// block reads a block scalar, up to the end of its last line that is not blank. Breaks and
// blanks of the value after that come from no place in the token.
func (t *token) block(value string) {
	folded := t.text[t.pos] == '>'
	t.pos++
	explicit := false
	for ; t.pos < len(t.text) && strings.IndexByte("+-0123456789", t.text[t.pos]) >= 0; t.pos++ {
		explicit = explicit || t.text[t.pos] >= '0'
	}
	defer func() { t.other(max(len(value)-t.length, 0), t.pos) }()
	if strings.Trim(value, " \t\n\u2028\u2029") == "" {
		return
	}
	at := lineEnd(t.text, t.pos)
	at += breakWidth(t.text, at)
	t.blockLines(at, t.blockIndent(at, value, explicit), folded)
}

// blockLines reads the lines of a block scalar from at on.
func (t *token) blockLines(at, indent int, folded bool) {
	solid := *t // as of the last line that is not blank
	defer func() { *t = solid }()
	// The lengths of the breaks after the last line, of the first and of the other ones.
	lead, trailing, indented := 0, 0, false
	for at < len(t.text) {
		end := lineEnd(t.text, at)
		start := at
		for start < end && start < at+indent && t.text[start] == ' ' {
			start++
		}
		if start < at+indent && start < end || end == len(t.text) && start == end {
			return
		}
		at = end + breakWidth(t.text, end)
		if start == end {
			trailing += breakLength(t.text, end)
			continue
		}
		blank := isBlank(t.text[start])
		switch {
		case folded && lead == 1 && !indented && !blank && trailing == 0:
			t.other(1, start)
		case folded && lead == 1 && !indented && !blank:
			t.other(trailing, start)
		default:
			t.other(lead+trailing, start)
		}
		t.literal(end)
		lead, trailing, indented = breakLength(t.text, end), 0, blank
		if strings.Trim(string(t.text[start:end]), " \t") != "" {
			solid = *t
		}
	}
}

// blockIndent is the indentation of a block scalar whose lines start at i. An indentation
// indicator counts from the collection around the scalar, but the value tells as well: up
// to the first line that is not blank its lines are those of the token without indentation.
func (t *token) blockIndent(i int, value string, explicit bool) int {
	for i < len(t.text) {
		end := lineEnd(t.text, i)
		spaces := countSpaces(string(t.text[i:end]))
		if i+spaces < end {
			if explicit {
				return spaces - countSpaces(value)
			}
			return spaces
		}
		if explicit {
			next := max(strings.IndexAny(value, "\n\u2028\u2029"), 0)
			_, width := utf8.DecodeRuneInString(value[next:])
			value = value[next+width:]
		}
		i = end + breakWidth(t.text, end)
	}
	return 0
}

func countSpaces(line string) int {
	return len(line) - len(strings.TrimLeft(line, " "))
}
