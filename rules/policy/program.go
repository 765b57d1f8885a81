package policy

import (
	"context"
	"fmt"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/topdown/print"

	"github.com/composelint/composelint/rules/catalogue"
)

// Program is policies that can be asked, with their rules.
type Program struct {
	Catalogue catalogue.Catalogue
	Evaluator
}

// Evaluator evaluates policies. It may be used by several goroutines at once.
type Evaluator interface {
	// Query prepares the query of a reference, such as data.composelint.findings.
	Query(ctx context.Context, ref string) (Query, error)
	// Datum is what the data have at a path below data.composelint, which is not empty; nil
	// where there is nothing.
	Datum(path ...string) ast.Value
}

// Query asks for a value, nil where it is undefined. The input may be nil.
type Query func(ctx context.Context, input ast.Value) (ast.Value, error)

// Hint is what an evaluator is told of a query: what it may take depends on that, and how it is
// evaluated.
type Hint struct {
	// Size is how many bytes of files the input is made of.
	Size int
	// Rules are the ids of rules that it asks for.
	Rules []string
}

// WithHint tells the evaluator of a query.
func WithHint(ctx context.Context, h Hint) context.Context { return context.WithValue(ctx, hint{}, h) }

// HintOf is what WithHint told.
func HintOf(ctx context.Context) Hint {
	h, _ := ctx.Value(hint{}).(Hint)
	return h
}

type hint struct{}

// Topdown evaluates policies by OPA's own evaluator.
type Topdown struct {
	Compiler *ast.Compiler
	Store    storage.Store
	// Print gets what policies print, with the place where they do. It may be nil.
	Print Printer
}

// Printer gets a line that a policy prints. It may be called by several goroutines at once.
type Printer func(place, line string)

// Print makes it a hook of OPA.
func (p Printer) Print(c print.Context, line string) error {
	p(c.Location.String(), line)
	return nil
}

// Query prepares a query.
func (t Topdown) Query(ctx context.Context, ref string) (Query, error) {
	prepared, err := rego.New(rego.Query(ref), rego.Compiler(t.Compiler), rego.Store(t.Store)).PrepareForEval(ctx)
	if err != nil {
		return nil, fmt.Errorf("could not compile the policies: %w", err)
	}
	return func(ctx context.Context, input ast.Value) (ast.Value, error) {
		options := []rego.EvalOption{rego.EvalParsedInput(input)}
		if t.Print != nil {
			options = append(options, rego.EvalPrintHook(t.Print))
		}
		results, err := prepared.Eval(ctx, options...)
		if err != nil {
			return nil, fmt.Errorf("could not evaluate the policies: %w", err)
		}
		if len(results) != 1 || len(results[0].Expressions) != 1 {
			return nil, nil
		}
		return ast.InterfaceToValue(results[0].Expressions[0].Value)
	}, nil
}

// Datum reads the data.
func (t Topdown) Datum(path ...string) ast.Value {
	value, err := storage.ReadOne(context.Background(), t.Store, append(storage.Path{"composelint"}, path...))
	if err != nil {
		return nil
	}
	return value.(ast.Value)
}

// Names lists what the data define under a path below data.composelint, in
// order: the keys of an object, or the ids of the objects in an array.
func (p *Program) Names(under ...string) []string {
	names := []string{}
	add := func(name *ast.Term) {
		if text, ok := name.Value.(ast.String); ok {
			names = append(names, string(text))
		}
	}
	switch v := p.Datum(under...).(type) {
	case ast.Object:
		v.Foreach(func(key, _ *ast.Term) { add(key) })
	case *ast.Array:
		v.Foreach(func(item *ast.Term) {
			if id := item.Get(ast.InternedTerm("id")); id != nil {
				add(id)
			}
		})
	}
	slices.Sort(names)
	return names
}
