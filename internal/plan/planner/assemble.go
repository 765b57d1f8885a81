package planner

import (
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/ir"

	"github.com/composelint/composelint/internal/plan/code"
)

// assembler writes the statements of a function one after another.
type assembler struct {
	*planner
	fn *function
	// blocks are those that the next statement stands in, the innermost last.
	blocks []*block
	locals locals
	err    error
}

// block is one of OPA's, which a statement leaves that is undefined.
type block struct {
	// leaves are the words that hold the place after it.
	leaves []int
	// loop is true for the statements of a scan, which nothing leaves but to the next item.
	loop bool
	// left is true where the next statement is not reached.
	left bool
}

func (p *planner) assemble(fn *function) error {
	a := &assembler{planner: p, fn: fn}
	for i, param := range fn.Params {
		if want := ir.Local(i); i < 2 && param != want || i >= 2 && param != want+1 {
			return fmt.Errorf("the parameter %d is the local %d", i, param)
		}
	}
	fn.registers = code.Args + fn.args() + 1
	for _, b := range fn.Blocks {
		a.locals = localsOf(b, ir.Local(code.Args+fn.args()))
		fn.registers = max(fn.registers, int(a.locals.last)+1)
		a.block(b)
	}
	if len(fn.words) > code.MaxWord {
		a.refuse("%d words are more than a place can name", len(fn.words))
	}
	if fn.registers > code.Constant {
		a.refuse("%d locals are more than an operand can name", fn.registers)
	}
	fn.deepest += fn.registers
	return a.err
}

func (a *assembler) refuse(format string, args ...any) {
	if a.err == nil {
		a.err = fmt.Errorf(format, args...)
	}
}

// block writes the statements of a block, after which execution goes on whatever became of it.
func (a *assembler) block(b *ir.Block) { a.land(a.open(b, false)) }

// open writes the statements of a block, and leaves it open where they end.
func (a *assembler) open(b *ir.Block, loop bool) *block {
	current := &block{loop: loop}
	a.blocks = append(a.blocks, current)
	for _, stmt := range b.Stmts {
		if !current.left {
			a.stmt(stmt)
		}
	}
	a.blocks = a.blocks[:len(a.blocks)-1]
	return current
}

// land has what leaves a block go on here.
func (a *assembler) land(b *block) {
	for _, at := range b.leaves {
		a.fn.words[at] = len(a.fn.words)
	}
}

func (a *assembler) emit(op code.Op, operands ...int) {
	a.fn.words = append(append(a.fn.words, int(op)), operands...)
}

// leave is the operand that is the place after a block: 0 is the innermost.
func (a *assembler) leave(depth int) { a.leaveAt(len(a.fn.words)-1, depth) }

func (a *assembler) leaveAt(word, depth int) {
	for i := len(a.blocks) - 1; i >= 0; i-- {
		b := a.blocks[i]
		if depth == 0 {
			b.leaves = append(b.leaves, word)
			return
		}
		if b.loop {
			break
		}
		depth--
	}
	a.refuse("a break leaves a loop or the function")
}

// jump leaves a block; what follows in the innermost is not reached.
func (a *assembler) jump(depth int) {
	a.emit(code.Jump, 0)
	a.leave(depth)
	a.blocks[len(a.blocks)-1].left = true
}

// test writes a statement whose last operand is the place where it is undefined.
func (a *assembler) test(op code.Op, operands ...int) {
	a.emit(op, append(operands, 0)...)
	a.leave(0)
}

// stmt writes a statement.
func (a *assembler) stmt(stmt ir.Stmt) {
	switch s := stmt.(type) {
	case *ir.BlockStmt:
		for _, b := range s.Blocks {
			a.block(b)
		}
	case *ir.BreakStmt:
		a.jump(int(s.Index))
	case *ir.ReturnLocalStmt:
		if len(a.blocks) > 1 {
			a.refuse("a return stands inside of a block")
		}
		a.emit(code.Return, a.local(s.Source))
	case *ir.NotStmt:
		a.not(s)
	case *ir.ScanStmt:
		a.scan(s)
	case *ir.CallStmt:
		a.call(s)
	case *ir.CallDynamicStmt:
		a.callDynamic(s)
	case *ir.DotStmt:
		a.dot(s)
	default:
		if !a.assign(stmt) && !a.compare(stmt) && !a.build(stmt) {
			a.refuse("the statement %T is none that is run", stmt)
		}
	}
}

// not goes on where the block is undefined, and leaves the one around it where it is not.
func (a *assembler) not(s *ir.NotStmt) {
	if n := len(s.Block.Stmts); n > 0 {
		if last, ok := s.Block.Stmts[n-1].(*ir.IsDefinedStmt); ok {
			a.emit(code.ResetLocal, int(last.Source))
		}
	}
	b := a.open(s.Block, false)
	if !b.left {
		a.test(code.Jump)
	}
	a.land(b)
}

func (a *assembler) scan(s *ir.ScanStmt) {
	at := len(a.fn.words)
	a.emit(code.Scan, a.local(s.Source), int(s.Key), int(s.Value), 0)
	a.land(a.open(s.Block, true))
	a.emit(code.Next)
	a.fn.words[at+4] = len(a.fn.words)
}

// assign writes a statement that gives a local a value.
func (a *assembler) assign(stmt ir.Stmt) bool {
	switch s := stmt.(type) {
	case *ir.AssignVarStmt:
		a.assignVar(s.Target, a.operand(s.Source))
	case *ir.AssignVarOnceStmt:
		a.emit(code.AssignVarOnce, int(s.Target), a.operand(s.Source))
	case *ir.AssignIntStmt:
		a.assignVar(s.Target, a.constant(ast.Number(fmt.Sprint(s.Value))))
	case *ir.MakeNumberIntStmt:
		a.assignVar(s.Target, a.constant(ast.Number(fmt.Sprint(s.Value))))
	case *ir.MakeNumberRefStmt:
		a.assignVar(s.Target, a.constant(ast.Number(a.text(s.Index))))
	case *ir.MakeNullStmt:
		a.assignVar(s.Target, a.constant(ast.Null{}))
	case *ir.ResetLocalStmt:
		a.emit(code.ResetLocal, int(s.Target))
	case *ir.LenStmt:
		a.emit(code.Len, int(s.Target), a.operand(s.Source))
	default:
		return false
	}
	return true
}

// assignVar gives a local a value, or has it be another name of that value.
func (a *assembler) assignVar(target ir.Local, value int) {
	if a.locals.once(target) && a.steady(value) {
		a.locals.values[target] = value
		return
	}
	a.emit(code.AssignVar, int(target), value)
}

// compare writes a statement that is undefined unless something holds.
func (a *assembler) compare(stmt ir.Stmt) bool {
	switch s := stmt.(type) {
	case *ir.EqualStmt:
		a.test(code.Equal, a.operand(s.A), a.operand(s.B))
	case *ir.NotEqualStmt:
		a.test(code.NotEqual, a.operand(s.A), a.operand(s.B))
	case *ir.IsArrayStmt:
		a.test(code.IsArray, a.operand(s.Source))
	case *ir.IsObjectStmt:
		a.test(code.IsObject, a.operand(s.Source))
	case *ir.IsSetStmt:
		a.test(code.IsSet, a.operand(s.Source))
	case *ir.IsDefinedStmt:
		a.test(code.IsDefined, a.local(s.Source))
	case *ir.IsUndefinedStmt:
		a.test(code.IsUndefined, a.local(s.Source))
	default:
		return false
	}
	return true
}

// build writes a statement that makes a collection or adds to one.
func (a *assembler) build(stmt ir.Stmt) bool {
	switch s := stmt.(type) {
	case *ir.MakeArrayStmt:
		a.emit(code.MakeArray, int(s.Target))
	case *ir.MakeObjectStmt:
		a.emit(code.MakeObject, int(s.Target))
	case *ir.MakeSetStmt:
		a.emit(code.MakeSet, int(s.Target))
	case *ir.ArrayAppendStmt:
		a.emit(code.ArrayAppend, a.local(s.Array), a.operand(s.Value))
	case *ir.ObjectInsertStmt:
		a.emit(code.ObjectInsert, a.local(s.Object), a.operand(s.Key), a.operand(s.Value))
	case *ir.ObjectInsertOnceStmt:
		a.emit(code.ObjectInsertOnce, a.local(s.Object), a.operand(s.Key), a.operand(s.Value))
	case *ir.SetAddStmt:
		a.emit(code.SetAdd, a.local(s.Set), a.operand(s.Value))
	default:
		return false
	}
	return true
}

// dot writes the look at a key; one at a path of the data is a constant.
func (a *assembler) dot(s *ir.DotStmt) {
	source, ok := valueOf(s.Source).(ir.Local)
	if !ok {
		a.jump(0)
		return
	}
	path, ok := a.locals.pathOf(source)
	key, named := valueOf(s.Key).(ir.StringIndex)
	if !ok || !named {
		a.test(code.Dot, int(s.Target), a.local(source), a.operand(s.Key))
		return
	}
	path = append(path[:len(path):len(path)], a.text(int(key)))
	switch {
	case a.lookup(path) == nil:
		a.jump(0)
	case a.locals.once(s.Target):
		a.locals.paths[s.Target] = path
	default:
		a.emit(code.AssignVar, int(s.Target), code.Constant|a.datum(path))
	}
}
