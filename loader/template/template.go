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

// maxNesting bounds ${A:-${B:-…}}.
const maxNesting = 100

// ErrNesting is about a template beyond that limit.
var ErrNesting = fmt.Errorf("nests variables deeper than the limit of %d", maxNesting)

// Expansion is a template with its variables replaced.
type Expansion struct {
	env   Environment
	value strings.Builder
	// segments say where in the template each stretch of the value comes from.
	segments []segment
	// Variables are those that took part.
	Variables []yamltree.Variable
	// paths are who sets those of Variables that are paths, by their indexes.
	paths map[int]string
	// Missing has a message for each variable that `:?` or `?` requires and that is known not to be
	// set.
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
// template/template.go (v2.16.2), in linear time and with a record of what it did. The error
// says, as the end of a sentence, what is wrong with the template.
func Expand(template string, env Environment) (*Expansion, error) {
	e := &Expansion{env: env}
	if err := e.expand(template, 0, 0); err != nil {
		return nil, err
	}
	e.hideNames(template, secret.Hashes)
	for i, by := range e.paths {
		if !e.isWholePath(e.Variables[i]) {
			e.Variables[i].Elsewhere = by
		}
	}
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
			return v.Unknown() && v.Elsewhere == "" && v.Name != "" && strings.Contains(text, "$"+v.Name)
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
func (e *Expansion) expand(text string, offset, depth int) error {
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
			e.variable(text[i+1:end], offset+i, offset+end)
			i = end
		case next == '{':
			length, err := e.braced(text[i:], offset+i, depth)
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
func (e *Expansion) braced(text string, offset, depth int) (int, error) {
	name := text[2 : 2+nameLength(text[2:])]
	after := text[2+len(name):]
	if name == "" || after == "" {
		return 0, errTemplate
	}
	if after[0] == '}' {
		length := len("${}") + len(name)
		e.variable(name, offset, offset+length)
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
	return end + 1, e.operation(name, operator, text[start:end], offset, start, end+1, depth)
}

// operation appends what ${NAME<operator>word} stands for, which begins at offset in the template,
// and from there has its word at start and ends at end.
func (e *Expansion) operation(name, operator, word string, offset, start, end, depth int) error {
	value, set := e.env.Lookup(name)
	counts := value.counts(set, operator[0] == ':')
	takeWord := func() error {
		record := yamltree.Variable{Name: name, Set: set, Default: !set, Start: e.value.Len()}
		if err := e.expand(word, offset+start, depth+1); err != nil {
			return err
		}
		record.End = e.value.Len()
		e.Variables = append(e.Variables, record)
		return nil
	}
	kind := operator[len(operator)-1]
	if kind == '+' && !set && !e.env.Whole {
		counts = perhaps // another process may set it
	}
	if kind != '?' && counts == perhaps {
		counts = e.env.assumed(value.cause(name))
	}
	switch {
	case kind == '-' && counts == no, kind == '+' && counts == yes:
		return takeWord()
	case kind == '+' && counts == perhaps:
		e.unknown(value.cause(name), offset, offset+end)
		return nil
	case kind == '+':
		value = Known("")
	case kind == '?' && counts == no && !set && !e.env.Whole:
		e.unknown(yamltree.Variable{Name: name, Required: new(reason(word))}, offset, offset+end)
		return nil
	case kind == '?' && counts == no:
		e.Missing = append(e.Missing, missing(name, word, set))
		e.unknown(yamltree.Variable{Name: name}, offset, offset+end)
		e.Variables[len(e.Variables)-1].Name = "" // its message says it all
		return nil
	}
	e.put(name, value, offset, offset+end)
	return nil
}

// reason is what a template says of a variable that it requires, without what gives a secret away.
func reason(word string) string {
	if secret.IsGiven(word) || strings.Contains(word, "$") {
		return ""
	}
	return word
}

func missing(name, word string, set bool) string {
	state := map[bool]string{false: "not set", true: "empty"}[set]
	message := fmt.Sprintf("the required variable %q is %s", name, state)
	if reason := reason(word); reason != "" {
		message += ": " + reason
	}
	return message
}

// variable appends the value of a variable that has no operator. Of one that is set nowhere, nothing is
// left; whether that is meant, nobody knows.
func (e *Expansion) variable(name string, start, end int) {
	value, set := e.env.Lookup(name)
	none := yamltree.Variable{Name: name}
	switch {
	case set:
		e.put(name, value, start, end)
	case e.env.Whole && e.env.assumed(none) == no:
		none.Default, none.Start, none.End = true, e.value.Len(), e.value.Len()
		e.replace("", start, end)
		e.Variables = append(e.Variables, none)
	default:
		e.unknown(none, start, end)
	}
}

// put appends the value of a variable that is set.
func (e *Expansion) put(name string, value Value, start, end int) {
	at := e.value.Len()
	e.replace(value.Text, start, end)
	if value.Path != "" {
		if e.paths == nil {
			e.paths = map[int]string{}
		}
		e.paths[len(e.Variables)] = value.Path
	}
	e.Variables = append(e.Variables, value.Variables(name, at)...)
}

// isWholePath is true for a path with nothing beside it but what goes on from there, or what keeps apart
// the parts of a mount, of a list or of a command.
func (e *Expansion) isWholePath(v yamltree.Variable) bool {
	const apart = ":=,; \t\n\"'"
	value := e.Value()
	return (v.Start == 0 || strings.IndexByte(apart, value[v.Start-1]) >= 0) && (v.End == len(value) || strings.IndexByte(apart+"/", value[v.End]) >= 0)
}

// unknown appends what stands for a variable of which nothing is known.
func (e *Expansion) unknown(v yamltree.Variable, start, end int) {
	v.Start = e.value.Len()
	e.replace(e.env.StandIn(v.Name), start, end)
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
