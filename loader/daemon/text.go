package daemon

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/composelint/composelint/loader/yamltree"
)

// parse reads the text as dockerd does: as JSON alone, of which an empty one says nothing, as null does. Of a key
// that is there twice the last one counts.
func parse(source *yamltree.Source) (root *yamltree.Node, repeated []*yamltree.Error, wrong *yamltree.Error) {
	text := bytes.TrimPrefix(source.Text, []byte("\ufeff"))
	before := len(source.Text) - len(text)
	if len(bytes.TrimSpace(text)) == 0 {
		return &yamltree.Node{Kind: yamltree.Mapping, Span: yamltree.Span{Source: source}}, nil, nil
	}
	var value any
	var syntax *json.SyntaxError
	if err := json.Unmarshal(text, &value); errors.As(err, &syntax) {
		at := before + max(int(syntax.Offset)-1, 0)
		return nil, nil, noJSON(source, at, syntax.Error())
	}
	documents, repeated, err := yamltree.Parse(source)
	switch {
	case err != nil: // JSON that YAML does not read: half of a character as an escape, a value beyond a limit
		return nil, nil, err
	case value == nil:
		return &yamltree.Node{Kind: yamltree.Mapping, Span: documents[0].Span}, nil, nil
	case documents[0].Kind != yamltree.Mapping:
		return nil, nil, &yamltree.Error{Span: documents[0].Place(), Message: "the file must be an object: write what it says between { and }"}
	}
	return documents[0], repeated, nil
}

// noJSON says what JSON does not allow at a place, and what would be right.
func noJSON(source *yamltree.Source, at int, message string) *yamltree.Error {
	rest := source.Text[min(at, len(source.Text)):]
	span := yamltree.Span{Source: source, Start: at, End: at + 1}
	before := bytes.TrimRight(source.Text[:min(at, len(source.Text))], " \t\r\n")
	switch {
	case at >= len(source.Text) || strings.HasPrefix(message, "unexpected end"):
		span = yamltree.Span{Source: source, Start: max(len(before)-1, 0), End: len(before)}
		message = "the file ends before what it opens is closed"
	case bytes.HasPrefix(rest, []byte("//")), bytes.HasPrefix(rest, []byte("/*")), rest[0] == '#':
		span = yamltree.Span{Source: source, Start: at, End: len(source.Text)}.FirstLine()
		message = "dockerd reads JSON, which has no comments: remove it"
	case (rest[0] == '}' || rest[0] == ']') && bytes.HasSuffix(before, []byte(",")):
		span.Start, span.End = len(before)-1, len(before)
		message = "JSON has no comma behind the last entry: remove it"
	case rest[0] == '\'':
		message = "JSON has double quotes alone: write them in place of the single ones"
	default:
		message = fmt.Sprintf("the file is no JSON: %s", message)
	}
	return &yamltree.Error{Span: span, Message: message}
}
