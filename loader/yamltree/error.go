package yamltree

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// Error is something wrong with a file and where it is.
type Error struct {
	Span    Span
	Message string
	// Key and Lost are a key that is refused, and the value that the tree lacks for it, nil where it
	// lacks none.
	Key  string
	Lost *Node
	// Keys are those at the top of a document that is refused for its size alone: compose may well
	// read it.
	Keys []string
}

func (e *Error) Error() string { return e.Message }

// readable refuses what the library would refuse later, or read in another encoding.
func readable(source *Source) *Error {
	text := source.Text
	for i := 0; i < len(text); {
		r, width := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, width = utf8.DecodeRune(text[i:])
		}
		switch {
		case r == utf8.RuneError && width == 1:
			return &Error{Span: Span{source, i, i + 1}, Message: "the file is not UTF-8"}
		case r < ' ' && r != '\t' && r != '\n' && r != '\r', r == '\ufffe', r == '\uffff':
			return &Error{Span: Span{source, i, i + width}, Message: fmt.Sprintf("control character U+%04X is not allowed", r)}
		}
		i += width
	}
	return nil
}

// syntaxError places an error of the library.
func syntaxError(source *Source, lines *lines, err error) *Error {
	var e *yaml.LoadError
	if !errors.As(err, &e) || e.Mark.Line == 0 {
		return &Error{Span: Span{source, 0, len(source.Text)}.FirstLine(), Message: strings.TrimPrefix(err.Error(), "yaml: ")}
	}
	offset := lines.offset(e.Mark.Line, e.Mark.Column)
	message := e.Message
	if e.ContextMsg != "" {
		message += " " + e.ContextMsg
		// What is still open at the end of the file was opened in the wrong place.
		if skipSpace(source.Text, offset) == len(source.Text) {
			offset = lines.offset(e.ContextMark.Line, e.ContextMark.Column)
		}
	}
	if strings.HasPrefix(string(source.Text[offset:]), "\t") || strings.Contains(message, "tab character") {
		message = "YAML does not indent by tabs: write spaces instead"
	}
	return &Error{Span: restOfLine(source, offset), Message: message}
}

// restOfLine is the span from offset to the end of the line, or the last character before
// offset where nothing follows.
func restOfLine(source *Source, offset int) Span {
	span := Span{source, offset, len(source.Text)}.FirstLine()
	if strings.TrimSpace(string(source.Text[span.Start:span.End])) != "" {
		return span
	}
	before := strings.TrimRight(string(source.Text[:offset]), " \t\r\n")
	_, width := utf8.DecodeLastRuneInString(before)
	return Span{source, len(before) - width, len(before)}
}
