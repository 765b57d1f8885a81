// Package code is the form in which a plan is stored: the statements of OPA's intermediate
// representation as a planner writes them and an interpreter reads them, in place.
//
// A function is a sequence of words of two bytes, the lower one first. A statement is its
// operation and its operands, each a word:
//
//   - a local is the number of a register of the function;
//   - a value is a local, or a constant: its number, with the bit Constant set;
//   - a place is the index, in the function, of the word to go on with.
//
// OPA's blocks are places: a statement that is undefined goes on where its block ends, and so
// BlockStmt, BreakStmt and NotStmt are no operations.
package code

// Op is the operation of a statement, which is called as in OPA's package ir.
type Op int

// The operations, with their operands.
const (
	Jump             Op = iota // place
	Return                     // value
	Scan                       // value, local of the key, local of the value, place after Next; the statements for each item follow
	Next                       // none: ends the statements for an item
	Call                       // local, function, place where it is undefined, count, values
	CallBuiltin                // local, builtin, place where it is undefined, count, values
	CallDynamic                // local, table, value, place where there is no such function, place where it is undefined
	Dot                        // local, value, key, place where there is none
	Len                        // local, value
	Equal                      // value, value, place otherwise
	NotEqual                   // value, value, place otherwise
	IsArray                    // value, place otherwise
	IsObject                   // value, place otherwise
	IsSet                      // value, place otherwise
	IsDefined                  // value, place otherwise
	IsUndefined                // value, place otherwise
	AssignVar                  // local, value
	AssignVarOnce              // local, value
	ResetLocal                 // local
	MakeArray                  // local
	MakeObject                 // local
	MakeSet                    // local
	ArrayAppend                // local of the array, value
	ObjectInsert               // local of the object, key, value
	ObjectInsertOnce           // local of the object, key, value
	SetAdd                     // local of the set, value
)

// Constant is set in the operand that is a constant.
const Constant = 1 << 15

// MaxWord is the largest word.
const MaxWord = 1<<16 - 1

// Memo says what a function depends on, and so how long its value holds.
type Memo int

// A function with arguments is asked each time.
const (
	Never         Memo = iota
	ForEvaluation      // it has no arguments, and depends on the input
	ForProgram         // it has no arguments, and depends on the data alone
)

// The locals of every function that have a value from the start: the input, and the first argument.
const (
	Input = 0
	Args  = 3 // after the data, which no statement names, and the result
)

// The kinds of a constant.
const (
	Null = iota
	False
	True
	Number // text
	String // text
	Array  // count, constants
	Object // count, constants of keys and values
)
