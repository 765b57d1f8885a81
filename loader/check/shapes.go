package check

import (
	"reflect"
	"strings"
	"sync"

	"github.com/compose-spec/compose-go/v2/types"

	"github.com/composelint/composelint/loader/yamltree"
)

// shapes are compose-go's types with a decoder of their own (DecodeMapstructure, package
// types v2.16.2). A value of the shape is always accepted; others are tried, which takes
// a hundred times as long.
var shapes = map[reflect.Type]func(*yamltree.Node) bool{
	reflect.TypeFor[types.Labels]():             collection,
	reflect.TypeFor[types.Mapping]():            collection,
	reflect.TypeFor[types.Options]():            mapping,
	reflect.TypeFor[types.MultiOptions]():       mapping,
	reflect.TypeFor[types.MappingWithEquals]():  variables,
	reflect.TypeFor[types.SSHConfig]():          mapping,
	reflect.TypeFor[types.ShellCommand]():       wordList,
	reflect.TypeFor[types.StringOrNumberList](): stringOrStrings,
	reflect.TypeFor[types.StringList]():         stringOrStrings,
	reflect.TypeFor[types.HealthCheckTest]():    stringOrStrings,
	reflect.TypeFor[types.NanoCPUs]():           wholeNumber,
	reflect.TypeFor[types.DeviceCount]():        wholeNumber,
	reflect.TypeFor[types.Duration]():           measure("smh"),
	reflect.TypeFor[types.FileMode]():           wholeNumber,
	reflect.TypeFor[types.HostsList]():          hosts,
	reflect.TypeFor[types.UlimitsConfig]():      wholeNumber,
	reflect.TypeFor[types.UnitBytes]():          measure("bkmgBKMG"),
}

// wholeNumber is true for a whole number that YAML reads as one.
func wholeNumber(n *yamltree.Node) bool {
	_, ok := n.Value.(int)
	return ok
}

// measure is true for a few digits and one of the units.
func measure(units string) func(*yamltree.Node) bool {
	return func(n *yamltree.Node) bool {
		value, _ := n.Value.(string)
		last := len(value) - 1
		return last > 0 && last < 10 && strings.IndexByte(units, value[last]) >= 0 && strings.Trim(value[:last], "0123456789") == ""
	}
}

// wordList is true for a list, and for a line without anything that a shell would treat in
// its own way.
func wordList(n *yamltree.Node) bool {
	line, ok := n.Value.(string)
	return ok && !strings.ContainsAny(line, "\"'`\\$();&|<>") || listOfStrings(n)
}

// hosts is true for a list of HOST:ADDRESS.
func hosts(n *yamltree.Node) bool {
	for _, item := range n.Items {
		entry, _ := item.Value.(string)
		if strings.IndexByte(entry, ':') < 1 || strings.Contains(entry, "=") {
			return false
		}
	}
	return n.Kind == yamltree.Sequence
}

// variables is true for a mapping, and for a list of NAME=VALUE without any blank.
func variables(n *yamltree.Node) bool {
	for _, item := range n.Items {
		entry, _ := item.Value.(string)
		name, _, _ := strings.Cut(entry, "=")
		if strings.IndexFunc(name, func(r rune) bool { return r <= ' ' || r >= 0x7f }) >= 0 {
			return false
		}
	}
	return n.Kind != yamltree.Scalar
}

func mapping(n *yamltree.Node) bool { return n.Kind == yamltree.Mapping }

func collection(n *yamltree.Node) bool { return n.Kind != yamltree.Scalar }

func stringOrStrings(n *yamltree.Node) bool {
	_, ok := n.Value.(string)
	return ok || listOfStrings(n)
}

func listOfStrings(n *yamltree.Node) bool {
	for _, item := range n.Items {
		if _, ok := item.Value.(string); !ok {
			return false
		}
	}
	return n.Kind == yamltree.Sequence
}

// typeUnder is the type of the value under key of a struct, of any value of a map, or of
// any item of a slice; nil where a type has none of its own for it.
func typeUnder(t reflect.Type, key string) reflect.Type {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if _, custom := shapes[t]; custom {
		return nil
	}
	switch t.Kind() {
	case reflect.Struct:
		return structFields(t)[key]
	case reflect.Map, reflect.Slice:
		return t.Elem()
	}
	return nil
}

var structTypes sync.Map // of map[string]reflect.Type, by reflect.Type

// structFields are the types of a struct's fields by the key that compose-go reads them
// from: the name in the yaml tag, or that of the field, in which case does not count.
func structFields(t reflect.Type) map[string]reflect.Type {
	if cached, ok := structTypes.Load(t); ok {
		return cached.(map[string]reflect.Type)
	}
	fields := map[string]reflect.Type{}
	for _, f := range reflect.VisibleFields(t) {
		if !f.IsExported() || f.Anonymous {
			continue
		}
		name, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		if name == "" {
			name = strings.ToLower(f.Name)
		}
		fields[name] = f.Type
	}
	structTypes.Store(t, fields)
	return fields
}
