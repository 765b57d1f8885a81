package own

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage"
)

// Limits of what is shown of a test that fails, in characters.
const (
	maxExpression = 100
	maxValue      = 2_000
)

// maxLines is how many elements of a set are shown that should not be there, or should be, and how many
// lines of what a test prints.
const maxLines = 20

// examiner finds out why a test does not hold: it asks for more and more of the test's expressions, and
// for the values of the first that fails.
type examiner struct {
	compiler *ast.Compiler
	store    storage.Store
	txn      storage.Transaction
}

// why are the lines that say which expression of a test fails, what it expects and what came; none where
// that cannot be said.
func (e examiner) why(ctx context.Context, m *ast.Module, test *ast.Rule) []string {
	for i, expr := range test.Body {
		if holds, err := e.ways(ctx, m, test.Body[:i+1]); err != nil {
			return nil
		} else if len(holds) == 0 {
			tested := tested{examiner: e, module: m, before: test.Body[:i], expr: expr}
			return append([]string{fmt.Sprintf("line %d: %s", expr.Location.Row, tested.text())}, tested.values(ctx)...)
		}
	}
	return nil
}

// ways are those in which a part of the body of a rule holds, each with the values of the variables, which
// are terms: JSON takes sets for arrays.
func (e examiner) ways(ctx context.Context, m *ast.Module, body ast.Body) ([]rego.Vars, error) {
	results, err := rego.New(
		rego.Compiler(e.compiler), rego.Store(e.store), rego.Transaction(e.txn),
		rego.ParsedPackage(m.Package), rego.ParsedImports(m.Imports), rego.ParsedQuery(body.Copy()),
		rego.GenerateJSON(func(t *ast.Term, _ *rego.EvalContext) (any, error) { return t, nil }),
	).Eval(ctx)
	if err != nil {
		return nil, err
	}
	var ways []rego.Vars
	for _, result := range results {
		// A query goes on behind what is false, as no rule does.
		if !slices.ContainsFunc(result.Expressions, isFalse) {
			ways = append(ways, result.Bindings)
		}
	}
	return ways, nil
}

func isFalse(v *rego.ExpressionValue) bool {
	term, ok := v.Value.(*ast.Term)
	return ok && term.Equal(ast.BooleanTerm(false)) || v.Value == false
}

// tested is the expression of a test that fails, behind those that hold.
type tested struct {
	examiner
	module *ast.Module
	before ast.Body
	expr   *ast.Expr
}

// text is the expression as it is written, without what it replaces in the input.
func (t tested) text() string {
	text := t.expr.Location.Text
	if len(t.expr.With) > 0 {
		text = text[:t.expr.With[0].Location.Offset-t.expr.Location.Offset]
	}
	return cut(string(text), maxExpression)
}

// values are lines about those of the expression's operands.
func (t tested) values(ctx context.Context) []string {
	var operands []*ast.Term
	switch terms := t.expr.Terms.(type) {
	case *ast.Term:
		operands = []*ast.Term{terms}
	case []*ast.Term:
		operands = terms[1:]
		if equality(t.expr) {
			return t.compared(ctx, operands[0], operands[1])
		}
	case *ast.Every:
		operands = []*ast.Term{terms.Domain}
	case *ast.SomeDecl:
		if call, ok := terms.Symbols[0].Value.(ast.Call); ok {
			operands = call[1:]
		}
	}
	var lines []string
	for _, operand := range operands {
		if !constant(operand) {
			if values, ok := t.value(ctx, operand); ok {
				lines = append(lines, fmt.Sprintf("%s: %s", cut(operand.String(), maxExpression), shown(values)))
			}
		}
	}
	return lines
}

// compared are the lines of an expression that wants two values to be the same. Of sets only those
// elements are told that one of them lacks.
func (t tested) compared(ctx context.Context, came, expected *ast.Term) []string {
	if constant(came) && !constant(expected) {
		came, expected = expected, came
	}
	got, ok := t.value(ctx, came)
	want, known := t.value(ctx, expected)
	if !ok || !known {
		return nil
	}
	if len(got) == 1 && len(want) == 1 {
		a, isSet := got[0].Value.(ast.Set)
		b, areSets := want[0].Value.(ast.Set)
		if isSet && areSets && a.Len()+b.Len() > 0 {
			return append(elements("expected, and did not come", b.Diff(a)), elements("came, and is not expected", a.Diff(b))...)
		}
	}
	return []string{"expected: " + shown(want), "came: " + shown(got)}
}

func elements(what string, set ast.Set) []string {
	var lines []string
	for i, element := range set.Slice() {
		if i == maxLines {
			return append(lines, fmt.Sprintf("%s: %d more", what, set.Len()-i))
		}
		lines = append(lines, fmt.Sprintf("%s: %s", what, shown([]*ast.Term{element})))
	}
	return lines
}

// value is what a term of the expression is: several values where those before it iterate, none where it
// is undefined. It is not ok for a term that has no value by itself.
func (t tested) value(ctx context.Context, term *ast.Term) (values []*ast.Term, ok bool) {
	const name = "value_of_the_term"
	assigned := ast.Assign.Expr(ast.VarTerm(name), term)
	assigned.With = t.expr.With
	ways, err := t.ways(ctx, t.module, append(slices.Clone(t.before), assigned))
	if err != nil {
		return nil, false
	}
	for _, way := range ways {
		value, isTerm := way[name].(*ast.Term)
		if isTerm && !slices.ContainsFunc(values, value.Equal) {
			values = append(values, value)
		}
	}
	return values, true
}

// equality reports whether an expression says that two values are the same.
func equality(expr *ast.Expr) bool {
	return !expr.Negated && len(expr.Operands()) == 2 && (expr.IsEquality() || expr.Operator().Equal(ast.Equal.Ref()))
}

// constant reports whether a term says its value itself.
func constant(t *ast.Term) bool {
	return t.IsGround() && !ast.ContainsRefs(t) && !ast.ContainsComprehensions(t)
}

func shown(values []*ast.Term) string {
	if len(values) == 0 {
		return "undefined"
	}
	var texts []string
	for _, value := range values {
		texts = append(texts, value.String())
	}
	return cut(strings.Join(texts, ", and then "), maxValue)
}

// cut is the beginning of a text, in one line.
func cut(text string, most int) string {
	all := []rune(strings.Join(strings.Fields(text), " "))
	if len(all) > most {
		return string(all[:most]) + "…"
	}
	return string(all)
}
