package check

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/compose-spec/compose-go/v2/consts"
	composeloader "github.com/compose-spec/compose-go/v2/loader"
	"github.com/compose-spec/compose-go/v2/types"

	"github.com/composelint/composelint/loader/compose"
	"github.com/composelint/composelint/loader/yamltree"
)

// decode reports the values that the schema lets pass and that compose-go's types cannot
// hold: "10q" for a size, "soon" for a duration (ModelToProject, loader/loader.go v2.16.2).
// In the tree that it returns they are unknown, so that no policy judges them.
func decode(root *yamltree.Node, report yamltree.Reporter) *yamltree.Node {
	return isolate(root, reflect.TypeFor[types.Project](), nil, report)
}

// isolate finds the smallest parts of n, which stands at p and must become a t, that
// compose-go cannot decode.
func isolate(n *yamltree.Node, t reflect.Type, p yamltree.Path, report yamltree.Reporter) *yamltree.Node {
	if n.Unknown() || fits(n, t) {
		return n
	}
	c, found := *n, false
	judge := func(child, alone *yamltree.Node, key string, p yamltree.Path) *yamltree.Node {
		if fits(alone, t) {
			return child
		}
		found = true
		if inner := typeUnder(t, key); inner != nil && !fits(child, inner) {
			return isolate(child, inner, p, report)
		}
		return refuseValue(child, t, p, report)
	}
	if n.Kind == yamltree.Mapping {
		c.Fields = maps.Clone(n.Fields)
	}
	for _, key := range n.Keys() {
		alone := *n
		alone.Fields = map[string]*yamltree.Node{key: n.Fields[key]}
		c.Fields[key] = judge(n.Fields[key], &alone, key, p.Field(key))
	}
	c.Items = slices.Clone(n.Items)
	for i, item := range n.Items {
		alone := *n
		alone.Items = []*yamltree.Node{item}
		c.Items[i] = judge(item, &alone, "", p.Item(i))
	}
	if !found {
		return refuseValue(n, t, p, report)
	}
	return &c
}

// refuseValue reports a value that does not make a t and returns it as unknown.
func refuseValue(n *yamltree.Node, t reflect.Type, p yamltree.Path, report yamltree.Reporter) *yamltree.Node {
	if n.AnyUnknown() {
		return n
	}
	report(n, p, misfit(n, t, p))
	c := *n
	c.Variables = append(slices.Clone(n.Variables), yamltree.Variable{})
	return &c
}

// misfit words what is wrong with a value that does not make a t. It quotes only what
// cannot be a secret: numbers, sizes and the like.
func misfit(n *yamltree.Node, t reflect.Type, p yamltree.Path) string {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if key := p[len(p)-1]; compose.IsExtension(key) && t.Kind() == reflect.Map {
		return nameOfExtension(key)
	}
	switch t {
	case reflect.TypeFor[types.ShellCommand]():
		return p.Last() + " cannot be split into words: close its quotes and parentheses, or write it as a list"
	case reflect.TypeFor[types.HostsList]():
		return `an entry of "extra_hosts" must be HOST=ADDRESS`
	case reflect.TypeFor[types.MappingWithEquals]():
		return fmt.Sprintf("a name in %s ends in a blank: write NAME=VALUE without a blank before the =", p.Last())
	}
	form := takes(t)
	switch {
	case t.Kind() == reflect.String:
		return p.Last() + " must be a string: put it in quotes"
	case form == "":
		return p.Last() + " does not have the form that Compose expects"
	case n.Kind == yamltree.Scalar:
		return fmt.Sprintf("%s cannot be %q: it takes %s", p.Last(), n.String(), form)
	}
	return fmt.Sprintf("%s takes %s", p.Last(), form)
}

// takes says what compose-go's type accepts.
func takes(t reflect.Type) string {
	switch t {
	case reflect.TypeFor[types.UnitBytes]():
		return "a size such as 512m or 2g"
	case reflect.TypeFor[types.Duration]():
		return "a duration such as 30s or 1m30s"
	case reflect.TypeFor[types.DeviceCount]():
		return `a whole number or "all"`
	case reflect.TypeFor[types.FileMode]():
		return "octal digits such as 0440"
	case reflect.TypeFor[types.UlimitsConfig]():
		return "a whole number"
	}
	switch t.Kind() {
	case reflect.Bool:
		return "true or false"
	case reflect.Int, reflect.Int64:
		return "a whole number"
	case reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return "a whole number that is not negative"
	case reflect.Float32, reflect.Float64:
		return "a number"
	}
	return ""
}

// fits is true when compose-go decodes the value into a t. Its decoder is asked only for
// values that can fail; it takes many times as long as this walk.
func fits(n *yamltree.Node, t reflect.Type) bool {
	if n.Kind == yamltree.Scalar && n.Value == nil {
		return true
	}
	elem := t
	if t.Kind() == reflect.Pointer {
		elem = t.Elem()
	}
	if shape, custom := shapes[elem]; custom {
		return shape(n) || transforms(n.Plain(), t)
	}
	switch {
	case n.Kind == yamltree.Scalar:
		return holds(elem.Kind(), n.Value) || transforms(n.Value, t)
	case n.Kind == yamltree.Mapping && (elem.Kind() == reflect.Struct || elem.Kind() == reflect.Map):
		for key, field := range n.Fields {
			if !fieldFits(elem, key, field) {
				return false
			}
		}
		return true
	case n.Kind == yamltree.Sequence && elem.Kind() == reflect.Slice:
		for _, item := range n.Items {
			if !fits(item, elem.Elem()) {
				return false
			}
		}
		return true
	}
	return transforms(n.Plain(), t)
}

// fieldFits is true when the value under key of a mapping fits into the struct or map t.
func fieldFits(t reflect.Type, key string, field *yamltree.Node) bool {
	if compose.IsExtension(key) && t.Kind() == reflect.Map && !userDefined[t] {
		return transforms(map[string]any{key: field.Plain()}, t)
	}
	if t == reflect.TypeFor[types.BuildConfig]() && key == "args" {
		field = assigned(field)
	}
	inner := typeUnder(t, key)
	return inner == nil || fits(field, inner)
}

// assigned leaves out the build arguments that have no value, as compose-go's Normalize
// does before it decodes them (loader/normalize.go).
func assigned(args *yamltree.Node) *yamltree.Node {
	c := *args
	c.Items = nil
	for _, item := range args.Items {
		if strings.Contains(item.String(), "=") {
			c.Items = append(c.Items, item)
		}
	}
	return &c
}

// holds is true for a scalar that compose-go's decoder puts into a type of the kind as it
// is: its cast hook (loader/mapstructure.go) and the basic types of mapstructure.
func holds(kind reflect.Kind, value any) bool {
	switch v := value.(type) {
	case string:
		return kind == reflect.String || kind == reflect.Interface
	case bool:
		return kind == reflect.Bool || kind == reflect.Interface
	case int:
		return kind == reflect.String || kind == reflect.Interface || kind >= reflect.Int && kind <= reflect.Int64 ||
			kind == reflect.Float32 || kind == reflect.Float64 || v >= 0 && kind >= reflect.Uint && kind <= reflect.Uint64
	}
	return kind == reflect.Interface
}

// transforms asks compose-go whether it decodes the value into a t. It panics on some.
func transforms(plain any, t reflect.Type) bool {
	return decodeInto(plain, reflect.New(t).Interface()) == nil
}

func decodeInto(plain, target any) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = errors.New("has a type that Compose does not expect")
		}
	}()
	return composeloader.Transform(asExtensions(plain), target)
}

// nameOfExtension words that a name is taken for an extension.
func nameOfExtension(key string) string {
	return fmt.Sprintf("%q cannot be a name here: compose takes a key that begins with x- for an extension", key)
}

// userDefined are the mappings in which a name may begin with x-.
var userDefined = map[reflect.Type]bool{
	reflect.TypeFor[types.Services]():        true,
	reflect.TypeFor[types.Networks]():        true,
	reflect.TypeFor[types.Volumes]():         true,
	reflect.TypeFor[types.Secrets]():         true,
	reflect.TypeFor[types.Configs]():         true,
	reflect.TypeFor[types.DependsOnConfig](): true,
}

// asExtensions moves the extensions of a mapping under one key, as compose-go does before
// it decodes.
func asExtensions(plain any) any {
	m, ok := plain.(map[string]any)
	if !ok {
		return plain
	}
	extensions := map[string]any{}
	for key, value := range m {
		if compose.IsExtension(key) {
			extensions[key] = value
			delete(m, key)
		}
	}
	if len(extensions) > 0 {
		m[consts.Extensions] = extensions
	}
	return m
}
