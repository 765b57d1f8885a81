// Package jsontext writes JSON as people read it: indented, and with < > & as they are.
package jsontext

import (
	"bytes"
	"encoding/json"
	"io"
)

// Encode writes v with a line end.
func Encode(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// Marshal returns what Encode writes.
func Marshal(v any) ([]byte, error) {
	var text bytes.Buffer
	err := Encode(&text, v)
	return text.Bytes(), err
}
