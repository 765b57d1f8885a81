// Package jsontext writes JSON as people and tools read it: no character is escaped for the
// sake of HTML.
package jsontext

import (
	"bytes"
	"encoding/json"
	"io"

	"github.com/composelint/composelint/internal/visible"
)

// Write writes a value indented by two spaces, with a newline at the end.
func Write(w io.Writer, v any) error {
	text, err := encode(v, "", "  ")
	if err != nil {
		return err
	}
	_, err = w.Write(text)
	return err
}

// Line is a value on one line, without a newline at the end.
func Line(v any) ([]byte, error) {
	text, err := encode(v, "", "")
	return bytes.TrimSuffix(text, []byte("\n")), err
}

// Fields are those of a struct, as Write has them in an object that is indented by a prefix, without
// its braces.
func Fields(v any, prefix string) ([]byte, error) {
	text, err := encode(v, prefix, "  ")
	return bytes.TrimSuffix(bytes.TrimPrefix(text, []byte("{\n")), []byte("\n"+prefix+"}\n")), err
}

// encode is where text leaves for programs. What somebody who looks at it would not see, and what a
// CI server that prints it would obey, is escaped.
func encode(v any, prefix, indent string) ([]byte, error) {
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	e.SetIndent(prefix, indent)
	err := e.Encode(v)
	return visible.JSON(text.Bytes()), err
}
