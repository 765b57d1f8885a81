package plan

import (
	"context"
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/metrics"
	"github.com/open-policy-agent/opa/v1/topdown"

	"github.com/composelint/composelint/internal/plan/code"
)

// Query asks for the value of a rule that the program was planned for, such as
// data.composelint.findings; nil where it is undefined. The input may be nil. The errors are those
// of topdown: conflicts, the end of the context, builtins that halt.
func (p *Program) Query(ctx context.Context, rule string, input ast.Value) (ast.Value, error) {
	entry, ok := p.entries[rule]
	if !ok {
		return nil, fmt.Errorf("the policies were not planned for the query %q", rule)
	}
	if ctx.Err() != nil {
		return nil, errCancelled
	}
	e := p.evaluation(ctx)
	defer context.AfterFunc(ctx, e.builtin.Cancel.Cancel)()
	if input != nil {
		e.input = ast.NewTerm(input)
	}
	result, err := e.ask(entry, nil)
	if err != nil || result == nil {
		return nil, err
	}
	return result.Value, nil
}

// evaluation is that of a query.
type evaluation struct {
	*Program
	input *ast.Term
	// values are those of the functions without arguments: nil where none was asked for yet, and
	// undefined where there is none.
	values []*ast.Term
	// steps is how many more it may take.
	steps int
	// free are the registers that no function has.
	free []*ast.Term
	// builtin is what builtins get.
	builtin topdown.BuiltinContext
	// output is what a builtin returned, and out takes it from there.
	output *ast.Term
	out    func(*ast.Term) error
}

// undefined is kept as the value of a function that has none.
var undefined = &ast.Term{}

func (p *Program) evaluation(ctx context.Context) *evaluation {
	e := &evaluation{
		Program: p, steps: p.maxSteps, values: make([]*ast.Term, len(p.functions)), free: make([]*ast.Term, p.registers),
		builtin: topdown.BuiltinContext{
			Context: ctx, Cancel: topdown.NewCancel(), Metrics: metrics.NoOp(),
			InterQueryBuiltinValueCache: p.compiled,
		},
	}
	e.out = func(term *ast.Term) error {
		e.output = term
		return nil
	}
	return e
}

// For is the program for an input that so many bytes of files make. A project of thousands of services
// takes more steps for each; what takes as many of little is meant to.
func (p *Program) For(bytes int) *Program {
	larger := *p
	larger.maxSteps += stepsPerByte * max(0, bytes-ordinary)
	return &larger
}

// Beyond an ordinary size each byte of the files brings so many steps more: twice what
// 5,000 services of two and a half megabytes take.
const (
	ordinary     = 1_000_000
	stepsPerByte = 20
)

// maxSteps is how many steps a query may take at least: items that are looked at, and calls of
// builtins, each with the sizes of the collections that it gets and makes. What it keeps of that
// takes about seventy bytes a step, so that this bounds the memory, too. Other than a limit of time
// it is the same on each machine.
const maxSteps = 12_000_000

// step counts steps, and is an error where they are too many or nobody waits for the result any more.
func (e *evaluation) step(n int) error {
	if e.builtin.Cancel.Cancelled() {
		return errCancelled
	}
	if e.steps -= n; e.steps < 0 {
		return fmt.Errorf("it takes more than the limit of %d steps", e.maxSteps)
	}
	return nil
}

// ask is the value of a function, nil where it is undefined, from memory where it is known.
func (e *evaluation) ask(number int, args []*ast.Term) (*ast.Term, error) {
	var known *ast.Term
	memo := e.functions[number].memo
	switch memo {
	case code.ForEvaluation:
		known = e.values[number]
	case code.ForProgram:
		known = e.lasting[number].Load()
	}
	if known == nil {
		left := e.steps
		if memo == code.ForProgram {
			e.steps = e.maxSteps // which query is the first to ask is chance: it pays nothing
		}
		result, err := e.evaluate(&e.functions[number], args)
		if err != nil || memo == code.Never {
			return result, err
		}
		known = result
		if result == nil {
			known = undefined
		}
		if memo == code.ForEvaluation {
			e.values[number] = known
			return result, nil
		}
		e.steps = left
		settle(known.Value)
		if !e.lasting[number].CompareAndSwap(nil, known) {
			known = e.lasting[number].Load()
		}
	}
	if known == undefined {
		return nil, nil
	}
	return known, nil
}

// settle sorts the sets and objects in a value that other evaluations will share: OPA sorts them
// when they are first walked, which must not happen while another one reads them. Constants are
// stored in order.
func settle(v ast.Value) {
	switch v := v.(type) {
	case *ast.Array:
		v.Foreach(func(item *ast.Term) { settle(item.Value) })
	case ast.Set:
		v.Foreach(func(element *ast.Term) { settle(element.Value) })
	case ast.Object:
		v.Foreach(func(key, value *ast.Term) {
			settle(key.Value)
			settle(value.Value)
		})
	}
}

// evaluate runs a function. Rego has no recursion, so that the registers suffice.
func (e *evaluation) evaluate(fn *function, args []*ast.Term) (*ast.Term, error) {
	free := e.free
	f := frame{evaluation: e, function: fn, registers: free[:fn.locals]}
	e.free = free[fn.locals:]
	f.registers[code.Input] = e.input
	copy(f.registers[code.Args:], args)
	err := f.run(0)
	result := f.result
	clear(f.registers)
	e.free = free
	return result, err
}

var errCancelled = &topdown.Error{Code: topdown.CancelErr, Message: "caller cancelled query execution"}

// call is the value of a builtin, nil where it has none: that of an error is undefined, as it is
// to topdown.
func (e *evaluation) call(builtin builtin, args []*ast.Term) (*ast.Term, error) {
	if err := e.step(builtin.steps(args)); err != nil {
		return nil, err
	}
	e.output = nil
	err := builtin.do(e.builtin, args, e.out)
	if halt, ok := err.(topdown.Halt); ok {
		return nil, halt.Err
	}
	if err != nil || e.output == nil {
		return nil, nil
	}
	return e.output, e.step(items(e.output)) // a call may put together what lies within its arguments
}
