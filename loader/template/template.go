// Package template replaces the variables in a text: ${NAME}, with defaults and requirements.
package template

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/composelint/composelint/loader/secret"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// Lookup returns the value of a variable and whether it is set.
type Lookup func(name string) (string, bool)

// maxNesting bounds ${A:-${B:-…}}.
const maxNesting = 100

// ErrNesting is about a template beyond that limit.
var ErrNesting = fmt.Errorf("nests variables deeper than the limit of %d", maxNesting)

// Expansion is a template with its variables replaced.
type Expansion struct {
	value strings.Builder
	// segments say where in the template each stretch of the value comes from.
	segments []segment
	// Variables are those that took part.
	Variables []yamltree.Variable
	// Missing has a message for each variable that `:?` or `?` requires and nobody set.
	Missing []string
}

// Value is the text with its variables replaced.
func (e *Expansion) Value() string { return e.value.String() }

// segment is a stretch of an expansion's value and the bytes of the template behind it.
type segment struct {
	length, start, end int
	literal            bool
}

var errTemplate = errors.New("has a malformed variable: write $$ for a plain dollar sign")

// Expand replaces the variables of a template, by the grammar of compose-go's
// template/template.go (v2.16.2), in linear time and with a record of what it did. A
// variable that is not set and has no default becomes unset(name). The error says, as the end of
// a sentence, what is wrong with the template.
func Expand(template string, lookup Lookup, unset func(name string) string) (*Expansion, error) {
	e := &Expansion{}
	if err := e.expand(template, 0, 0, lookup, unset); err != nil {
		return nil, err
	}
	e.hideNames(template, secret.Hashes)
	return e, nil
}

// HideNames takes the names from variables that are a part of secrets in a template which stands
// under a key, and returns the names. A variable in braces, or with the name of a credential, is one.
func (e *Expansion) HideNames(key, template string) (hidden []string) {
	return e.hideNames(template, func(template string) []string { return secret.Stretches(key, template) })
}

func (e *Expansion) hideNames(template string, secrets func(string) []string) (hidden []string) {
	bareIn := func(text string) func(yamltree.Variable) bool {
		return func(v yamltree.Variable) bool {
			return v.Unset() && v.Name != "" && strings.Contains(text, "$"+v.Name)
		}
	}
	if !slices.ContainsFunc(e.Variables, bareIn(template)) {
		return nil
	}
	for _, text := range secrets(template) {
		for i, v := range e.Variables {
			if bareIn(text)(v) && !secret.IsKey(v.Name) {
				e.Variables[i].Name = model.PartOfHash
				hidden = append(hidden, v.Name)
			}
		}
	}
	return hidden
}

// expand appends text, which stands at offset in the whole template.
func (e *Expansion) expand(text string, offset, depth int, lookup Lookup, unset func(string) string) error {
	if depth > maxNesting {
		return ErrNesting
	}
	for i := 0; i < len(text); {
		dollar := strings.IndexByte(text[i:], '$')
		if dollar < 0 || i+dollar+1 == len(text) {
			e.literal(text[i:], offset+i)
			return nil
		}
		e.literal(text[i:i+dollar], offset+i)
		i += dollar
		switch next := text[i+1]; {
		case next == '$':
			e.replace("$", offset+i, offset+i+2)
			i += 2
		case isNameStart(next):
			end := i + 1 + nameLength(text[i+1:])
			e.variable(text[i+1:end], offset+i, offset+end, lookup, unset)
			i = end
		case next == '{':
			length, err := e.braced(text[i:], offset+i, depth, lookup, unset)
			if err != nil {
				return err
			}
			i += length
		default:
			e.literal("$", offset+i)
			i++
		}
	}
	return nil
}

// braced appends the variable that text begins with, ${NAME} or ${NAME<operator>word},
// and returns its length.
func (e *Expansion) braced(text string, offset, depth int, lookup Lookup, unset func(string) string) (int, error) {
	name := text[2 : 2+nameLength(text[2:])]
	after := text[2+len(name):]
	if name == "" || after == "" {
		return 0, errTemplate
	}
	if after[0] == '}' {
		length := len("${}") + len(name)
		e.variable(name, offset, offset+length, lookup, unset)
		return length, nil
	}
	operator := after[:1]
	if operator == ":" && len(after) > 1 {
		operator = after[:2]
	}
	end := closingBrace(text)
	if !strings.Contains(" :- - :+ + :? ? ", " "+operator+" ") || end < 0 {
		return 0, errTemplate
	}
	start := 2 + len(name) + len(operator)
	if end < start {
		return 0, errTemplate
	}
	word := func() error {
		return e.expand(text[start:end], offset+start, depth+1, lookup, unset)
	}
	value, set := lookup(name)
	usable := set && (operator[0] != ':' || value != "")
	record := yamltree.Variable{Name: name, Set: set, Default: !set, Start: e.value.Len()}
	switch operator[len(operator)-1] {
	case '-':
		if !usable {
			return end + 1, e.recorded(record, word)
		}
	case '+':
		switch {
		case usable:
			return end + 1, e.recorded(record, word)
		case !set: // here, which says nothing of where it runs
			e.unresolved(name, offset, offset+end+1, unset)
			return end + 1, nil
		}
	case '?':
		if !usable {
			e.Missing = append(e.Missing, required(name, text[start:end]))
			e.unresolved(name, offset, offset+end+1, unset)
			return end + 1, nil
		}
	}
	e.replace(value, offset, offset+end+1)
	record.End = e.value.Len()
	e.Variables = append(e.Variables, record)
	return end + 1, nil
}

// recorded notes a variable whose word stands in for it.
func (e *Expansion) recorded(v yamltree.Variable, word func() error) error {
	if err := word(); err != nil {
		return err
	}
	v.End = e.value.Len()
	e.Variables = append(e.Variables, v)
	return nil
}

func required(name, reason string) string {
	if secret.IsGiven(reason) || strings.Contains(reason, "$") {
		return fmt.Sprintf("the required variable %q is not set", name)
	}
	return fmt.Sprintf("the required variable %q is not set: %s", name, reason)
}

// variable appends the value of a variable that has no operator.
func (e *Expansion) variable(name string, start, end int, lookup Lookup, unset func(string) string) {
	value, set := lookup(name)
	if !set {
		e.unresolved(name, start, end, unset)
		return
	}
	v := yamltree.Variable{Name: name, Set: true, Start: e.value.Len()}
	e.replace(value, start, end)
	v.End = e.value.Len()
	e.Variables = append(e.Variables, v)
}

func (e *Expansion) unresolved(name string, start, end int, unset func(string) string) {
	v := yamltree.Variable{Name: name, Start: e.value.Len()}
	e.replace(unset(name), start, end)
	v.End = e.value.Len()
	e.Variables = append(e.Variables, v)
}

func (e *Expansion) literal(text string, offset int) {
	if text != "" {
		e.value.WriteString(text)
		e.segments = append(e.segments, segment{len(text), offset, offset + len(text), true})
	}
}

func (e *Expansion) replace(value string, start, end int) {
	e.value.WriteString(value)
	e.segments = append(e.segments, segment{len(value), start, end, false})
}

func isNameStart(c byte) bool {
	return c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

func nameLength(text string) int {
	for i := range len(text) {
		if !isNameStart(text[i]) && (i == 0 || text[i] < '0' || text[i] > '9') {
			return i
		}
	}
	return len(text)
}

// closingBrace finds the brace that ends the variable at the start of text, or -1. As in
// compose-go, that is the first one at which the braces balance, counting any brace and
// never the character after an opening one; where they never balance, the last one of
// the line.
func closingBrace(text string) int {
	line, _, _ := strings.Cut(text, "\n")
	open, last := 0, -1
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '{':
			open++
			i++
			if i < len(line) && line[i] == '}' {
				last = i
			}
		case '}':
			last = i
			open--
			if open == 0 {
				return i
			}
		}
	}
	return last
}

// Text ties the value to the source of the template, which is the value of a node. Segments and
// pieces are both in order, so that each is looked at once.
func (e *Expansion) Text(template *yamltree.Node) yamltree.Text {
	var text yamltree.Text
	first, offset := 0, 0
	for _, s := range e.segments {
		for offset+template.Text[first].Length <= s.start {
			offset += template.Text[first].Length
			first++
		}
		last := first
		for end := offset; end < s.end; last++ {
			end += template.Text[last].Length
		}
		text = append(text, s.pieces(template.Span.Source, template.Text[first:last], offset)...)
	}
	return text
}

// pieces map the segment to the source. text is as much of the template's as it needs, which
// begins at offset in the template.
func (s segment) pieces(source *yamltree.Source, text yamltree.Text, offset int) yamltree.Text {
	start, end := s.start-offset, s.end-offset
	if s.literal {
		return text.Slice(start, end)
	}
	span, _ := text.Part(source, start, end)
	return yamltree.Text{{Length: s.length, Start: span.Start, End: span.End}}
}
