package policy

import (
	"context"
	"fmt"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage"

	"github.com/composelint/composelint/rules/catalogue"
)

// Program is compiled policies with their rules and their data.
type Program struct {
	Catalogue catalogue.Catalogue
	Compiler  *ast.Compiler
	Store     storage.Store
}

// Query asks for a value, nil where it is undefined. It may be used by several goroutines at
// once. The input may be nil.
type Query func(ctx context.Context, input ast.Value) (any, error)

// Query prepares the query of a reference, such as data.composelint.findings.
func (p *Program) Query(ctx context.Context, ref string) (Query, error) {
	prepared, err := rego.New(rego.Query(ref), rego.Compiler(p.Compiler), rego.Store(p.Store)).PrepareForEval(ctx)
	if err != nil {
		return nil, fmt.Errorf("could not compile the policies: %w", err)
	}
	return func(ctx context.Context, input ast.Value) (any, error) {
		results, err := prepared.Eval(ctx, rego.EvalParsedInput(input))
		if err != nil {
			return nil, fmt.Errorf("could not evaluate the policies: %w", err)
		}
		if len(results) != 1 || len(results[0].Expressions) != 1 {
			return nil, nil
		}
		return results[0].Expressions[0].Value, nil
	}, nil
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
	value, err := storage.ReadOne(context.Background(), p.Store, append(storage.Path{"composelint"}, under...))
	if err != nil {
		return names
	}
	switch v := value.(type) {
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
