// Package planner has OPA plan policies, and stores the plan for package plan. No program needs it
// that only runs them.
package planner

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"
	"github.com/open-policy-agent/opa/v1/compile"
	"github.com/open-policy-agent/opa/v1/ir"

	"github.com/composelint/composelint/internal/plan/code"
)

// Policies are what is planned.
type Policies struct {
	Modules map[string]*ast.Module
	// Data is what they see below the document data.Root.
	Data map[string]any
	Root string
	// Queries are the rules that are asked for, such as data.composelint.findings.
	Queries []string
	// Builtins are those that the policies may call.
	Builtins *ast.Capabilities
}

// Plan plans policies, and stores the plan as plan.Read reads it. It refuses what package plan
// does not do.
func Plan(ctx context.Context, policies Policies) ([]byte, error) {
	if err := sameDepth(policies.Modules); err != nil {
		return nil, fmt.Errorf("could not plan the policies: %w", err)
	}
	policy, err := planned(ctx, policies)
	if err != nil {
		return nil, fmt.Errorf("could not plan the policies: %w", err)
	}
	data, err := ast.InterfaceToValue(map[string]any{policies.Root: policies.Data})
	if err != nil {
		return nil, err
	}
	p := &planner{policy: policy, constants: newConstants(), data: data, numbers: map[string]int{}, builtins: map[string]int{}}
	text, err := p.plan(policies)
	if err != nil {
		return nil, fmt.Errorf("could not store the plan of the policies: %w", err)
	}
	return text, nil
}

// sameDepth refuses rules of which one makes a value and another adds to what stands in it, such as
// p[x] := v and p[x][y] := w: OPA plans the longer heads first, and order does not.
func sameDepth(modules map[string]*ast.Module) error {
	var heads []ast.Ref
	for _, name := range slices.Sorted(maps.Keys(modules)) {
		for _, rule := range modules[name].Rules {
			heads = append(heads, modules[name].Package.Path.Extend(rule.Head.Ref()))
		}
	}
	byRule := map[string][]ast.Ref{}
	for _, head := range heads {
		prefix := head.ConstantPrefix().String()
		byRule[prefix] = append(byRule[prefix], head)
	}
	for _, head := range heads {
		prefix := head.ConstantPrefix()
		for n := range len(prefix) + 1 {
			for _, other := range byRule[prefix[:n].String()] {
				if len(other) != len(head) && len(other) > n {
					return fmt.Errorf("%s and %s stand in each other: make them one rule", other, head)
				}
			}
		}
	}
	return nil
}

// planned is OPA's plan, for which data need not be there.
func planned(ctx context.Context, policies Policies) (*ir.Policy, error) {
	b := &bundle.Bundle{Data: map[string]any{}}
	for _, name := range slices.Sorted(maps.Keys(policies.Modules)) {
		b.Modules = append(b.Modules, bundle.ModuleFile{URL: name, Path: name, Parsed: policies.Modules[name]})
	}
	c := compile.New().WithTarget(compile.TargetPlan).WithBundle(b).WithCapabilities(policies.Builtins)
	for _, query := range policies.Queries {
		c.WithEntrypoints(strings.ReplaceAll(strings.TrimPrefix(query, "data."), ".", "/"))
	}
	if err := c.Build(ctx); err != nil {
		return nil, err
	}
	var policy ir.Policy
	err := json.Unmarshal(c.Bundle().PlanModules[0].Raw, &policy)
	return &policy, err
}

// planner stores the functions of a plan.
type planner struct {
	policy    *ir.Policy
	constants *constants
	data      ast.Value
	// numbers are those of the functions, builtins those of the builtins that are called.
	numbers, builtins map[string]int
	functions         []*function
	tables            []map[string]int
}

// function is one as it is stored.
type function struct {
	*ir.Func
	name  string
	words []int
	// registers is how many it has, deepest how many it needs with those that it calls.
	registers, deepest int
	asksInput          bool
	calls              []int
}

func (p *planner) plan(policies Policies) ([]byte, error) {
	// OPA finds the rules of a package in another order each time.
	slices.SortFunc(p.policy.Funcs.Funcs, func(a, b *ir.Func) int { return strings.Compare(a.Name, b.Name) })
	for i, fn := range p.policy.Funcs.Funcs {
		p.numbers[fn.Name] = i
		_, name, _ := strings.Cut(fn.Name, ".")
		p.order(fn.Blocks)
		p.functions = append(p.functions, &function{Func: fn, name: name})
	}
	for _, fn := range p.functions {
		if err := p.assemble(fn); err != nil {
			return nil, fmt.Errorf("%s: %w", fn.name, err)
		}
	}
	entries := map[string]int{}
	for _, query := range policies.Queries {
		number, ok := p.numbers["g0."+query]
		if !ok {
			return nil, fmt.Errorf("the query %q is no rule", query)
		}
		entries[query] = number
	}
	named := map[string]int{}
	for _, name := range slices.Sorted(maps.Keys(policies.Data)) {
		named[name] = p.datum([]string{policies.Root, name})
	}
	p.follow()
	return p.stored(entries, named)
}

// order puts rules that make an object together, each a block, into the order in which they stand
// in their files: OPA plans those of one depth in another order each time.
func (p *planner) order(blocks []*ir.Block) {
	for len(blocks) > 0 {
		n := 0
		for n < len(blocks) && isRule(blocks[n]) {
			n++
		}
		slices.SortStableFunc(blocks[:n], func(a, b *ir.Block) int {
			x, y := a.Stmts[0].GetLocation(), b.Stmts[0].GetLocation()
			return cmp.Or(strings.Compare(p.file(x), p.file(y)), x.Row-y.Row)
		})
		blocks = blocks[max(n, 1):]
	}
}

func (p *planner) file(of *ir.Location) string { return p.policy.Static.Files[of.File].Value }

// isRule is true for a block that is a rule: it begins by forgetting the result of the one before.
func isRule(b *ir.Block) bool {
	if len(b.Stmts) == 0 {
		return false
	}
	_, ok := b.Stmts[0].(*ir.ResetLocalStmt)
	return ok
}

// follow adds to each function what those that it calls need: registers, and the input.
func (p *planner) follow() {
	done := make([]bool, len(p.functions))
	var visit func(i int) *function
	visit = func(i int) *function {
		fn := p.functions[i]
		if done[i] {
			return fn
		}
		done[i] = true
		below := 0
		for _, called := range fn.calls {
			other := visit(called)
			below = max(below, other.deepest)
			fn.asksInput = fn.asksInput || other.asksInput
		}
		fn.deepest += below
		return fn
	}
	for i := range p.functions {
		visit(i)
	}
}

func (fn *function) args() int { return len(fn.Params) - 2 }

func (fn *function) memo() code.Memo {
	switch {
	case fn.args() > 0:
		return code.Never
	case fn.asksInput:
		return code.ForEvaluation
	}
	return code.ForProgram
}

// stored is everything in the order in which it is read.
func (p *planner) stored(entries, data map[string]int) ([]byte, error) {
	w := &code.Writer{}
	if err := p.constants.store(w); err != nil {
		return nil, err
	}
	deepest := 0
	for _, fn := range p.functions {
		deepest = max(deepest, fn.deepest)
	}
	w.Count(deepest)
	w.Count(len(p.builtins))
	for _, name := range slices.SortedFunc(maps.Keys(p.builtins), func(a, b string) int { return p.builtins[a] - p.builtins[b] }) {
		w.Text(name)
	}
	w.Count(len(p.functions))
	for _, fn := range p.functions {
		w.Text(fn.name)
		w.Count(int(fn.memo()))
		w.Count(fn.registers)
		w.Words(fn.words)
	}
	w.Count(len(p.tables))
	for _, table := range p.tables {
		storeTable(w, table)
	}
	storeTable(w, entries)
	storeTable(w, data)
	return w.Bytes, nil
}

func storeTable(w *code.Writer, table map[string]int) {
	w.Count(len(table))
	for _, name := range slices.Sorted(maps.Keys(table)) {
		w.Text(name)
		w.Count(table[name])
	}
}
