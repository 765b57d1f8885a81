package planner

import (
	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/ir"

	"github.com/composelint/composelint/internal/plan/code"
)

// collection is one that is made at once, when all that is in it is known.
type collection struct {
	made ir.Stmt
	// words are what is in it, and left is how many statements are to add more.
	words []int
	left  int
}

// collect puts off the making of a collection until the last statement that adds to it. That can
// be done where all of them follow in the block, and what they add stays what it is.
func (a *assembler) collect(stmts []ir.Stmt) bool {
	target, ok := madeBy(stmts[0])
	if !ok || !a.locals.once(target) {
		return false
	}
	c := &collection{made: stmts[0]}
	for _, stmt := range stmts[1:] {
		to, operands := addedBy(stmt)
		if to != target {
			continue
		}
		for _, o := range operands {
			if local, ok := valueOf(o).(ir.Local); ok && !a.locals.once(local) && !a.steady(int(local)) {
				return false
			}
		}
		c.left++
	}
	if c.left != a.locals.added[target] {
		return false
	}
	a.locals.collections[target] = c
	a.finish(target, c)
	return true
}

// add adds to a collection that is put off.
func (a *assembler) add(stmt ir.Stmt) bool {
	to, operands := addedBy(stmt)
	c := a.locals.collections[to]
	if c == nil {
		return false
	}
	for _, o := range operands {
		c.words = append(c.words, a.operand(o))
	}
	c.left--
	a.finish(to, c)
	return true
}

// finish makes a collection that is complete: a constant of constants.
func (a *assembler) finish(target ir.Local, c *collection) {
	if c.left > 0 {
		return
	}
	var parts []*ast.Term
	for _, word := range c.words {
		if word&code.Constant != 0 {
			parts = append(parts, ast.NewTerm(a.constants.values[word&^code.Constant]))
		}
	}
	if len(parts) == len(c.words) {
		a.locals.values[target] = a.constant(c.value(parts))
		return
	}
	a.emit(c.op(), append([]int{int(target), len(c.words)}, c.words...)...)
}

func (c *collection) value(parts []*ast.Term) ast.Value {
	switch c.op() {
	case code.MakeArray:
		return ast.NewArray(parts...)
	case code.MakeSet:
		return ast.NewSet(parts...)
	}
	object := ast.NewObject()
	for i := 0; i < len(parts); i += 2 {
		object.Insert(parts[i], parts[i+1])
	}
	return object
}

func (c *collection) op() code.Op {
	switch c.made.(type) {
	case *ir.MakeArrayStmt:
		return code.MakeArray
	case *ir.MakeSetStmt:
		return code.MakeSet
	}
	return code.MakeObject
}

// madeBy is the local of the collection that a statement makes.
func madeBy(stmt ir.Stmt) (ir.Local, bool) {
	switch stmt.(type) {
	case *ir.MakeArrayStmt, *ir.MakeObjectStmt, *ir.MakeSetStmt:
		return targetOf(stmt)
	}
	return 0, false
}

// addedBy is the local of the collection that a statement adds to, and what it adds. One that may
// fail to add is another matter.
func addedBy(stmt ir.Stmt) (ir.Local, []ir.Operand) {
	switch s := stmt.(type) {
	case *ir.ArrayAppendStmt:
		return s.Array, []ir.Operand{s.Value}
	case *ir.SetAddStmt:
		return s.Set, []ir.Operand{s.Value}
	case *ir.ObjectInsertStmt:
		return s.Object, []ir.Operand{s.Key, s.Value}
	}
	return 0, nil
}
