package plan

import (
	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/topdown"

	"github.com/composelint/composelint/internal/plan/code"
)

// frame is a function while it is evaluated.
type frame struct {
	*evaluation
	*function
	// registers are its locals, nil where they are undefined.
	registers []*ast.Term
	result    *ast.Term
	// grown are the objects in which something grew, so that their hash is that of what they were.
	grown map[*ast.Term]bool
}

func (f *frame) word(at int) int { return code.Word(f.code, at) }

// value is that of the operand at a place, nil where it is undefined.
func (f *frame) value(at int) *ast.Term {
	operand := f.word(at)
	if operand&code.Constant != 0 {
		return f.constants.term(operand &^ code.Constant)
	}
	return f.registers[operand]
}

// set defines the local at a place.
func (f *frame) set(at int, value *ast.Term) { f.registers[f.word(at)] = value }

// run executes the statements from a place on, up to Return or Next.
func (f *frame) run(at int) error {
	for {
		var err error
		switch op := code.Op(f.word(at)); op {
		case code.Next:
			return nil
		case code.Return:
			f.result = f.rehashed(f.value(at + 1))
			return nil
		case code.Jump:
			at = f.word(at + 1)
		case code.Scan:
			err = f.scan(at)
			at = f.word(at + 4)
		case code.Call, code.CallBuiltin:
			at, err = f.callStmt(op, at)
		case code.CallDynamic:
			at, err = f.callDynamic(at)
		case code.AssignVarOnce:
			at, err = f.assignVarOnce(at)
		case code.ObjectInsertOnce:
			at, err = f.objectInsertOnce(at)
		case code.AssignVar, code.ResetLocal, code.Dot, code.Len:
			at = f.read(op, at)
		case code.MakeArray, code.MakeObject, code.MakeSet, code.ArrayAppend, code.ObjectInsert, code.SetAdd:
			at = f.build(op, at)
		default:
			at = f.test(op, at)
		}
		if err != nil {
			return err
		}
	}
}

// scan executes statements for each item of a collection, in order; for none where the value is
// something else.
func (f *frame) scan(at int) error {
	var err error
	item := func(key, value *ast.Term) bool {
		f.set(at+2, key)
		f.set(at+3, value)
		if err = f.step(1); err == nil {
			err = f.run(at + 5)
		}
		return err != nil
	}
	source := f.value(at + 1)
	if source == nil {
		return nil
	}
	switch v := source.Value.(type) {
	case *ast.Array:
		for i := range v.Len() {
			if item(ast.InternedTerm(i), v.Elem(i)) {
				break
			}
		}
	case ast.Object:
		v.Until(item)
	case ast.Set:
		v.Until(func(element *ast.Term) bool { return item(element, element) })
	}
	return err
}

// callStmt calls a function or a builtin.
func (f *frame) callStmt(op code.Op, at int) (int, error) {
	n := f.word(at + 4)
	free := f.free
	args := free[:n]
	for i := range args {
		args[i] = f.value(at + 5 + i)
	}
	f.free = free[n:]
	var result *ast.Term
	var err error
	if op == code.Call {
		result, err = f.ask(f.word(at+2), args)
	} else {
		result, err = f.call(f.builtins[f.word(at+2)], args)
	}
	clear(args)
	f.free = free
	return f.defined(result, at, at+3, at+5+n), err
}

// callDynamic calls the function of a table that a value names.
func (f *frame) callDynamic(at int) (int, error) {
	name, isText := f.value(at + 3).Value.(ast.String)
	number, ok := f.tables[f.word(at+2)][string(name)]
	if !ok || !isText {
		return f.word(at + 4), nil
	}
	result, err := f.ask(number, nil)
	return f.defined(result, at, at+5, at+6), err
}

// defined sets the local of a statement and goes on, or where the statement is undefined.
func (f *frame) defined(result *ast.Term, at, otherwise, next int) int {
	if result == nil {
		return f.word(otherwise)
	}
	f.set(at+1, result)
	return next
}

// assignVarOnce refuses a second value, other than the first.
func (f *frame) assignVarOnce(at int) (int, error) {
	value := f.value(at + 2)
	if before := f.registers[f.word(at+1)]; before != nil && !before.Equal(value) {
		message := "rule " + f.name + " produced conflicting values"
		if f.memo == code.Never {
			message = "function " + f.name + " produced conflicting values for the same inputs"
		}
		return 0, &topdown.Error{Code: topdown.ConflictErr, Message: message}
	}
	f.set(at+1, value)
	return at + 3, nil
}

// objectInsertOnce refuses a second value of a key, other than the first.
func (f *frame) objectInsertOnce(at int) (int, error) {
	object, key, value := f.value(at+1).Value.(ast.Object), f.value(at+2), f.value(at+3)
	if before := object.Get(key); before == nil {
		object.Insert(key, value)
	} else if !before.Equal(value) {
		return 0, &topdown.Error{Code: topdown.ConflictErr, Message: "object keys must be unique"}
	}
	return at + 4, nil
}
