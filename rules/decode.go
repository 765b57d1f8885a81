package rules

import (
	"fmt"
	"reflect"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/composelint/composelint/model"
)

// decode stores a value of OPA's in what a pointer points to, by the structs' JSON tags: the reverse
// of encode. A key that a struct has no field for is an error.
func decode(value ast.Value, to any) error { return decodeInto(value, reflect.ValueOf(to).Elem()) }

func decodeInto(value ast.Value, to reflect.Value) error {
	if to.Kind() == reflect.Interface {
		plain, err := ast.JSON(value)
		if err == nil && plain != nil {
			to.Set(reflect.ValueOf(plain))
		}
		return err
	}
	switch v := value.(type) {
	case ast.String:
		if to.Kind() == reflect.String {
			to.SetString(string(v))
			return nil
		}
	case ast.Boolean:
		if to.Kind() == reflect.Bool {
			to.SetBool(bool(v))
			return nil
		}
	case ast.Number:
		if n, ok := v.Int64(); ok && to.CanInt() {
			to.SetInt(n)
			return nil
		}
	case *ast.Array:
		return decodeItems(v.Len(), v.Elem, to)
	case ast.Set:
		items := v.Slice()
		return decodeItems(len(items), func(i int) *ast.Term { return items[i] }, to)
	case ast.Object:
		return decodeFields(v, to)
	}
	return fmt.Errorf("%v is no %v", value, to.Type())
}

func decodeItems(n int, item func(int) *ast.Term, to reflect.Value) error {
	switch {
	case to.Kind() == reflect.Slice:
		to.Set(reflect.MakeSlice(to.Type(), n, n))
	case to.Kind() != reflect.Array || to.Len() != n:
		return fmt.Errorf("%d items are no %v", n, to.Type())
	}
	for i := range n {
		if err := decodeInto(item(i).Value, to.Index(i)); err != nil {
			return err
		}
	}
	return nil
}

func decodeFields(object ast.Object, to reflect.Value) error {
	switch to.Kind() {
	case reflect.Map:
		return decodeEntries(object, to)
	case reflect.Struct:
	default:
		return fmt.Errorf("%v is no %v", object, to.Type())
	}
	fields := fieldsOf(to.Type())
	return object.Iter(func(key, value *ast.Term) error {
		name, _ := key.Value.(ast.String)
		index, ok := fields[string(name)]
		if !ok {
			return fmt.Errorf("%v is no field of a %v", key, to.Type())
		}
		if err := decodeInto(value.Value, to.FieldByIndex(index)); err != nil {
			return fmt.Errorf("%s: %w", string(name), err)
		}
		return nil
	})
}

// decodeEntries stores an object in a map of its keys.
func decodeEntries(object ast.Object, to reflect.Value) error {
	to.Set(reflect.MakeMapWithSize(to.Type(), object.Len()))
	return object.Iter(func(key, value *ast.Term) error {
		name, item := reflect.New(to.Type().Key()).Elem(), reflect.New(to.Type().Elem()).Elem()
		if err := decodeInto(key.Value, name); err != nil {
			return err
		}
		if err := decodeInto(value.Value, item); err != nil {
			return fmt.Errorf("%v: %w", key, err)
		}
		to.SetMapIndex(name, item)
		return nil
	})
}

// knownFields keeps the fields of each struct by their names.
var knownFields sync.Map

func fieldsOf(t reflect.Type) map[string][]int {
	if known, ok := knownFields.Load(t); ok {
		return known.(map[string][]int)
	}
	fields := map[string][]int{}
	for _, f := range reflect.VisibleFields(t) {
		if name, seen := model.FieldName(f); seen && name != "" {
			fields[name] = f.Index
		}
	}
	knownFields.Store(t, fields)
	return fields
}
