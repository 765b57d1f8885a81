package rules

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/composelint/composelint/internal/parallel"
	"github.com/composelint/composelint/model"
)

// encode turns a model value into OPA's own form, by the structs' JSON tags. It spares
// the round trip through JSON text that OPA would make of a struct.
func encode(v any) ast.Value { return newEncoder().value(reflect.ValueOf(v)).Value }

// encoder makes equal strings one term: names, kinds and values recur.
type encoder struct {
	strings map[string]*ast.Term
}

func newEncoder() *encoder { return &encoder{strings: map[string]*ast.Term{}} }

func (e *encoder) value(v reflect.Value) *ast.Term {
	switch v.Kind() {
	case reflect.Pointer:
		return e.value(v.Elem())
	case reflect.Struct:
		return ast.ObjectTerm(e.fields(v)...)
	case reflect.Slice:
		if v.Len() == 0 {
			return ast.InternedEmptyArray
		}
		return ast.ArrayTerm(e.items(v)...)
	case reflect.String:
		return e.string(v.String())
	case reflect.Bool:
		return ast.InternedTerm(v.Bool())
	case reflect.Int, reflect.Int64:
		return ast.InternedTerm(v.Int())
	case reflect.Float64:
		return ast.NumberTerm(json.Number(strconv.FormatFloat(v.Float(), 'f', -1, 64)))
	}
	panic(fmt.Sprintf("the model has a field of kind %s, which no policy can see", v.Kind()))
}

// items are those of a slice, of a long one side by side.
func (e *encoder) items(v reflect.Value) []*ast.Term {
	terms := make([]*ast.Term, v.Len())
	if len(terms) >= long {
		parallel.Do(parallel.Processors(), len(terms), func() func(int) {
			own := newEncoder()
			return func(i int) { terms[i] = own.value(v.Index(i)) }
		})
		return terms
	}
	for i := range terms {
		terms[i] = e.value(v.Index(i))
	}
	return terms
}

// long is how many items a slice has whose items are worth several workers.
const long = 200

func (e *encoder) string(s string) *ast.Term {
	term := e.strings[s]
	if term == nil {
		term = ast.InternedTerm(s)
		e.strings[s] = term
	}
	return term
}

// fields leaves out nil pointers, since an unknown value is an absent field, and what policies do
// not see.
func (e *encoder) fields(v reflect.Value) [][2]*ast.Term {
	names := fieldNames(v.Type())
	pairs := make([][2]*ast.Term, 0, len(names))
	for i, name := range names {
		field := v.Field(i)
		if name == nil || field.Kind() == reflect.Pointer && field.IsNil() {
			continue
		}
		pairs = append(pairs, [2]*ast.Term{name, e.value(field)})
	}
	return pairs
}

// fieldNamesOf keeps the names of each struct's fields: reflect looks for a tag each time.
var fieldNamesOf sync.Map

func fieldNames(t reflect.Type) []*ast.Term {
	if cached, ok := fieldNamesOf.Load(t); ok {
		return cached.([]*ast.Term)
	}
	names := make([]*ast.Term, t.NumField())
	for i := range names {
		if name, seen := model.FieldName(t.Field(i)); seen {
			names[i] = ast.InternedTerm(name)
		}
	}
	fieldNamesOf.Store(t, names)
	return names
}
