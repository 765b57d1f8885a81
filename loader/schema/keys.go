package schema

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	composeschema "github.com/compose-spec/compose-go/v2/schema"

	"github.com/composelint/composelint/internal/suggest"
	"github.com/composelint/composelint/loader/yamltree"
)

// part is a part of Compose's schema, as far as it says which keys there are, and of which type a
// value is.
type part struct {
	Type                 types           `json:"type"`
	Ref                  string          `json:"$ref"`
	Defs                 map[string]part `json:"$defs"`
	Properties           map[string]part `json:"properties"`
	PatternProperties    map[string]part `json:"patternProperties"`
	AdditionalProperties either          `json:"additionalProperties"`
	Items                *part           `json:"items"`
	AllOf, AnyOf, OneOf  []part
}

// either is a part, or none where the schema says true or false.
type either struct{ part *part }

func (e *either) UnmarshalJSON(text []byte) error {
	if text[0] != '{' {
		return nil
	}
	e.part = &part{}
	return json.Unmarshal(text, e.part)
}

// types are those that a part allows, by their names in JSON.
type types []string

func (t *types) UnmarshalJSON(text []byte) error {
	if text[0] == '[' {
		return json.Unmarshal(text, (*[]string)(t))
	}
	*t = types{""}
	return json.Unmarshal(text, &(*t)[0])
}

var wholeSchema = sync.OnceValue(func() part {
	var whole part
	if err := json.Unmarshal([]byte(composeschema.Schema), &whole); err != nil {
		panic(fmt.Sprintf("compose-go's schema is no JSON: %v", err))
	}
	return whole
})

// alternatives are a part and all that it refers to or consists of, for the same value.
func (p part) alternatives() []part {
	all := []part{p}
	for _, other := range slices.Concat(p.AllOf, p.AnyOf, p.OneOf) {
		all = append(all, other.alternatives()...)
	}
	if name, ok := strings.CutPrefix(p.Ref, "#/$defs/"); ok {
		all = append(all, wholeSchema().Defs[name].alternatives()...)
	}
	return all
}

// under are the parts for the value under a key or an index.
func (p part) under(key string) []part {
	if property, ok := p.Properties[key]; ok {
		return property.alternatives()
	}
	var found []part
	for pattern, property := range p.PatternProperties {
		if pattern != "^x-" {
			found = append(found, property.alternatives()...)
		}
	}
	for _, other := range []*part{p.AdditionalProperties.part, p.Items} {
		if other != nil {
			found = append(found, other.alternatives()...)
		}
	}
	return found
}

// partsAt are the parts for the value at a place.
func partsAt(path []string) []part {
	at := wholeSchema().alternatives()
	for _, key := range path {
		var next []part
		for _, p := range at {
			next = append(next, p.under(key)...)
		}
		at = next
	}
	return at
}

// keysAt lists the keys that Compose knows at a place.
func keysAt(parent []string) []string {
	known := map[string]bool{}
	for _, p := range partsAt(parent) {
		for key := range p.Properties {
			known[key] = true
		}
	}
	return slices.Sorted(maps.Keys(known))
}

// names are all keys that the schema knows somewhere.
var names = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for _, p := range append(slices.Collect(maps.Values(wholeSchema().Defs)), wholeSchema()) {
		for key := range p.Properties {
			all[key] = true
		}
	}
	return all
})

// IsName is true for the name of an attribute, wherever it may stand.
func IsName(key string) bool { return names()[key] }

// isKnown is true for a key that Compose knows at its place.
func isKnown(path []string) bool {
	return len(path) > 0 && slices.Contains(keysAt(path[:len(path)-1]), path[len(path)-1])
}

// unknownKey words the violation of a key that Compose does not know.
func unknownKey(path []string) detail {
	parent, key := path[:len(path)-1], path[len(path)-1]
	if len(parent) == 1 {
		return detail{path, fmt.Sprintf("%q cannot be a name in %q: use letters, digits, and the characters ._-", key, parent[0]), true}
	}
	message := fmt.Sprintf("unknown key %q", key)
	if len(parent) > 0 {
		message += fmt.Sprintf(" in %q", keyOf(parent))
	}
	return detail{path, message + suggest.Question(key, keysAt(parent)), true}
}

// ReportMisspelt reports the keys of a mapping that are like one that Compose knows there and are
// none, and tells whether there are any.
func ReportMisspelt(n *yamltree.Node, p yamltree.Path, report yamltree.Reporter) bool {
	path, found := p.Keys(), false
	known := keysAt(path)
	for _, key := range n.Keys() {
		if !slices.Contains(known, key) && suggest.Nearest(key, known) != "" {
			d := unknownKey(append(slices.Clone(path), key))
			report(d.placed(n.Fields[key]), append(slices.Clone(p), key), d.message)
			found = true
		}
	}
	return found
}

// WrongForm words that a mapping or a list stands at a place where Compose knows none. It is empty
// where Compose does.
func WrongForm(n *yamltree.Node, p yamltree.Path) string {
	form, known := map[yamltree.Kind]string{yamltree.Mapping: "object", yamltree.Sequence: "array"}[n.Kind], []string(nil)
	for _, part := range partsAt(p.Keys()) {
		known = append(known, part.Type...)
	}
	if form == "" || len(known) == 0 || slices.Contains(known, form) {
		return ""
	}
	return fmt.Sprintf("%s must be %s, not %s", p.Last(), wanted(known), typeName(form))
}
