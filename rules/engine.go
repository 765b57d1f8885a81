// Package rules asks the policies about a project: it evaluates them over the model, and
// places and orders what they find.
package rules

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules/catalogue"
	"github.com/composelint/composelint/rules/policy"
)

// Engine judges projects by a program of policies. It may be used by several goroutines at
// once.
type Engine struct {
	Catalogue catalogue.Catalogue
	program   *policy.Program
	findings  policy.Query
	// review and connections prepare queries that few runs ask for.
	review, connections func() (policy.Query, error)
}

// The queries that an engine asks.
const (
	Findings   = "data.composelint.findings"
	ReviewAll  = "data.composelint.review.all"
	LeastOf    = "data.composelint.least.all"
	LeastKinds = "data.composelint.least.kinds"
	// VerifyKnowledge is asked of no project.
	VerifyKnowledge = "data.composelint.verify.knowledge"
	APISettings     = "data.composelint.docker_api_settings.found"
	Steering        = "data.composelint.effective_api.steering"
	Connections     = "data.composelint.review.connections"
	EditorProxies   = "data.composelint.editor.proxies"
)

// New makes the engine of a program: of policies with a router, which answers Queries,
// and a package composelint.rules[id] for
// each rule.
func New(ctx context.Context, program *policy.Program) (*Engine, error) {
	findings, err := program.Query(ctx, Findings)
	if err != nil {
		return nil, err
	}
	prepared := func(ref string) func() (policy.Query, error) {
		return sync.OnceValues(func() (policy.Query, error) { return program.Query(ctx, ref) })
	}
	return &Engine{Catalogue: program.Catalogue, program: program, findings: findings, review: prepared(ReviewAll), connections: prepared(Connections)}, nil
}

// Names lists what the policies' data define under a path below data.composelint, in order:
// the keys of an object, or the ids of the objects in an array.
func (e *Engine) Names(under ...string) []string { return e.program.Names(under...) }

// Judge evaluates the enabled rules over one project and returns their findings in order.
func (e *Engine) Judge(ctx context.Context, input model.Input, sources *model.Sources) ([]Finding, error) {
	value, err := e.findings(hinted(ctx, sources, input.Config.Enabled), encode(input))
	if err != nil {
		return nil, err
	}
	if value == nil {
		return nil, errors.New("could not evaluate the policies: the router has no result")
	}
	var raw rawFindings
	if err := decode(value, &raw); err != nil {
		return nil, fmt.Errorf("a policy returned a malformed finding: %w", err)
	}
	return e.placed(raw, sources)
}

// sized tells an evaluator of what size the files of a project are.
func sized(ctx context.Context, sources *model.Sources) context.Context {
	return hinted(ctx, sources, nil)
}

// hinted tells it as well by which rules it is judged.
func hinted(ctx context.Context, sources *model.Sources, enabled []string) context.Context {
	h := policy.Hint{Rules: enabled}
	for _, file := range sources.Files {
		h.Size += len(file.Text)
	}
	return policy.WithHint(ctx, h)
}

// placed are the findings that policies returned, with their places, in order.
func (e *Engine) placed(raw rawFindings, sources *model.Sources) ([]Finding, error) {
	findings := []Finding{}
	for _, id := range slices.Sorted(maps.Keys(raw)) {
		rule, ok := e.Catalogue.Find(id)
		if !ok {
			return nil, fmt.Errorf("the router returned a finding of the unknown rule %q", id)
		}
		for _, r := range raw[id] {
			f, err := place(rule, r, sources)
			if err != nil {
				return nil, fmt.Errorf("rule %q: %w", id, err)
			}
			findings = append(findings, f)
		}
	}
	Sort(findings)
	return findings, nil
}
