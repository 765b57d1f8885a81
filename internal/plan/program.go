// Package plan runs policies by the plan that OPA made of them: statements over registers, with
// OPA's own terms and builtins.
package plan

import (
	"context"
	"slices"
	"sync/atomic"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/topdown"
	"github.com/open-policy-agent/opa/v1/topdown/cache"

	"github.com/composelint/composelint/internal/plan/code"
)

// Program is policies with their data. It may be asked by several goroutines at once.
type Program struct {
	constants constants
	functions []function
	// tables are the functions that a call chooses among, by what it chooses by.
	tables []map[string]int
	// entries are the functions that answer queries.
	entries map[string]int
	// data are the constants that hold the data, by their names below the root.
	data     map[string]int
	builtins []builtin
	// lasting are the values of the functions that depend on the data alone, undefined for those
	// that have none; nil where none was asked for yet.
	lasting []atomic.Pointer[ast.Term]
	// maxSteps is how many steps a query may take.
	maxSteps int
	// workers is how many evaluate what a query asks for, 0 for the one that asks.
	workers int
	// registers is how many the deepest chain of calls needs.
	registers int
	// compiled keeps what builtins compiled, regular expressions above all.
	compiled cache.InterQueryValueCache
}

// function is a rule of the policies: what all rules of a name are together.
type function struct {
	name string
	code string
	memo code.Memo
	// locals is how many registers it has.
	locals int
}

// builtin is one of OPA's.
type builtin struct {
	do topdown.BuiltinFunc
	// looksUp is true where it takes no longer for a large set or object, glances where it takes no
	// longer for anything large.
	looksUp, glances bool
	// readsRaw is true where it reads the keys of sets as they are, sorted or not.
	readsRaw bool
}

var (
	lookups = []string{"internal.member_2", "internal.member_3", "object.get"}
	glances = []string{"array.slice", "count"}
	rawSets = []string{"and", "intersection", "or"}
)

// steps is how many a call counts for: one, and one for each item that it may look at.
func (b builtin) steps(args []*ast.Term) int {
	steps := 1
	if b.glances {
		return steps
	}
	for _, arg := range args {
		switch v := arg.Value.(type) {
		case ast.String:
			steps += len(v) / 64
		case *ast.Array:
			steps += v.Len()
		case ast.Set, ast.Object:
			if !b.looksUp {
				steps += items(arg)
			}
		}
	}
	return steps
}

// items is how many a collection has, 0 for any other value.
func items(term *ast.Term) int {
	if collection, ok := term.Value.(interface{ Len() int }); ok {
		return collection.Len()
	}
	return 0
}

// Read returns the program that package planner stored as a text, of which it keeps hold.
func Read(text string) *Program {
	r := code.NewReader(text)
	p := &Program{constants: readConstants(r), registers: r.Count(), maxSteps: maxSteps, compiled: newCache()}
	p.builtins = make([]builtin, r.Count())
	for i := range p.builtins {
		name := r.Text()
		p.builtins[i] = builtin{do: topdown.GetBuiltin(name), looksUp: slices.Contains(lookups, name), glances: slices.Contains(glances, name), readsRaw: slices.Contains(rawSets, name)}
	}
	p.functions = make([]function, r.Count())
	p.lasting = make([]atomic.Pointer[ast.Term], len(p.functions))
	for i := range p.functions {
		p.functions[i] = function{name: r.Text(), memo: code.Memo(r.Count()), locals: r.Count(), code: r.Text()}
	}
	p.tables = make([]map[string]int, r.Count())
	for i := range p.tables {
		p.tables[i] = readTable(r)
	}
	p.entries, p.data = readTable(r), readTable(r)
	return p
}

// newCache makes a cache of regular expressions. OPA's own, where there is none, has room for a
// hundred.
func newCache() cache.InterQueryValueCache {
	return cache.NewInterQueryValueCache(context.Background(), &cache.Config{
		InterQueryBuiltinValueCache: cache.InterQueryBuiltinValueCacheConfig{MaxNumEntries: new(maxCompiled)},
	})
}

// maxCompiled is how many regular expressions are kept: those of the policies, and of users who
// write some.
const maxCompiled = 2000

// Datum is what the data have at a path below their root, which is not empty; nil where there is
// nothing.
func (p *Program) Datum(path ...string) ast.Value {
	number, ok := p.data[path[0]]
	if !ok {
		return nil
	}
	term := p.constants.term(number)
	for _, key := range path[1:] {
		if term = dot(term, ast.StringTerm(key)); term == nil {
			return nil
		}
	}
	return term.Value
}

func readTable(r *code.Reader) map[string]int {
	table := make(map[string]int)
	for range r.Count() {
		name := r.Text()
		table[name] = r.Count()
	}
	return table
}

// constants are the values that the policies name, texts and data alike, as they are stored.
// Each is made when it is asked for.
type constants struct {
	made []atomic.Pointer[ast.Term]
	// ends are the ends of the constants in the text, three bytes each.
	ends string
	text string
}

func readConstants(r *code.Reader) constants {
	c := constants{ends: r.Text(), text: r.Text()}
	c.made = make([]atomic.Pointer[ast.Term], len(c.ends)/3)
	return c
}

func (c *constants) end(i int) int {
	if i < 0 {
		return 0
	}
	return int(c.ends[3*i]) | int(c.ends[3*i+1])<<8 | int(c.ends[3*i+2])<<16
}

// term is a constant by its number.
func (c *constants) term(i int) *ast.Term {
	if term := c.made[i].Load(); term != nil {
		return term
	}
	c.made[i].CompareAndSwap(nil, ast.NewTerm(c.value(code.NewReader(c.text[c.end(i-1):c.end(i)]))))
	return c.made[i].Load()
}

func (c *constants) value(r *code.Reader) ast.Value {
	switch r.Count() {
	case code.False:
		return ast.Boolean(false)
	case code.True:
		return ast.Boolean(true)
	case code.Number:
		return ast.Number(r.Rest())
	case code.String:
		return ast.String(r.Rest())
	case code.Array:
		terms := make([]*ast.Term, r.Count())
		for i := range terms {
			terms[i] = c.term(r.Count())
		}
		return ast.NewArray(terms...)
	case code.Object:
		pairs := make([][2]*ast.Term, r.Count())
		for i := range pairs {
			pairs[i] = [2]*ast.Term{c.term(r.Count()), c.term(r.Count())}
		}
		return ast.NewObject(pairs...)
	default:
		return ast.Null{}
	}
}
