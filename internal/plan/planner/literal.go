package planner

import (
	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/ir"

	"github.com/composelint/composelint/internal/plan/code"
)

// literal makes a constant of the collection that the first statements make of constants alone, and
// returns how many they are; 0 where they make none.
func (a *assembler) literal(stmts []ir.Stmt) int {
	target, ok := madeBy(stmts[0])
	if !ok || !a.locals.once(target) {
		return 0
	}
	var parts []*ast.Term
	n := 1
	for added := 0; added < a.locals.added[target]; {
		if n == len(stmts) {
			return 0
		}
		if nested := a.literal(stmts[n:]); nested > 0 {
			n += nested
			continue
		}
		if to, operands := addedBy(stmts[n]); to == target && operands != nil {
			for _, o := range operands {
				word := a.operand(o)
				if word&code.Constant == 0 {
					return 0
				}
				parts = append(parts, ast.NewTerm(a.constants.values[word&^code.Constant]))
			}
			added++
		} else if target, ok := targetOf(stmts[n]); !ok || !isScalar(stmts[n]) || !a.locals.once(target) {
			return 0
		} else {
			a.assign(stmts[n])
		}
		n++
	}
	a.locals.values[target] = a.constant(collection(stmts[0], parts))
	return n
}

// collection is what a statement makes when it is complete.
func collection(made ir.Stmt, parts []*ast.Term) ast.Value {
	switch made.(type) {
	case *ir.MakeArrayStmt:
		return ast.NewArray(parts...)
	case *ir.MakeSetStmt:
		return ast.NewSet(parts...)
	}
	object := ast.NewObject()
	for i := 0; i < len(parts); i += 2 {
		object.Insert(parts[i], parts[i+1])
	}
	return object
}

// isScalar is true for a statement that gives a local a constant.
func isScalar(stmt ir.Stmt) bool {
	switch stmt.(type) {
	case *ir.MakeNullStmt, *ir.MakeNumberIntStmt, *ir.MakeNumberRefStmt, *ir.AssignIntStmt:
		return true
	}
	return false
}

// madeBy is the local of the collection that a statement begins.
func madeBy(stmt ir.Stmt) (ir.Local, bool) {
	switch stmt.(type) {
	case *ir.MakeArrayStmt, *ir.MakeObjectStmt, *ir.MakeSetStmt:
		return targetOf(stmt)
	}
	return 0, false
}

// addedBy is the local of the collection that a statement adds to, and what it adds; nil for a
// statement that adds only under a condition.
func addedBy(stmt ir.Stmt) (ir.Local, []ir.Operand) {
	switch s := stmt.(type) {
	case *ir.ArrayAppendStmt:
		return s.Array, []ir.Operand{s.Value}
	case *ir.SetAddStmt:
		return s.Set, []ir.Operand{s.Value}
	case *ir.ObjectInsertStmt:
		return s.Object, []ir.Operand{s.Key, s.Value}
	case *ir.ObjectInsertOnceStmt:
		return s.Object, nil
	}
	return 0, nil
}
