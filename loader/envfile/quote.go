package envfile

import (
	"strconv"
	"strings"

	"github.com/composelint/composelint/loader/yamltree"
)

// quotedLength is the length of the quoted value that text begins with, or -1.
func quotedLength(text string) int {
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case text[0]:
			return i + 1
		}
	}
	return -1
}

// unquote reads a quoted value, which stands at offset in the file.
func unquote(token string, offset int) (string, yamltree.Text) {
	var value strings.Builder
	var text yamltree.Text
	add := func(s string, start, end int, literal bool) {
		if s != "" {
			value.WriteString(s)
			text = append(text, yamltree.Piece{Length: len(s), Start: offset + start, End: offset + end, Literal: literal})
		}
	}
	done, end := 1, len(token)-1
	for i := 1; i < end; {
		if token[i] != '\\' {
			i++
			continue
		}
		length := escapeLength(token[i:end])
		if s := unescape(token[i:i+length], token[0]); s != token[i:i+length] {
			add(token[done:i], done, i, true)
			add(s, i, i+length, false)
			done = i + length
		}
		i += length
	}
	add(token[done:end], done, end, true)
	return value.String(), text
}

// escapeLength is the length of the backslash and of what it escapes: one byte, or 0 and up
// to three digits.
func escapeLength(text string) int {
	length := 2
	for text[1] == '0' && length < min(len(text), 5) && '0' <= text[length] && text[length] <= '9' {
		length++
	}
	return length
}

// unescape is what a sequence stands for. Single quotes know no other escape than their
// own. A dollar sign is doubled, for the interpolation to come.
func unescape(sequence string, quote byte) string {
	switch {
	case sequence[1] == quote:
		return sequence[1:]
	case quote == '\'' || !strings.Contains(`abcfnrtv$\0`, sequence[1:2]):
		return sequence
	case sequence[1] == '$':
		return "$$"
	}
	// compose-go drops the 0 even of what then is no character.
	if octal, ok := strings.CutPrefix(sequence, `\0`); ok {
		sequence = `\` + octal
	}
	if r, _, _, err := strconv.UnquoteChar(sequence, '"'); err == nil {
		return string(r)
	}
	return sequence
}
