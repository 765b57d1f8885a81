package compiled

import (
	"encoding/binary"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/composelint/composelint/rules/catalogue"
)

// encoder writes compiled policies as decoder reads them.
type encoder struct {
	out     []byte
	strings []string
	indexes map[string]int
	// written are the indexes of the terms with others in them, by how each is written alone.
	// It is nil where such a term is written alone.
	written map[string]int
}

func newEncoder() *encoder {
	return &encoder{indexes: map[string]int{}, written: map[string]int{}}
}

// bytes is the table of strings, then what was written.
func (e *encoder) bytes() []byte {
	table := &encoder{}
	table.count(len(e.strings))
	for _, s := range e.strings {
		table.text(s)
	}
	return append(table.out, e.out...)
}

func (e *encoder) count(n int) { e.out = binary.AppendUvarint(e.out, uint64(n)) }

func (e *encoder) flag(b bool) {
	n := 0
	if b {
		n = 1
	}
	e.count(n)
}

func (e *encoder) text(s string) {
	e.count(len(s))
	e.out = append(e.out, s...)
}

func (e *encoder) string(s string) {
	i, ok := e.indexes[s]
	if !ok {
		i = len(e.strings)
		e.indexes[s] = i
		e.strings = append(e.strings, s)
	}
	e.count(i)
}

func (e *encoder) catalogue(c catalogue.Catalogue) {
	e.count(len(c))
	for _, r := range c {
		e.string(r.ID)
		e.text(r.Title)
		e.text(r.Description)
		e.count(len(r.References))
		for _, ref := range r.References {
			e.string(ref.Title)
			e.string(ref.URL)
		}
		e.string(r.Severity)
		e.count(int(math.Round(r.SecuritySeverity * 10)))
		e.string(r.Precision)
		e.string(r.Set)
		e.list(r.Controls)
		e.list(r.Tags)
	}
}

func (e *encoder) list(list []string) {
	e.count(len(list))
	for _, s := range list {
		e.string(s)
	}
}

// largeObject is the size, in bytes, from which on what is in an object is decoded one by one.
const largeObject = 4 << 10

func (e *encoder) data(v any) {
	whole := newEncoder()
	whole.term(ast.NewTerm(ast.MustInterfaceToValue(v)))
	text := whole.bytes()
	object, ok := v.(map[string]any)
	large := ok && len(text) > largeObject
	e.flag(large)
	if !large {
		e.text(string(text))
		return
	}
	e.count(len(object))
	for _, name := range slices.Sorted(maps.Keys(object)) {
		e.string(name)
		e.data(object[name])
	}
}

func (e *encoder) modules(modules map[string]*ast.Module) {
	e.count(len(modules))
	for _, name := range slices.Sorted(maps.Keys(modules)) {
		m := modules[name]
		e.string(name)
		e.term(ast.NewTerm(m.Package.Path))
		e.count(len(m.Rules))
		for _, r := range m.Rules {
			e.rule(r)
		}
	}
}

func (e *encoder) rule(r *ast.Rule) {
	e.count(r.Location.Row)
	e.flag(r.Default)
	e.string(string(r.Head.Name))
	e.term(ast.NewTerm(r.Head.Reference))
	e.terms(r.Head.Args)
	e.term(r.Head.Key)
	e.term(r.Head.Value)
	e.flag(r.Head.Assign)
	e.body(r.Body)
	e.flag(r.Else != nil)
	if r.Else != nil {
		e.rule(r.Else)
	}
}

func (e *encoder) body(body ast.Body) {
	e.count(len(body))
	for i, expr := range body {
		if expr.Index != i || len(expr.With) > 0 {
			panic(fmt.Sprintf("the expression %s has a form that is not written", expr))
		}
		e.flag(expr.Negated)
		e.flag(expr.Generated)
		switch terms := expr.Terms.(type) {
		case *ast.Term:
			e.count(exprTerm)
			e.term(terms)
		case []*ast.Term:
			e.count(exprCall)
			e.terms(terms)
		case *ast.Every:
			e.count(exprEvery)
			e.term(terms.Key)
			e.term(terms.Value)
			e.term(terms.Domain)
			e.body(terms.Body)
		default:
			panic(fmt.Sprintf("the expression %s is a %T, which is not written", expr, terms))
		}
	}
}

func (e *encoder) terms(terms []*ast.Term) {
	e.count(len(terms))
	for _, term := range terms {
		e.term(term)
	}
}

// term writes a term, and one with others in it but once.
func (e *encoder) term(term *ast.Term) {
	if term == nil {
		e.count(termNone)
		return
	}
	if _, ok := term.Value.(ast.Var); ok || ast.IsScalar(term.Value) || e.written == nil {
		e.alone(term)
		return
	}
	whole := &encoder{strings: e.strings, indexes: e.indexes}
	whole.alone(term)
	e.strings = whole.strings
	if i, ok := e.written[string(whole.out)]; ok {
		e.count(termAgain)
		e.count(i)
		return
	}
	e.alone(term)
	e.written[string(whole.out)] = len(e.written)
}

// alone writes a term as if none like it was written before.
func (e *encoder) alone(term *ast.Term) {
	switch v := term.Value.(type) {
	case ast.Null:
		e.count(termNull)
	case ast.Boolean:
		e.count(map[bool]int{false: termFalse, true: termTrue}[bool(v)])
	case ast.Number:
		e.count(termNumber)
		e.string(string(v))
	case ast.String:
		e.count(termString)
		e.string(string(v))
	case ast.Var:
		e.count(termVar)
		e.string(string(v))
	default:
		e.composite(term)
	}
}

// composite writes a value with terms in it.
func (e *encoder) composite(term *ast.Term) {
	switch v := term.Value.(type) {
	case ast.Ref:
		e.count(termRef)
		e.terms(v)
	case ast.Call:
		e.count(termCall)
		e.terms(v)
	case *ast.Array:
		e.count(termArray)
		e.count(v.Len())
		v.Foreach(e.term)
	case ast.Set:
		e.count(termSet)
		e.terms(v.Slice())
	case ast.Object:
		e.count(termObject)
		e.count(v.Len())
		v.Foreach(func(key, value *ast.Term) {
			e.term(key)
			e.term(value)
		})
	case *ast.ArrayComprehension:
		e.count(termArrayComprehension)
		e.term(v.Term)
		e.body(v.Body)
	case *ast.SetComprehension:
		e.count(termSetComprehension)
		e.term(v.Term)
		e.body(v.Body)
	case *ast.ObjectComprehension:
		e.count(termObjectComprehension)
		e.term(v.Key)
		e.term(v.Value)
		e.body(v.Body)
	default:
		panic(fmt.Sprintf("the term %s is a %T, which is not written", term, v))
	}
}
