package rules

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// encode turns a model value into OPA's own form, by the structs' JSON tags. It spares
// the round trip through JSON text that OPA would make of a struct.
func encode(v any) ast.Value {
	return encodeValue(reflect.ValueOf(v)).Value
}

func encodeValue(v reflect.Value) *ast.Term {
	switch v.Kind() {
	case reflect.Pointer:
		return encodeValue(v.Elem())
	case reflect.Struct:
		return ast.ObjectTerm(encodeFields(v)...)
	case reflect.Slice:
		terms := make([]*ast.Term, v.Len())
		for i := range terms {
			terms[i] = encodeValue(v.Index(i))
		}
		return ast.ArrayTerm(terms...)
	case reflect.String:
		return ast.StringTerm(v.String())
	case reflect.Bool:
		return ast.InternedTerm(v.Bool())
	case reflect.Int, reflect.Int64:
		return ast.NumberTerm(json.Number(strconv.FormatInt(v.Int(), 10)))
	case reflect.Float64:
		return ast.NumberTerm(json.Number(strconv.FormatFloat(v.Float(), 'f', -1, 64)))
	}
	panic(fmt.Sprintf("the model has a field of kind %s, which no policy can see", v.Kind()))
}

// encodeFields leaves out nil pointers: an unknown value is an absent field.
func encodeFields(v reflect.Value) [][2]*ast.Term {
	pairs := make([][2]*ast.Term, 0, v.NumField())
	for i := range v.NumField() {
		field := v.Field(i)
		if field.Kind() == reflect.Pointer && field.IsNil() {
			continue
		}
		name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		pairs = append(pairs, [2]*ast.Term{ast.InternedTerm(name), encodeValue(field)})
	}
	return pairs
}
