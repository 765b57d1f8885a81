package rules_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/composelint/composelint/model"
)

// TestPoliciesTouchTheModelWhereItIsChecked refuses what OPA's type checker does not see,
// where a misspelt field would be undefined and the rule silent: object.get, every, and
// fields of a function's parameters, as far as they are of the model. It also refuses not in
// front of a value that may be unknown, as that would take unknown for false.
func TestPoliciesTouchTheModelWhereItIsChecked(t *testing.T) {
	for _, problem := range untouchable(policiesAlone(t), optionalFields(t)) {
		t.Error(problem)
	}
}

// TestUntouchable shows what the above finds, and what it lets through.
func TestUntouchable(t *testing.T) {
	const asked = "\n\nasked if {\n\tsome s in input.project.services\n\tf(s)\n}"
	const passed = "\n\nasked if {\n\tsome s in input.project.services\n\tg(s.mounts)\n}\n\ng(given) if f(given)"
	for body, want := range map[string][]string{
		`p if object.get(input, ["project"], {}) == {}`:                                    {"object.get hides a misspelt field"},
		`p if { some s in input.project.services; object.get(s, "image", "") == "" }`:      {"object.get hides a misspelt field"},
		`p if object.get(lint.services.web, "image", "") == ""`:                            {"object.get hides a misspelt field"},
		`p if every s in input.project.services { s.complete == true }`:                    {"every hides a misspelt field"},
		`p if { some s in input.project.services; not s.privileged }`:                      {"not takes an unknown privileged for false"},
		`p if { some s in input.project.services; not f(s.privileged) }`:                   {"not takes an unknown privileged for false"},
		`p if not {x | some x in input.project.networks; x.internal == true} == set()`:     {"not takes an unknown internal for false"},
		`f(mount) if mount.host_path == "/"` + passed:                                      {"the parameter mount is touched at host_path"},
		`f(services) := [s.image | some s in services]` + asked:                            {"the parameter s is touched at image"},
		`f(service) if { mounts := service.mounts; mounts[0].target == "/" }` + asked:      {"the parameter mounts is touched at target", "the parameter service is touched at mounts"},
		`f(node) := node.at` + asked:                                                       nil,
		`f(entry) := entry.kind`:                                                           nil,
		`f(entry) := entry.kind` + "\n\np if { some e in known; f(e) }":                    nil,
		`p if { some e in known; object.get(e, "kind", "") == "" }`:                        nil,
		`p if { known.kind; object.get(known, "kind", "") == "" }`:                         nil,
		`f(name) if known[name].kind == "a"`:                                               nil,
		`p if { some s in input.project.services; not s.name in known }`:                   nil,
		`p if { some s in input.project.services; s.privileged == true; not known[s.at] }`: nil,
	} {
		m := parse(t, "case.rego", "package p\n\nimport data.composelint.lint\n\nknown := {\"a\": {\"kind\": 1}}\n\n"+body+"\n")
		got := untouchable(map[string]*ast.Module{"case.rego": m}, optionalFields(t))
		for i := range want {
			want[i] = "case.rego:7: " + want[i]
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", body, diff)
		}
	}
}

// untouchable lists the places of modules that the type checker or the three-valued logic
// of the model does not reach.
func untouchable(all map[string]*ast.Module, unknown map[string]bool) []string {
	var problems []string
	report := func(l *ast.Location, format string, args ...any) {
		problems = append(problems, fmt.Sprintf("%s:%d: %s", l.File, l.Row, fmt.Sprintf(format, args...)))
	}
	given := modelParameters(all)
	for _, m := range all {
		ast.WalkRules(m, func(r *ast.Rule) bool {
			reportRule(r, modelVariables(m, r, given), unknown, report)
			return false
		})
	}
	slices.Sort(problems)
	return slices.Compact(problems)
}

// reportRule reports what is untouchable in a rule, of which the variables of the model are
// known.
func reportRule(r *ast.Rule, variables map[ast.Var]source, unknown map[string]bool, report func(*ast.Location, string, ...any)) {
	ast.WalkExprs(r, func(e *ast.Expr) bool {
		if every, ok := e.Terms.(*ast.Every); ok && ofModel(every.Domain, variables) {
			report(e.Location, "every hides a misspelt field")
		}
		if e.Negated {
			ast.WalkRefs(e, func(ref ast.Ref) bool {
				for _, field := range fieldsIn(ref) {
					head := &ast.Term{Value: ref[:1]}
					if unknown[field] && (ofModel(head, variables) || ofModel(ref[0], variables)) {
						report(e.Location, "not takes an unknown %s for false", field)
					}
				}
				return false
			})
		}
		return false
	})
	walkCalls(r, func(call []*ast.Term) {
		if ref, ok := call[0].Value.(ast.Ref); ok && ref.Equal(ast.ObjectGet.Ref()) && ofModel(call[1], variables) {
			report(call[0].Location, "object.get hides a misspelt field")
		}
	})
	ast.WalkRefs(r, func(ref ast.Ref) bool {
		head, ok := ref[0].Value.(ast.Var)
		for _, field := range fieldsIn(ref) {
			if ok && variables[head] == parameter && field != "at" && field != "name" {
				report(ref[0].Location, "the parameter %s is touched at %s", head, field)
			}
		}
		return false
	})
}

// source says how a variable comes by something of the model: the checker follows it from
// input, but not into a function.
type source int

const (
	fromInput source = iota + 1
	parameter
)

// modelParameters are, by function, the parameters that some call gives something of the
// model.
func modelParameters(all map[string]*ast.Module) map[string]map[int]bool {
	given := map[string]map[int]bool{}
	for grown := true; grown; {
		grown = false
		for _, m := range all {
			ast.WalkRules(m, func(r *ast.Rule) bool {
				variables := modelVariables(m, r, given)
				walkCalls(r, func(call []*ast.Term) {
					name := functionName(m, call[0])
					for i, argument := range call[1:] {
						if !ofModel(argument, variables) || given[name][i] {
							continue
						}
						if given[name] == nil {
							given[name] = map[int]bool{}
						}
						given[name][i], grown = true, true
					}
				})
				return false
			})
		}
	}
	return given
}

// functionName is the name of a called function, with its package.
func functionName(m *ast.Module, called *ast.Term) string {
	name := called.String()
	if head, rest, ok := strings.Cut(name, "."); ok {
		return head + "." + rest
	}
	return packageName(m) + "." + name
}

// packageName is the last part of a module's package, by which others import it.
func packageName(m *ast.Module) string {
	return strings.Trim(m.Package.Path[len(m.Package.Path)-1].String(), `"`)
}

func walkCalls(r *ast.Rule, visit func(call []*ast.Term)) {
	ast.WalkTerms(r, func(t *ast.Term) bool {
		if call, ok := t.Value.(ast.Call); ok {
			visit(call)
		}
		return false
	})
	ast.WalkExprs(r, func(e *ast.Expr) bool {
		if e.IsCall() {
			visit(e.Terms.([]*ast.Term))
		}
		return false
	})
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

// modelVariables are the variables of a rule that are something of the model: parameters that
// are given it, and what is taken from these or from input, by :=, or by some … in.
func modelVariables(m *ast.Module, r *ast.Rule, given map[string]map[int]bool) map[ast.Var]source {
	from := map[ast.Var]source{}
	for i, arg := range r.Head.Args {
		if v, ok := arg.Value.(ast.Var); ok && given[packageName(m)+"."+r.Head.Name.String()][i] {
			from[v] = parameter
		}
	}
	for grown := true; grown; {
		grown = false
		take := func(to []*ast.Term, of *ast.Term) {
			if !ofModel(of, from) {
				return
			}
			for _, term := range to {
				if v, ok := term.Value.(ast.Var); ok && from[v] == 0 {
					from[v], grown = sourceOf(of, from), true
				}
			}
		}
		ast.WalkExprs(r, func(e *ast.Expr) bool {
			if e.IsAssignment() {
				take([]*ast.Term{e.Operand(0)}, e.Operand(1))
			}
			if some, ok := e.Terms.(*ast.SomeDecl); ok {
				if call, ok := some.Symbols[0].Value.(ast.Call); ok {
					take(call[len(call)-2:len(call)-1], call[len(call)-1])
				}
			}
			return false
		})
	}
	return from
}

// modelByName are the rules of lint.rego that have nodes of the model by their names.
var modelByName = []string{"lint.services", "lint.networks"}

// ofModel says whether a term is input, a variable of the model, or a part of one.
func ofModel(term *ast.Term, variables map[ast.Var]source) bool {
	return sourceOf(term, variables) != 0
}

func sourceOf(term *ast.Term, variables map[ast.Var]source) source {
	switch v := term.Value.(type) {
	case ast.Var:
		return variables[v]
	case ast.Ref:
		head, ok := v[0].Value.(ast.Var)
		switch {
		case !ok || isScalar(v):
			return 0
		case head == ast.InputRootDocument.Value.(ast.Var) || len(v) > 2 && slices.Contains(modelByName, v[:2].String()):
			return fromInput
		}
		return variables[head]
	}
	return 0
}

// isScalar is true for a part of the model that is a name or a text, not a node.
func isScalar(r ast.Ref) bool {
	last, ok := r[len(r)-1].Value.(ast.String)
	return ok && scalarFields[string(last)]
}

// scalarFields are the names of the model's fields that hold no object and no list.
var scalarFields = func() map[string]bool {
	scalar := map[string]bool{}
	var walk func(t reflect.Type)
	walk = func(t reflect.Type) {
		for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
			t = t.Elem()
		}
		if t.Kind() != reflect.Struct {
			return
		}
		for i := range t.NumField() {
			field := t.Field(i)
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			kind := field.Type
			if kind.Kind() == reflect.Pointer {
				kind = kind.Elem()
			}
			if kind.Kind() != reflect.Struct && kind.Kind() != reflect.Slice {
				scalar[name] = true
			}
			walk(field.Type)
		}
	}
	walk(reflect.TypeFor[model.Input]())
	return scalar
}()

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
