package rules_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/open-policy-agent/opa/v1/ast"
)

// TestPoliciesShadowNothing refuses a variable that is declared again further in: `some` there
// stands for every value and not for the one outside, which looks the same.
func TestPoliciesShadowNothing(t *testing.T) {
	for _, m := range policiesAlone(t) {
		for _, problem := range shadowed(m) {
			t.Error(problem)
		}
	}
}

// TestShadowed shows what the above finds, and what it lets through.
func TestShadowed(t *testing.T) {
	for body, want := range map[string][]string{
		`p := {x | some x in a; y := {z | some [x, z] in b}; count(y) > 0}`: {"case.rego:3: x is declared again"},
		`p := {x: y | some x in a; y := [x | x := b[_]]}`:                   {"case.rego:3: x is declared again"},
		`f(x) := {y | some x, y in a}`:                                      {"case.rego:3: x is declared again"},
		`p if { some x in a; every x in b { x > 1 } }`:                      {"case.rego:3: x is declared again"},
		`p := {x | some x in a} | {x | some x in b}`:                        nil,
		`p := {x | some x in a; y := {z | some [w, z] in b; w == x}}`:       nil,
	} {
		m := parse(t, "case.rego", "package p\n\n"+body+"\n")
		if diff := cmp.Diff(want, shadowed(m)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", body, diff)
		}
	}
}

func shadowed(m *ast.Module) []string {
	var problems []string
	ast.WalkRules(m, func(r *ast.Rule) bool {
		s := &scope{report: func(v ast.Var, at *ast.Location) {
			problems = append(problems, fmt.Sprintf("%s:%d: %s is declared again", at.File, at.Row, v))
		}}
		for _, arg := range r.Head.Args {
			ast.WalkVars(arg, func(v ast.Var) bool { s.declare(v, r.Location); return false })
		}
		s.body(r.Body)
		if r.Head.Key != nil {
			s.within(r.Head.Key)
		}
		if r.Head.Value != nil {
			s.within(r.Head.Value)
		}
		return false
	})
	return problems
}

// scope is what is declared up to a place.
type scope struct {
	vars   map[ast.Var]bool
	outer  *scope
	report func(ast.Var, *ast.Location)
}

func (s *scope) inner() *scope { return &scope{outer: s, report: s.report} }

func (s *scope) declare(v ast.Var, at *ast.Location) {
	if v.IsWildcard() {
		return
	}
	for o := s.outer; o != nil; o = o.outer {
		if o.vars[v] {
			s.report(v, at)
		}
	}
	if s.vars == nil {
		s.vars = map[ast.Var]bool{}
	}
	s.vars[v] = true
}

func (s *scope) body(body ast.Body) {
	for _, e := range body {
		if every, ok := e.Terms.(*ast.Every); ok {
			s.every(every)
			continue
		}
		s.within(e) // what is asked for is not yet declared
		for _, v := range declared(e) {
			s.declare(v, e.Location)
		}
	}
}

func (s *scope) every(e *ast.Every) {
	s.within(e.Domain)
	inner := s.inner()
	for _, term := range []*ast.Term{e.Key, e.Value} {
		if term != nil {
			ast.WalkVars(term, func(v ast.Var) bool { inner.declare(v, e.Location); return false })
		}
	}
	inner.body(e.Body)
}

// within looks into the comprehensions of an expression or a term.
func (s *scope) within(x any) {
	comprehension := func(body ast.Body, terms ...*ast.Term) bool {
		inner := s.inner()
		inner.body(body)
		for _, term := range terms {
			inner.within(term)
		}
		return true
	}
	ast.NewGenericVisitor(func(x any) bool {
		switch c := x.(type) {
		case *ast.ArrayComprehension:
			return comprehension(c.Body, c.Term)
		case *ast.SetComprehension:
			return comprehension(c.Body, c.Term)
		case *ast.ObjectComprehension:
			return comprehension(c.Body, c.Key, c.Value)
		}
		return false
	}).Walk(x)
}

// declared are the variables that an expression declares, by some or by :=.
func declared(e *ast.Expr) []ast.Var {
	var terms []*ast.Term
	switch x := e.Terms.(type) {
	case *ast.SomeDecl:
		for _, symbol := range x.Symbols {
			if in, ok := symbol.Value.(ast.Call); ok {
				terms = append(terms, in[1:len(in)-1]...)
			} else {
				terms = append(terms, symbol)
			}
		}
	case []*ast.Term:
		if e.IsAssignment() {
			terms = append(terms, x[1])
		}
	}
	var vars []ast.Var
	for _, term := range terms {
		ast.WalkVars(term, func(v ast.Var) bool { vars = append(vars, v); return false })
	}
	return vars
}
