package planner_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/composelint/composelint/internal/plan/planner"
)

// policies are those of a module that are asked for data.test.q.
func policies(m *ast.Module) planner.Policies {
	return planner.Policies{
		Modules: map[string]*ast.Module{"test.rego": m}, Root: "test", Queries: []string{"data.test.q"},
		Builtins: ast.CapabilitiesForThisVersion(),
	}
}

// TestRefused wants what package plan does not do to be refused before anything is run.
func TestRefused(t *testing.T) {
	for text, want := range map[string]string{
		"q if r with input as 1\n\nr if input == 1":                                "could not store the plan of the policies: data.test.q: the statement *ir.WithStmt is none that is run",
		"q := {path | walk(input, [path, _])}":                                     "could not store the plan of the policies: data.test.q: the builtin walk is none that is called",
		"q := time.now_ns()":                                                       "could not store the plan of the policies: data.test.q: the builtin time.now_ns is none that is called",
		"q := data.test.r[input.a][input.b]\n\nr.a.b := 1\n\nr.b.c := input.names": "could not store the plan of the policies: data.test.q: a call depends on two values",
		"q[x] := 1 if some x in input\n\nq[x][n] := 1 if some x, n in input":       `could not plan the policies: data.test.q[x][n] and data.test.q[x] stand in each other: make them one rule`,
		"q := count(data)":                                                         "could not plan the policies: 1 error occurred: 3:1: rego_recursion_error: rule data.test.q is recursive: data.test.q -> data.test.q",
	} {
		m := ast.MustParseModule("package test\n\n" + text)
		_, err := planner.Plan(t.Context(), policies(m))
		if got := message(err); got != want {
			t.Errorf("%s\ngot  %s\nwant %s", text, got, want)
		}
	}
}

func message(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// TestSame wants a plan to be the same each time, whatever order OPA makes it in.
func TestSame(t *testing.T) {
	var text strings.Builder
	text.WriteString("package test\n\n")
	for i := range 30 {
		fmt.Fprintf(&text, "q[\"%c\"] contains %d\n\n", 'a'+i%3, i)
	}
	text.WriteString("q[x] contains y if some x, y in input\n")
	m := ast.MustParseModule(text.String())
	var texts [][]byte
	for range 3 {
		text, err := planner.Plan(t.Context(), policies(m))
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, text)
	}
	if !reflect.DeepEqual(texts[0], texts[1]) || !reflect.DeepEqual(texts[0], texts[2]) {
		t.Error("the plan differs from one time to the next")
	}
}
