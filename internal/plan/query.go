package plan

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/metrics"
	"github.com/open-policy-agent/opa/v1/topdown"

	"github.com/composelint/composelint/internal/parallel"
	"github.com/composelint/composelint/internal/plan/code"
)

// Query asks for the value of a rule that the program was planned for, such as
// data.composelint.findings; nil where it is undefined. The input may be nil. The errors are those
// of topdown: conflicts, the end of the context, builtins that halt.
//
// What it will choose functions by can be named: where the input is large, they are evaluated ahead,
// side by side.
func (p *Program) Query(ctx context.Context, rule string, input ast.Value, ahead ...string) (ast.Value, error) {
	entry, ok := p.entries[rule]
	if !ok {
		return nil, fmt.Errorf("the policies were not planned for the query %q", rule)
	}
	if ctx.Err() != nil {
		return nil, errCancelled
	}
	q := p.question(ctx, input)
	defer context.AfterFunc(ctx, q.builtin.Cancel.Cancel)()
	if p.workers > 1 {
		q.askAhead(ahead)
	}
	result, err := q.evaluation().ask(entry, nil)
	if err == nil {
		err = q.exhausted()
	}
	if err != nil || result == nil {
		return nil, err
	}
	return result.Value, nil
}

// question is a query while it is evaluated, by one worker or by several.
type question struct {
	*Program
	input *ast.Term
	// values are those of the functions without arguments that depend on the input.
	values []value
	// taken are the steps that its workers took, or took in advance.
	taken atomic.Int64
	// evaluations are those of its workers.
	evaluations []*evaluation
	// builtin is what builtins get.
	builtin topdown.BuiltinContext
}

// value is that of a function, made by the worker that first asks for it: the others wait. Rego has
// no recursion, so that no two of them wait for each other.
type value struct {
	once sync.Once
	term *ast.Term
	err  error
}

func (p *Program) question(ctx context.Context, input ast.Value) *question {
	q := &question{
		Program: p, values: make([]value, len(p.functions)),
		builtin: topdown.BuiltinContext{
			Context: ctx, Cancel: topdown.NewCancel(), Metrics: metrics.NoOp(),
			InterQueryBuiltinValueCache: p.compiled,
		},
	}
	if input != nil {
		q.input = ast.NewTerm(input)
	}
	return q
}

// askAhead evaluates side by side the functions that calls choose by some names. An error is that of
// whoever asks for the value.
func (q *question) askAhead(names []string) {
	var chosen []int
	for _, table := range q.tables {
		for _, name := range names {
			if number, ok := table[name]; ok && !slices.Contains(chosen, number) {
				chosen = append(chosen, number)
			}
		}
	}
	parallel.Do(q.workers, len(chosen), func() func(int) {
		e := q.evaluation()
		return func(i int) { _, _ = e.ask(chosen[i], nil) }
	})
}

// evaluation is the work of one worker on a question.
type evaluation struct {
	*question
	// steps is how many more it may take before it takes more of those of the question.
	steps int
	// free are the registers that no function has.
	free []*ast.Term
	// output is what a builtin returned, and out takes it from there.
	output *ast.Term
	out    func(*ast.Term) error
}

func (q *question) evaluation() *evaluation {
	e := &evaluation{question: q, free: make([]*ast.Term, q.registers)}
	e.out = func(term *ast.Term) error {
		e.output = term
		return nil
	}
	q.evaluations = append(q.evaluations, e)
	return e
}

// For is the program for an input that so many bytes of files make. A project of thousands of services
// takes more steps for each; what takes as many of little is meant to. Where it is large, several
// workers pay.
func (p *Program) For(bytes int) *Program {
	larger := *p
	larger.maxSteps += stepsPerByte * max(0, bytes-ordinary)
	if bytes > small {
		larger.workers = min(2*parallel.Processors(), maxWorkers)
	}
	return &larger
}

// Beyond an ordinary size each byte of the files brings so many steps more: twice what
// 5,000 services of two and a half megabytes take.
const (
	ordinary     = 1_000_000
	stepsPerByte = 20
)

// Beyond a small size a query has several workers, two for each processor, since they wait for each
// other.
const (
	small      = 50_000
	maxWorkers = 16
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
		return e.takeSteps()
	}
	return nil
}

// advance is how many steps a worker takes at once.
const advance = 1000

// takeSteps takes more of the steps of the question. What all workers have in advance may be beyond
// the limit: how many steps they take in all is known in the end, and the same in each run.
func (e *evaluation) takeSteps() error {
	more := advance - e.steps
	e.steps += more
	if int(e.taken.Add(int64(more))) > e.maxSteps+advance*maxWorkers {
		return e.tooMany()
	}
	return nil
}

// exhausted is an error where all workers together took more steps than they may.
func (q *question) exhausted() error {
	taken := int(q.taken.Load())
	for _, e := range q.evaluations {
		taken -= e.steps
	}
	if taken > q.maxSteps {
		return q.tooMany()
	}
	return nil
}

func (q *question) tooMany() error {
	return fmt.Errorf("it takes more than the limit of %d steps", q.maxSteps)
}

// ask is the value of a function, nil where it is undefined, from memory where it is known.
func (e *evaluation) ask(number int, args []*ast.Term) (*ast.Term, error) {
	fn := &e.functions[number]
	switch fn.memo {
	case code.ForEvaluation:
		v := &e.values[number]
		v.once.Do(func() { v.term, v.err = e.evaluate(fn, nil) })
		return v.term, v.err
	case code.ForProgram:
		return e.askLasting(number)
	}
	return e.evaluate(fn, args)
}

// undefined is kept as the value of a function that has none.
var undefined = &ast.Term{}

// askLasting is the value of a function that depends on the data alone. Which query is the first to
// ask is chance: it pays nothing.
func (e *evaluation) askLasting(number int) (*ast.Term, error) {
	known := e.lasting[number].Load()
	if known == nil {
		left := e.steps
		e.steps = e.maxSteps
		result, err := e.evaluate(&e.functions[number], nil)
		e.steps = left
		if err != nil {
			return nil, err
		}
		if known = result; known == nil {
			known = undefined
		}
		e.lasting[number].CompareAndSwap(nil, known)
		known = e.lasting[number].Load()
	}
	if known == undefined {
		return nil, nil
	}
	return known, nil
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
	if builtin.readsRaw {
		sort(args)
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

// sort sorts sets, and sets of sets. OPA does so when one is first walked, one goroutine while others
// wait; but some builtins read sets as they are, which must not happen while another goroutine sorts
// them.
func sort(terms []*ast.Term) {
	for _, term := range terms {
		if set, ok := term.Value.(ast.Set); ok {
			sort(set.Slice())
		}
	}
}
