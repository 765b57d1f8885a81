package plan

import (
	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/composelint/composelint/internal/plan/code"
)

// read executes a statement that takes a value from somewhere, and returns where to go on.
func (f *frame) read(op code.Op, at int) int {
	switch op {
	case code.AssignVar:
		f.set(at+1, f.value(at+2))
	case code.ResetLocal:
		f.set(at+1, nil)
		return at + 2
	case code.Len:
		f.set(at+1, ast.InternedTerm(f.value(at+2).Value.(interface{ Len() int }).Len()))
	case code.Dot:
		return f.defined(dot(f.value(at+2), f.value(at+3)), at, at+4, at+5)
	}
	return at + 3
}

// build executes a statement that makes a collection or adds to one, and returns where to go on.
func (f *frame) build(op code.Op, at int) int {
	switch op {
	case code.MakeArray:
		f.set(at+1, ast.ArrayTerm())
		return at + 2
	case code.MakeObject:
		f.set(at+1, ast.ObjectTerm())
		return at + 2
	case code.MakeSet:
		f.set(at+1, ast.SetTerm())
		return at + 2
	case code.ArrayAppend:
		array := f.value(at + 1)
		array.Value = array.Value.(*ast.Array).Append(f.value(at + 2))
	case code.SetAdd:
		f.value(at + 1).Value.(ast.Set).Add(f.value(at + 2))
	case code.ObjectInsert:
		f.objectInsert(f.value(at+1), f.value(at+2), f.value(at+3))
		return at + 4
	}
	return at + 3
}

// objectInsert sets a key. A rule such as p[x] contains y takes the set of x, adds to it and inserts
// it again, for which OPA's object would go through all of its keys each time, to correct its hash.
func (f *frame) objectInsert(object, key, value *ast.Term) {
	o := object.Value.(ast.Object)
	switch value.Value.(type) {
	case ast.Set, ast.Object:
		if o.Get(key) == value {
			if f.grown == nil {
				f.grown = map[*ast.Term]bool{}
			}
			f.grown[object] = true
			return
		}
	}
	o.Insert(key, value)
}

// rehashed is the same value, with the hashes of what it is now.
func (f *frame) rehashed(term *ast.Term) *ast.Term {
	if !f.grown[term] {
		return term
	}
	object := term.Value.(ast.Object)
	pairs := make([][2]*ast.Term, 0, object.Len())
	object.Foreach(func(key, value *ast.Term) { pairs = append(pairs, [2]*ast.Term{key, f.rehashed(value)}) })
	return ast.ObjectTerm(pairs...)
}

// test executes a statement that is undefined unless something holds, and returns where to go on.
func (f *frame) test(op code.Op, at int) int {
	var holds bool
	switch value := f.value(at + 1); op {
	case code.Equal, code.NotEqual:
		if value.Equal(f.value(at+2)) == (op == code.Equal) {
			return at + 4
		}
		return f.word(at + 3)
	case code.IsDefined:
		holds = value != nil
	case code.IsUndefined:
		holds = value == nil
	case code.IsArray:
		_, holds = value.Value.(*ast.Array)
	case code.IsObject:
		_, holds = value.Value.(ast.Object)
	case code.IsSet:
		_, holds = value.Value.(ast.Set)
	}
	if holds {
		return at + 3
	}
	return f.word(at + 2)
}

// dot is what a collection has under a key, nil where there is none.
func dot(source, key *ast.Term) *ast.Term {
	if source == nil {
		return nil
	}
	return source.Get(key)
}
