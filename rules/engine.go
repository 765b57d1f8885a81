// Package rules runs the policies: it reads the rules' METADATA into a catalogue,
// evaluates them over a project's model, and places and orders what they find.
package rules

import (
	"context"
	"fmt"
	"io/fs"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"

	"github.com/composelint/composelint/model"
)

// Engine is a set of compiled policies. It may be used by several goroutines at once.
type Engine struct {
	Catalogue Catalogue
	query     rego.PreparedEvalQuery
	// review prepares the query for reviews, which few runs ask for.
	review func() (rego.PreparedEvalQuery, error)
	store  storage.Store
}

// New compiles the policies. Their layout is that of the policies directory: a router
// with the query composelint.findings, a package composelint.rules[id] for each rule,
// data/*.json and data/*/*.json.
func New(ctx context.Context, policies fs.FS) (*Engine, error) {
	modules, err := parseModules(policies)
	if err != nil {
		return nil, fmt.Errorf("could not read the policies: %w", err)
	}
	catalogue, err := catalogueOf(modules)
	if err != nil {
		return nil, fmt.Errorf("could not read the policies: %w", err)
	}
	data, err := parseData(policies)
	if err != nil {
		return nil, fmt.Errorf("could not read the policies: %w", err)
	}
	compiler := ast.NewCompiler().WithCapabilities(sandbox())
	if compiler.Compile(modules); compiler.Failed() {
		return nil, fmt.Errorf("could not compile the policies: %w", compiler.Errors)
	}
	store := inmem.NewFromObjectWithOpts(data, inmem.OptRoundTripOnWrite(false), inmem.OptReturnASTValuesOnRead(true))
	return newEngine(ctx, catalogue, compiler, store)
}

func newEngine(ctx context.Context, catalogue Catalogue, compiler *ast.Compiler, store storage.Store) (*Engine, error) {
	prepare := func(query string) (rego.PreparedEvalQuery, error) {
		return rego.New(rego.Query(query), rego.Compiler(compiler), rego.Store(store)).PrepareForEval(ctx)
	}
	query, err := prepare("data.composelint.findings")
	if err != nil {
		return nil, fmt.Errorf("could not compile the policies: %w", err)
	}
	review := sync.OnceValues(func() (rego.PreparedEvalQuery, error) { return prepare("data.composelint.review.all") })
	return &Engine{Catalogue: catalogue, query: query, review: review, store: store}, nil
}

// sandbox is OPA's language without the builtins that see more than the input: network,
// environment, time, randomness.
func sandbox() *ast.Capabilities {
	c := ast.CapabilitiesForThisVersion()
	kept := c.Builtins[:0]
	for _, b := range c.Builtins {
		if !b.Nondeterministic {
			kept = append(kept, b)
		}
	}
	c.Builtins = kept
	c.AllowNet = []string{}
	return c
}

// Judge evaluates the enabled rules over one project and returns their findings in order.
func (e *Engine) Judge(ctx context.Context, input model.Input, sources *model.Sources) ([]Finding, error) {
	return e.judge(ctx, rego.EvalParsedInput(encode(input)), sources)
}

func (e *Engine) judge(ctx context.Context, input rego.EvalOption, sources *model.Sources) ([]Finding, error) {
	results, err := e.query.Eval(ctx, input)
	if err != nil {
		return nil, fmt.Errorf("could not evaluate the policies: %w", err)
	}
	if len(results) != 1 || len(results[0].Expressions) != 1 {
		return nil, fmt.Errorf("could not evaluate the policies: the router has no result")
	}
	raw, err := decodeFindings(results[0].Expressions[0].Value)
	if err != nil {
		return nil, err
	}
	findings := make([]Finding, 0, len(raw))
	for _, r := range raw {
		f, err := e.place(r, sources)
		if err != nil {
			return nil, err
		}
		findings = append(findings, f)
	}
	Sort(findings)
	return findings, nil
}
