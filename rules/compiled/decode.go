package compiled

import (
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/composelint/composelint/rules/catalogue"
)

// decoder reads the compiled policies: numbers as varints, texts with their length before
// them, strings of terms as indexes into a table, so that equal ones are one term.
type decoder struct {
	rest    string
	strings []string
	// texts and vars are the terms of the strings, made once each.
	texts, vars []*ast.Term
	// again are the terms with others in them, which may occur again.
	again []*ast.Term
	// free are terms that are allocated and not used yet.
	free []ast.Term
}

func newDecoder(text string) *decoder {
	d := &decoder{rest: text}
	d.strings = make([]string, d.count())
	for i := range d.strings {
		d.strings[i] = d.text()
	}
	d.texts, d.vars = make([]*ast.Term, len(d.strings)), make([]*ast.Term, len(d.strings))
	return d
}

func (d *decoder) count() int {
	n, shift := 0, 0
	for {
		b := d.rest[0]
		d.rest = d.rest[1:]
		n |= int(b&0x7f) << shift
		if b < 0x80 {
			return n
		}
		shift += 7
	}
}

func (d *decoder) flag() bool { return d.count() == 1 }

func (d *decoder) text() string {
	n := d.count()
	s := d.rest[:n]
	d.rest = d.rest[n:]
	return s
}

func (d *decoder) string() string { return d.strings[d.count()] }

func (d *decoder) catalogue() catalogue.Catalogue {
	c := make(catalogue.Catalogue, d.count())
	for i := range c {
		c[i] = catalogue.Rule{ID: d.string(), Title: d.text(), Description: d.text(), References: make([]catalogue.Reference, d.count())}
		for j := range c[i].References {
			c[i].References[j] = catalogue.Reference{Title: d.string(), URL: d.string()}
		}
		c[i].Facts = catalogue.Facts{
			Severity: d.string(), SecuritySeverity: float64(d.count()) / 10, Precision: d.string(), Set: d.string(),
			Controls: d.list(), Tags: d.list(),
		}
	}
	return c
}

func (d *decoder) list() []string {
	list := make([]string, d.count())
	for i := range list {
		list[i] = d.string()
	}
	return list
}

// store reads the data.
func (d *decoder) store() *lazyStore { return &lazyStore{root: d.node()} }

// node reads the names below a large object, or what makes a value: it has tables of its own,
// and is decoded when it is asked for.
func (d *decoder) node() *lazyNode {
	if large := d.flag(); !large {
		text := d.text()
		return newLazyNode(func() ast.Value { return newDecoder(text).term().Value })
	}
	below := map[string]*lazyNode{}
	for range d.count() {
		name := d.string()
		below[name] = d.node()
	}
	return newLazyObject(below)
}

func (d *decoder) modules() map[string]*ast.Module {
	modules := map[string]*ast.Module{}
	for range d.count() {
		name := d.string()
		m := &ast.Module{Package: &ast.Package{Path: d.term().Value.(ast.Ref)}}
		m.Rules = make([]*ast.Rule, d.count())
		for i := range m.Rules {
			m.Rules[i] = d.rule(m, name)
		}
		modules[name] = m
	}
	return modules
}

func (d *decoder) rule(m *ast.Module, file string) *ast.Rule {
	r := &ast.Rule{Module: m, Location: ast.NewLocation(nil, file, d.count(), 1), Default: d.flag()}
	r.Head = &ast.Head{
		Name: ast.Var(d.string()), Reference: d.term().Value.(ast.Ref), Args: d.terms(), Key: d.term(), Value: d.term(),
		Assign: d.flag(), Location: r.Location,
	}
	r.Body = d.body(r.Location)
	if d.flag() {
		r.Else = d.rule(m, file)
	}
	return r
}

func (d *decoder) body(at *ast.Location) ast.Body {
	body := make(ast.Body, d.count())
	all := make([]ast.Expr, len(body))
	for i := range body {
		body[i] = &all[i]
		all[i] = ast.Expr{Index: i, Negated: d.flag(), Generated: d.flag(), Location: at}
		switch d.count() {
		case exprTerm:
			body[i].Terms = d.term()
		case exprCall:
			body[i].Terms = d.terms()
		case exprEvery:
			body[i].Terms = &ast.Every{Key: d.term(), Value: d.term(), Domain: d.term(), Body: d.body(at), Location: at}
		}
	}
	return body
}

// The kinds of an expression.
const (
	exprTerm = iota
	exprCall
	exprEvery
)

// The kinds of a term.
const (
	termNone = iota
	termNull
	termFalse
	termTrue
	termNumber
	termString
	termVar
	termRef
	termCall
	termArray
	termSet
	termObject
	termArrayComprehension
	termSetComprehension
	termObjectComprehension
	termAgain
)

func (d *decoder) terms() []*ast.Term {
	n := d.count()
	if n == 0 {
		return nil
	}
	terms := make([]*ast.Term, n)
	for i := range terms {
		terms[i] = d.term()
	}
	return terms
}

// term reads a term; nil for none.
func (d *decoder) term() *ast.Term {
	switch kind := d.count(); kind {
	case termNone:
		return nil
	case termNull:
		return ast.InternedNullTerm
	case termFalse, termTrue:
		return ast.InternedTerm(kind == termTrue)
	case termNumber:
		return d.new(ast.Number(d.string()))
	case termString:
		i := d.count()
		if d.texts[i] == nil {
			d.texts[i] = d.new(ast.String(d.strings[i]))
		}
		return d.texts[i]
	case termVar:
		i := d.count()
		if d.vars[i] == nil {
			d.vars[i] = d.new(ast.Var(d.strings[i]))
		}
		return d.vars[i]
	case termAgain:
		return d.again[d.count()]
	default:
		term := d.new(d.composite(kind))
		d.again = append(d.again, term)
		return term
	}
}

// composite reads a value with terms in it.
func (d *decoder) composite(kind int) ast.Value {
	switch kind {
	case termRef:
		return ast.Ref(d.terms())
	case termCall:
		return ast.Call(d.terms())
	case termArray:
		return ast.NewArray(d.terms()...)
	case termSet:
		return ast.NewSet(d.terms()...)
	case termObject:
		pairs := make([][2]*ast.Term, d.count())
		for i := range pairs {
			pairs[i] = [2]*ast.Term{d.term(), d.term()}
		}
		return ast.NewObject(pairs...)
	case termArrayComprehension:
		return &ast.ArrayComprehension{Term: d.term(), Body: d.body(nil)}
	case termSetComprehension:
		return &ast.SetComprehension{Term: d.term(), Body: d.body(nil)}
	case termObjectComprehension:
		return &ast.ObjectComprehension{Key: d.term(), Value: d.term(), Body: d.body(nil)}
	default:
		panic(fmt.Sprintf("the compiled policies have a term of the unknown kind %d", kind))
	}
}

// new makes a term. They are allocated many at a time.
func (d *decoder) new(v ast.Value) *ast.Term {
	if len(d.free) == 0 {
		d.free = make([]ast.Term, 128)
	}
	term := &d.free[0]
	d.free = d.free[1:]
	term.Value = v
	return term
}
