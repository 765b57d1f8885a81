package planner

import (
	"reflect"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/ir"

	"github.com/composelint/composelint/internal/plan/code"
)

// locals is what is known of the locals of a block that is a rule. Another rule of the function has
// the same ones for other things, but for those up to shared: the arguments and the results.
type locals struct {
	shared ir.Local
	// written is how many statements write to each, tested whether one asks if it is defined.
	written map[ir.Local]int
	tested  map[ir.Local]bool
	last    ir.Local
	// paths are those of the data that locals stand for, values the words of those that they
	// are another name of: they need no register.
	paths  map[ir.Local][]string
	values map[ir.Local]int
}

// once is true for a local that one statement writes, and that is asked for only after it.
func (l locals) once(local ir.Local) bool {
	return local > l.shared && l.written[local] == 1 && !l.tested[local]
}

// pathOf is the path of the data that a local stands for.
func (l locals) pathOf(local ir.Local) ([]string, bool) {
	if local == ir.Data {
		return nil, true
	}
	path, ok := l.paths[local]
	return path, ok
}

// operand is the word of an operand.
func (a *assembler) operand(o ir.Operand) int {
	switch v := valueOf(o).(type) {
	case ir.Local:
		return a.local(v)
	case ir.StringIndex:
		return a.constant(ast.String(a.text(int(v))))
	case ir.Bool:
		return a.constant(ast.Boolean(v))
	}
	a.refuse("the operand %v is neither a local nor a constant", o)
	return 0
}

// valueOf is what an operand is: package ir reads pointers, and makes none itself.
func valueOf(o ir.Operand) ir.Val {
	switch v := o.Value.(type) {
	case *ir.Local:
		return *v
	case *ir.StringIndex:
		return *v
	case *ir.Bool:
		return *v
	}
	return o.Value
}

// local is the word of a local: what it stands for, or its register.
func (a *assembler) local(local ir.Local) int {
	if path, ok := a.locals.pathOf(local); ok {
		if len(path) == 0 {
			a.refuse("a statement asks for the data as a whole")
			return 0
		}
		return code.Constant | a.datum(path)
	}
	if local == ir.Input {
		a.fn.asksInput = true
	}
	if value, ok := a.locals.values[local]; ok {
		return value
	}
	return int(local)
}

// steady is true for a word that is the same value wherever a statement has it: a constant, the
// input, an argument, or a local that is written once.
func (a *assembler) steady(value int) bool {
	local := ir.Local(value)
	argument := local >= code.Args && local < a.locals.shared && a.locals.written[local] == 0
	return value&code.Constant != 0 || local == ir.Input || argument || a.locals.once(local)
}

func (a *assembler) constant(v ast.Value) int {
	return code.Constant | a.constants.number(v.String(), v)
}

func (a *assembler) text(index int) string { return a.policy.Static.Strings[index].Value }

// call writes the call of a function, or of a builtin.
func (a *assembler) call(s *ir.CallStmt) {
	op, number, args := code.CallBuiltin, 0, s.Args
	if called, ok := a.numbers[s.Func]; ok {
		op, number, args = code.Call, called, s.Args[2:]
		if valueOf(s.Args[0]) != ir.Input || valueOf(s.Args[1]) != ir.Data {
			a.refuse("%s is called with another input or other data", s.Func)
		}
		a.fn.calls = append(a.fn.calls, called)
	} else if number, ok = a.builtins[s.Func]; !ok {
		number = len(a.builtins)
		a.builtins[s.Func] = number
		a.checkBuiltin(s.Func)
	}
	words := []int{int(s.Result), number, 0, len(args)}
	for _, arg := range args {
		words = append(words, a.operand(arg))
	}
	a.fn.deepest = max(a.fn.deepest, len(args))
	at := len(a.fn.words)
	a.emit(op, words...)
	a.leaveAt(at+3, 0)
}

// checkBuiltin refuses a builtin that OPA does not know, one that has several values or none, and
// one that may answer otherwise the next time.
func (a *assembler) checkBuiltin(name string) {
	b := ast.BuiltinMap[name]
	if b == nil || b.Relation || b.Decl.Result() == nil || b.Nondeterministic {
		a.refuse("the builtin %s is none that is called", name)
	}
}

// callDynamic writes the call of one of the functions that differ in one part of their path, by
// that part.
func (a *assembler) callDynamic(s *ir.CallDynamicStmt) {
	table, name := map[string]int{}, -1
	for i, part := range s.Path {
		if _, ok := valueOf(part).(ir.Local); ok && name < 0 {
			name = i
		} else if ok {
			a.refuse("a call depends on two values")
		}
	}
	for number, fn := range a.functions {
		if fn.args() == 0 && a.matches(fn.Path, s.Path, name) {
			table[fn.Path[name]] = number
			a.fn.calls = append(a.fn.calls, number)
		}
	}
	a.tables = append(a.tables, table)
	at := len(a.fn.words)
	a.emit(code.CallDynamic, int(s.Result), len(a.tables)-1, a.operand(s.Path[name]), 0, 0)
	a.leaveAt(at+4, 0)
	a.leaveAt(at+5, 3) // as OPA's compiler for WebAssembly has it
}

func (a *assembler) matches(path []string, parts []ir.Operand, name int) bool {
	if len(path) != len(parts) {
		return false
	}
	for i, part := range parts {
		if text, ok := valueOf(part).(ir.StringIndex); i != name && (!ok || a.text(int(text)) != path[i]) {
			return false
		}
	}
	return true
}

// localsOf counts what is written and tested.
func localsOf(b *ir.Block, shared ir.Local) locals {
	l := locals{
		shared: shared, written: map[ir.Local]int{}, tested: map[ir.Local]bool{},
		paths: map[ir.Local][]string{}, values: map[ir.Local]int{},
	}
	l.blocks([]*ir.Block{b})
	return l
}

func (l *locals) write(targets ...ir.Local) {
	for _, target := range targets {
		l.written[target]++
		l.last = max(l.last, target)
	}
}

func (l *locals) blocks(blocks []*ir.Block) {
	for _, b := range blocks {
		for _, stmt := range b.Stmts {
			l.stmt(stmt)
		}
	}
}

func (l *locals) stmt(stmt ir.Stmt) {
	switch s := stmt.(type) {
	case *ir.BlockStmt:
		l.blocks(s.Blocks)
	case *ir.NotStmt:
		l.blocks([]*ir.Block{s.Block})
	case *ir.ScanStmt:
		l.write(s.Key, s.Value)
		l.blocks([]*ir.Block{s.Block})
	case *ir.IsDefinedStmt:
		l.tested[s.Source] = true
	case *ir.IsUndefinedStmt:
		l.tested[s.Source] = true
	case *ir.CallStmt:
		l.write(s.Result)
	case *ir.CallDynamicStmt:
		l.write(s.Result)
	default:
		if target, ok := targetOf(stmt); ok {
			l.write(target)
		}
	}
}

// targetOf is the local that a statement gives a value: all have one name for it.
func targetOf(stmt ir.Stmt) (ir.Local, bool) {
	target := reflect.ValueOf(stmt).Elem().FieldByName("Target")
	if !target.IsValid() {
		return 0, false
	}
	return target.Interface().(ir.Local), true
}
