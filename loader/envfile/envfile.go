// Package envfile reads .env files and the files of env_file and label_file.
package envfile

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/composelint/composelint/loader/template"
	"github.com/composelint/composelint/loader/yamltree"
)

// maxBytes bounds the values of an env file together, as they are written and as they
// are read: a few lines of A=$A$A could otherwise take all memory.
const maxBytes = 1 << 20

// Assignment is one variable of an env file.
type Assignment struct {
	Name string
	// Value is a string. Its Key is the token of the name and its Span that of the value with
	// its quotes, or the name again for a value that the environment gives.
	Value *yamltree.Node
}

// parser reads an env file. Its errors never quote a value, nor a name: a line of a key
// that lost its quotes may look like one.
type parser struct {
	source *yamltree.Source
	text   string
	at     int // the byte to be read next
	vars   map[string]*yamltree.Node
	// given finds what the environment knows, env that and vars.
	given template.Lookup
	env   template.Environment
	// values are what valueOf found out.
	values map[*yamltree.Node]template.Value

	assignments []Assignment
	// size is that of the values so far, looked what variables may add to the current one.
	size, looked int
}

// Parse reads the variables of an env file in their order; of two with the same
// name the later one counts. The grammar is that of compose-go's dotenv/parser.go
// (v2.16.2), with two limits of its own: maxBytes and the depth of nested variables. A value may refer to
// what the environment knows and else to vars, which are the strings of earlier files and to which
// those of this file are added; vars may be nil. A name without a value takes that of
// the environment, or is left out.
func Parse(source *yamltree.Source, vars map[string]*yamltree.Node, env template.Environment) ([]Assignment, *yamltree.Error) {
	if vars == nil {
		vars = map[string]*yamltree.Node{}
	}
	p := &parser{source: source, text: string(source.Text), vars: vars, env: env, values: map[*yamltree.Node]template.Value{}}
	p.given, p.env.Lookup = env.Lookup, p.find
	p.at = len(p.text) - len(strings.TrimPrefix(p.text, "\ufeff"))
	for p.statement() {
		key, inherited, err := p.name()
		if err == nil && inherited {
			err = p.inherit(key)
		} else if err == nil {
			err = p.value(key)
		}
		if err != nil {
			return nil, err
		}
	}
	return p.assignments, nil
}

// statement skips blank lines and comments, and tells whether anything follows.
func (p *parser) statement() bool {
	for {
		p.skip(unicode.IsSpace)
		if !strings.HasPrefix(p.text[p.at:], "#") {
			return p.at < len(p.text)
		}
		p.skip(func(r rune) bool { return r != '\n' })
	}
}

func (p *parser) skip(in func(rune) bool) {
	p.at = len(p.text) - len(strings.TrimLeftFunc(p.text[p.at:], in))
}

// name reads `NAME=`, `NAME:` or, to be inherited, `NAME` and a line break. As in
// compose-go, a last line that has none of them is the value of the variable "".
func (p *parser) name() (key yamltree.Span, inherited bool, err *yamltree.Error) {
	if err := p.export(); err != nil {
		return key, false, err
	}
	rest := p.text[p.at:]
	key = yamltree.Span{Source: p.source, Start: p.at, End: p.at}
	end := strings.IndexFunc(rest, func(r rune) bool { return !isBlank(r) && !inName(r) })
	if end < 0 {
		return key, false, nil
	}
	if !strings.Contains("=:\n", rest[end:end+1]) {
		_, width := utf8.DecodeRuneInString(rest[end:])
		return key, false, p.fail(p.at+end, p.at+end+width, "a variable's name consists of letters, digits and _ . - [ ]")
	}
	key.End += len(strings.TrimRightFunc(rest[:end], unicode.IsSpace))
	if strings.Contains(p.text[key.Start:key.End], " ") {
		return key, false, p.fail(key.Start, key.End, "a variable's name cannot contain a space")
	}
	p.at += end + 1
	return key, rest[end] == '\n', nil
}

// export skips the word before a name.
func (p *parser) export() *yamltree.Error {
	start := p.at
	rest, found := strings.CutPrefix(p.text[start:], "export")
	if !found || rest == "" || !strings.Contains("\t\n\f\r ", rest[:1]) {
		return nil
	}
	p.at += len("export")
	end := p.at
	p.skip(isBlank)
	if p.at == len(p.text) {
		return p.fail(start, end, "a variable's name is missing")
	}
	return nil
}

// isBlank is true for space inside of a line.
func isBlank(r rune) bool { return strings.ContainsRune("\t\v\f\r \u0085\u00a0", r) }

func inName(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || strings.ContainsRune("_.-[]", r)
}

// inherit takes the value of a variable from the environment, where it is set.
func (p *parser) inherit(key yamltree.Span) *yamltree.Error {
	name := p.text[key.Start:key.End]
	value, set := p.given(name)
	if !set {
		return nil
	}
	return p.assign(&yamltree.Node{
		Value: value.Text, Key: key, Span: key,
		Text:      yamltree.Text{{Length: len(value.Text), Start: key.Start, End: key.End}},
		Variables: value.Variables(name, 0),
	})
}

// value reads a value, quoted or up to the end of the line.
func (p *parser) value(key yamltree.Span) *yamltree.Error {
	p.skip(isBlank)
	start, rest := p.at, p.text[p.at:]
	n := &yamltree.Node{Key: key}
	quoted := rest != "" && (rest[0] == '"' || rest[0] == '\'')
	if quoted {
		length := quotedLength(rest)
		if length < 0 {
			return p.fail(start, start+1, "the quoted value does not end")
		}
		n.Value, n.Text = unquote(rest[:length], start)
		p.at += length
		n.Span = yamltree.Span{Source: p.source, Start: start, End: p.at}
	} else {
		line, _, _ := strings.Cut(rest, "\n")
		p.at += len(line)
		token, _, _ := strings.Cut(line, " #")
		p.literal(n, start, strings.TrimRightFunc(token, unicode.IsSpace))
	}
	if !quoted || rest[0] == '"' {
		if err := p.expand(n); err != nil {
			return err
		}
	}
	return p.assign(n)
}

// literal makes n the string that stands at start.
func (p *parser) literal(n *yamltree.Node, start int, value string) {
	n.Value, n.Span = value, yamltree.Span{Source: p.source, Start: start, End: start + len(value)}
	if value != "" {
		n.Text = yamltree.Text{{Length: len(value), Start: start, End: start + len(value), Literal: true}}
	}
}

// expand replaces the variables of n's value.
func (p *parser) expand(n *yamltree.Node) *yamltree.Error {
	if p.size+len(n.Value.(string)) > maxBytes {
		return p.tooLarge(n)
	}
	e, err := template.Expand(n.Value.(string), p.env)
	switch {
	case p.size+p.looked > maxBytes:
		return p.tooLarge(n)
	case err != nil:
		return &yamltree.Error{Span: n.Span, Message: "the value " + err.Error()}
	case len(e.Missing) > 0:
		message, _, _ := strings.Cut(e.Missing[0], ": ") // the reason is part of the value
		return &yamltree.Error{Span: n.Span, Message: message}
	}
	e.HideNames(p.text[n.Key.Start:n.Key.End], n.Value.(string))
	n.Value, n.Text, n.Variables = e.Value(), e.Text(n), e.Variables
	for i := range n.Variables {
		if n.Variables[i].Required != nil {
			n.Variables[i].Required = new("") // the reason is part of the value
		}
	}
	return nil
}

// find is compose-go's order, and gives nothing beyond the limit.
func (p *parser) find(name string) (template.Value, bool) {
	value, set := p.given(name)
	if n := p.vars[name]; !set && n != nil {
		value, set = p.valueOf(n), true
	}
	p.looked += len(value.Text) + len(value.Unknown)
	if p.size+p.looked > maxBytes {
		value = template.Known("")
	}
	return value, set
}

// valueOf is what a variable of a file stands for, which may have many variables itself.
func (p *parser) valueOf(n *yamltree.Node) template.Value {
	value, known := p.values[n]
	if !known {
		value = template.ValueOf(n)
		p.values[n] = value
	}
	return value
}

func (p *parser) assign(n *yamltree.Node) *yamltree.Error {
	p.size, p.looked = p.size+max(len(n.Value.(string)), n.Span.End-n.Span.Start, len(n.Variables)), 0
	if p.size > maxBytes {
		return p.tooLarge(n)
	}
	name := p.text[n.Key.Start:n.Key.End]
	p.assignments = append(p.assignments, Assignment{name, n})
	p.vars[name] = n
	return nil
}

func (p *parser) tooLarge(n *yamltree.Node) *yamltree.Error {
	return p.fail(n.Key.Start, n.Key.End, fmt.Sprintf("the values of the file are larger than the limit of %d bytes", maxBytes))
}

func (p *parser) fail(start, end int, message string) *yamltree.Error {
	return &yamltree.Error{Span: yamltree.Span{Source: p.source, Start: start, End: end}, Message: message}
}
