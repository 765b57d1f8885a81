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

// Fields are those of a struct, as Write has them in an object that is indented by a prefix, without
// its braces.
func Fields(v any, prefix string) ([]byte, error) {
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	e.SetIndent(prefix, "  ")
	err := e.Encode(v)
	return bytes.TrimSuffix(bytes.TrimPrefix(text.Bytes(), []byte("{\n")), []byte("\n"+prefix+"}\n")), err
}
