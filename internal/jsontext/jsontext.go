// Package jsontext writes JSON as people and tools read it: no character is escaped for the
// sake of HTML.
package jsontext

import (
	"bytes"
	"encoding/json"
	"io"
)

// Write writes a value indented by two spaces, with a newline at the end.
func Write(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// Line is a value on one line, without a newline at the end.
func Line(v any) ([]byte, error) {
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimSuffix(text.Bytes(), []byte("\n")), err
}
