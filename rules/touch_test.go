package rules_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/open-policy-agent/opa/v1/ast"
)

// TestPoliciesTouchTheModelWhereItIsChecked refuses what OPA's type checker does not see,
// where a misspelt field would be undefined and the rule silent: object.get, every, and
// fields of a function's parameters. It also refuses not in front of a value that may be
// unknown, as that would take unknown for false.
func TestPoliciesTouchTheModelWhereItIsChecked(t *testing.T) {
	unknown := optionalFields(t)
	for name, m := range modules(t) {
		if !isTest(name) {
			for _, problem := range untouchable(m, unknown) {
				t.Error(problem)
			}
		}
	}
}

// TestUntouchable shows what the above finds, and what it lets through.
func TestUntouchable(t *testing.T) {
	for body, want := range map[string][]string{
		`p if object.get(input, ["project"], {}) == {}`:                                {"object.get hides a misspelt field"},
		`p if every s in input.project.services { s.complete == true }`:                {"every hides a misspelt field"},
		`p if { some s in input.project.services; not s.privileged }`:                  {"not takes an unknown privileged for false"},
		`p if { some s in input.project.services; not f(s.privileged) }`:               {"not takes an unknown privileged for false"},
		`p if not {x | some x in input.project.networks; x.internal == true} == set()`: {"not takes an unknown internal for false"},
		`f(mount) if mount.host_path == "/"`:                                           {"the parameter mount is touched at host_path"},
		`f(services) := [s.image | some s in services]`:                                {"the parameter s is touched at image"},
		`f(service) if { mounts := service.mounts; mounts[0].target == "/" }`:          {"the parameter mounts is touched at target", "the parameter service is touched at mounts"},
		`f(node) := node.at`:                                                               nil,
		`f(name) if known[name].kind == "a"`:                                               nil,
		`p if { some s in input.project.services; not s.name in known }`:                   nil,
		`p if { some s in input.project.services; s.privileged == true; not known[s.at] }`: nil,
	} {
		m := parse(t, "case.rego", "package p\n\nknown := {\"a\": {\"kind\": 1}}\n\n"+body+"\n")
		got := untouchable(m, optionalFields(t))
		for i := range want {
			want[i] = "case.rego:5: " + want[i]
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", body, diff)
		}
	}
}

// untouchable lists the places of a module that the type checker or the three-valued logic
// of the model does not reach.
func untouchable(m *ast.Module, unknown map[string]bool) []string {
	var problems []string
	report := func(l *ast.Location, format string, args ...any) {
		problems = append(problems, fmt.Sprintf("%s:%d: %s", l.File, l.Row, fmt.Sprintf(format, args...)))
	}
	ast.WalkExprs(m, func(e *ast.Expr) bool {
		if _, ok := e.Terms.(*ast.Every); ok {
			report(e.Location, "every hides a misspelt field")
		}
		if e.Negated {
			for _, field := range fieldsIn(e) {
				if unknown[field] {
					report(e.Location, "not takes an unknown %s for false", field)
				}
			}
		}
		return false
	})
	ast.WalkRefs(m, func(r ast.Ref) bool {
		if r.HasPrefix(ast.ObjectGet.Ref()) {
			report(r[0].Location, "object.get hides a misspelt field")
		}
		return false
	})
	ast.WalkRules(m, func(r *ast.Rule) bool {
		if len(r.Head.Args) > 0 {
			from := parametersOf(r)
			ast.WalkRefs(r, func(ref ast.Ref) bool {
				head, ok := ref[0].Value.(ast.Var)
				for _, field := range fieldsIn(ref) {
					if ok && from[head] && field != "at" && field != "name" {
						report(ref[0].Location, "the parameter %s is touched at %s", head, field)
					}
				}
				return false
			})
		}
		return false
	})
	slices.Sort(problems)
	return slices.Compact(problems)
}

// fieldsIn are the constant elements of the refs in a node. Of a ref they are its own.
func fieldsIn(node any) []string {
	var fields []string
	own := func(r ast.Ref) {
		for _, term := range r[1:] {
			if s, ok := term.Value.(ast.String); ok {
				fields = append(fields, string(s))
			}
		}
	}
	if r, ok := node.(ast.Ref); ok {
		own(r)
		return fields
	}
	ast.WalkRefs(node, func(r ast.Ref) bool {
		own(r)
		return false
	})
	return fields
}

// parametersOf are the parameters of a function, and the variables in it that are taken
// from them: by :=, or by some … in.
func parametersOf(r *ast.Rule) map[ast.Var]bool {
	from := map[ast.Var]bool{}
	for _, arg := range r.Head.Args {
		ast.WalkVars(arg, func(v ast.Var) bool {
			from[v] = true
			return false
		})
	}
	for grown := true; grown; {
		grown = false
		take := func(to []*ast.Term, of *ast.Term) {
			if !startsFrom(of, from) {
				return
			}
			for _, term := range to {
				if v, ok := term.Value.(ast.Var); ok && !from[v] {
					from[v], grown = true, true
				}
			}
		}
		ast.WalkExprs(r, func(e *ast.Expr) bool {
			if e.IsAssignment() {
				take([]*ast.Term{e.Operand(0)}, e.Operand(1))
			}
			if some, ok := e.Terms.(*ast.SomeDecl); ok {
				if call, ok := some.Symbols[0].Value.(ast.Call); ok {
					take(call[1:len(call)-1], call[len(call)-1])
				}
			}
			return false
		})
	}
	return from
}

// startsFrom says whether a term is one of the variables or a part of one.
func startsFrom(term *ast.Term, from map[ast.Var]bool) bool {
	switch v := term.Value.(type) {
	case ast.Var:
		return from[v]
	case ast.Ref:
		head, ok := v[0].Value.(ast.Var)
		return ok && from[head]
	}
	return false
}

// optionalFields are the names of the model's fields that may be absent.
func optionalFields(t *testing.T) map[string]bool {
	t.Helper()
	text, err := json.Marshal(inputSchema(t))
	if err != nil {
		t.Fatal(err)
	}
	type node struct {
		Items      *node
		Properties map[string]*node
		Required   []string
	}
	var root node
	if err := json.Unmarshal(text, &root); err != nil {
		t.Fatal(err)
	}
	optional := map[string]bool{}
	var walk func(*node)
	walk = func(n *node) {
		if n == nil {
			return
		}
		walk(n.Items)
		for name, property := range n.Properties {
			walk(property)
			if !slices.Contains(n.Required, name) {
				optional[name] = true
			}
		}
	}
	walk(&root)
	return optional
}
