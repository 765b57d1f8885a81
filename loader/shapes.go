package loader

import (
	"reflect"
	"strings"
	"sync"

	"github.com/compose-spec/compose-go/v2/types"

	"github.com/composelint/composelint/loader/yamltree"
)

// shapes are compose-go's types with a decoder of their own (DecodeMapstructure, package
// types v2.16.2). A value of the shape is always accepted; others are tried.
var shapes = map[reflect.Type]func(*yamltree.Node) bool{
	reflect.TypeFor[types.Labels]():             collection,
	reflect.TypeFor[types.Mapping]():            collection,
	reflect.TypeFor[types.Options]():            mapping,
	reflect.TypeFor[types.MultiOptions]():       mapping,
	reflect.TypeFor[types.MappingWithEquals]():  mapping,
	reflect.TypeFor[types.SSHConfig]():          mapping,
	reflect.TypeFor[types.ShellCommand]():       listOfStrings,
	reflect.TypeFor[types.StringOrNumberList](): stringOrStrings,
	reflect.TypeFor[types.StringList]():         stringOrStrings,
	reflect.TypeFor[types.HealthCheckTest]():    stringOrStrings,
	reflect.TypeFor[types.NanoCPUs]():           never,
	reflect.TypeFor[types.DeviceCount]():        never,
	reflect.TypeFor[types.Duration]():           never,
	reflect.TypeFor[types.FileMode]():           never,
	reflect.TypeFor[types.HostsList]():          never,
	reflect.TypeFor[types.UlimitsConfig]():      never,
	reflect.TypeFor[types.UnitBytes]():          never,
}

func mapping(n *yamltree.Node) bool { return n.Kind == yamltree.Mapping }

func collection(n *yamltree.Node) bool { return n.Kind != yamltree.Scalar }

func never(*yamltree.Node) bool { return false }

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
	if known, ok := structTypes.Load(t); ok {
		return known.(map[string]reflect.Type)
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
