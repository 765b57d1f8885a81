// Package schema holds a project against Compose's JSON schema, with words for people and for each
// wrong value its place.
package schema

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"github.com/composelint/composelint/internal/parallel"
	"github.com/composelint/composelint/internal/suggest"
	"github.com/composelint/composelint/internal/words"
	"github.com/composelint/composelint/loader/yamltree"
)

// violation is one place at which a value does not fit the schema.
type violation struct {
	path []string
	kind jsonschema.ErrorKind
}

// maxRounds bounds the search for violations that hide behind others.
const maxRounds = 20

// Fit reports what does not fit Compose's schema and returns the tree without it.
func Fit(root *yamltree.Node, report yamltree.Reporter) *yamltree.Node {
	root = finite(root, report)
	reportTriggers(root, report)
	s := compiledSchema.of(root)
	if fits(s, root) {
		return root
	}
	gone := removed{}
	for range maxRounds {
		err := s.Validate(root.Plain())
		var invalid *jsonschema.ValidationError
		if !errors.As(err, &invalid) {
			return root
		}
		unfit := yamltree.Removal{}
		for _, d := range worded(gone.without(root, entries(root, violations(invalid)), unfit)) {
			if n := root.Follow(d.path); n != nil && !n.Unknown() {
				report(d.placed(n), root.PathOf(d.path), d.message)
				unfit.Add(d.path)
				gone.add(root, d.path)
			}
		}
		if len(unfit) == 0 {
			return root
		}
		root = unfit.From(root)
	}
	return root
}

// fits is true where each share of many services fits, so that all of them do.
func fits(s *jsonschema.Schema, root *yamltree.Node) bool {
	shares := root.Shares("services", perShare)
	if len(shares) < 2 {
		return false
	}
	var unfit atomic.Bool
	parallel.Each(len(shares), func(i int) {
		if s.Validate(shares[i].Plain()) != nil {
			unfit.Store(true)
		}
	})
	return !unfit.Load()
}

// perShare is how many services are one share of the work on them; tests have few.
var perShare = 100

// removed are the keys that did not fit, by the mapping that they stood in. What is found next
// must not say that one of them is lacking.
type removed map[yamltree.Span][]string

func (r removed) add(root *yamltree.Node, path []string) {
	if len(path) == 0 {
		return
	}
	within, key := root.Follow(path[:len(path)-1]), path[len(path)-1]
	if within != nil && within.Kind == yamltree.Mapping && !within.Span.IsZero() {
		r[within.Span] = append(r[within.Span], key)
	}
}

// without leaves out what such keys are missed for. What lacks nothing else is unfit in silence.
func (r removed) without(root *yamltree.Node, found []violation, unfit yamltree.Removal) []violation {
	var left []violation
	for _, v := range found {
		if lacks, ok := v.kind.(*kind.Required); ok {
			gone := unknownIn(v.path, found)
			if of := root.Follow(v.path); of != nil {
				gone = append(gone, r[of.Span]...)
			}
			missing := slices.DeleteFunc(slices.Clone(lacks.Missing), func(key string) bool {
				return slices.Contains(gone, key) || isMisspelt(key, v.path, gone)
			})
			if len(missing) == 0 {
				unfit.Add(v.path)
				continue
			}
			v.kind = &kind.Required{Missing: missing}
		}
		left = append(left, v)
	}
	return left
}

// unknownIn are the keys of a mapping that Compose does not know.
func unknownIn(path []string, found []violation) []string {
	var unknown []string
	for _, v := range found {
		if keys, ok := v.kind.(*kind.AdditionalProperties); ok && slices.Equal(v.path, path) {
			unknown = append(unknown, keys.Properties...)
		}
	}
	return unknown
}

// isMisspelt is true for a key of a mapping that one of some others stands for.
func isMisspelt(key string, path, others []string) bool {
	known := keysAt(path)
	return slices.ContainsFunc(others, func(other string) bool { return suggest.Nearest(other, known) == key })
}

// finite reports infinities, which no schema can be asked about since JSON has none, and
// returns the tree without them.
func finite(root *yamltree.Node, report yamltree.Reporter) *yamltree.Node {
	infinite := yamltree.Removal{}
	var walk func(n *yamltree.Node, keys []string)
	walk = func(n *yamltree.Node, keys []string) {
		if v, ok := n.Value.(float64); ok && (math.IsInf(v, 0) || math.IsNaN(v)) {
			p := root.PathOf(keys)
			report(n, p, fmt.Sprintf("%s is not a finite number", p.Last()))
			infinite.Add(keys)
		}
		for key, field := range n.Fields {
			walk(field, append(keys, key))
		}
		for i, item := range n.Items {
			walk(item, append(keys, strconv.Itoa(i)))
		}
	}
	walk(root, nil)
	return infinite.From(root)
}

// worded words the violations in a fixed order, each once.
func worded(found []violation) []detail {
	var all []detail
	for _, v := range found {
		all = append(all, v.details()...)
	}
	slices.SortStableFunc(all, func(a, b detail) int {
		return slices.CompareFunc(b.path, a.path, func(x, y string) int {
			i, errI := strconv.Atoi(x)
			j, errJ := strconv.Atoi(y)
			if errI == nil && errJ == nil {
				return i - j
			}
			return strings.Compare(x, y)
		})
	})
	return slices.CompactFunc(all, func(a, b detail) bool { // two parts of the schema may say the same
		return a.message == b.message && slices.Equal(a.path, b.path)
	})
}

// violations returns the leaves of the error tree that matter. Of alternatives, those
// that got furthest; of the properties that no part of a service's schema evaluated, the
// unknown ones: the others only follow from another violation in the same part.
func violations(e *jsonschema.ValidationError) []violation {
	if len(e.Causes) == 0 {
		if _, ok := e.ErrorKind.(*kind.FalseSchema); ok && isKnown(e.InstanceLocation) {
			return nil
		}
		return []violation{{e.InstanceLocation, e.ErrorKind}}
	}
	var found []violation
	for _, cause := range e.Causes {
		found = append(found, violations(cause)...)
	}
	switch e.ErrorKind.(type) {
	case *kind.OneOf, *kind.AnyOf:
		found = furthest(found)
	}
	return found
}

func furthest(found []violation) []violation {
	deepest := 0
	for _, v := range found {
		deepest = max(deepest, v.depth())
	}
	var out []violation
	for _, v := range found {
		if v.depth() != deepest {
			continue
		}
		if t, ok := v.kind.(*kind.Type); ok && len(out) > 0 {
			if first, ok := out[0].kind.(*kind.Type); ok && slices.Equal(out[0].path, v.path) {
				first.Want = append(first.Want, t.Want...)
				continue
			}
		}
		out = append(out, v)
	}
	return withoutOtherTypes(out)
}

// withoutOtherTypes leaves out that a value has not the type of one alternative, where another
// takes its type and has something else against it.
func withoutOtherTypes(found []violation) []violation {
	var left []violation
	for _, v := range found {
		accepted := func(other violation) bool { return !other.isType() && slices.Equal(v.path, other.path) }
		if !v.isType() || !slices.ContainsFunc(found, accepted) {
			left = append(left, v)
		}
	}
	return left
}

func (v violation) isType() bool {
	_, ok := v.kind.(*kind.Type)
	return ok
}

// depth counts an unknown key as deeper than the mapping it is in, as compose-go does.
func (v violation) depth() int {
	if _, ok := v.kind.(*kind.AdditionalProperties); ok {
		return len(v.path) + 1
	}
	return len(v.path)
}

type detail struct {
	path    []string
	message string
	// unknown is true where the key at the end of the path is what is wrong.
	unknown bool
}

// placed is the node that a detail is about, n being the value.
func (d detail) placed(n *yamltree.Node) *yamltree.Node {
	if !d.unknown || n.Key.IsZero() {
		return n
	}
	return &yamltree.Node{Span: n.Key, Via: n.Via}
}

// details words a violation, one for each key where it is about several.
func (v violation) details() []detail {
	name := "the file"
	if len(v.path) > 0 {
		name = strconv.Quote(keyOf(v.path))
	}
	one := func(format string, args ...any) []detail {
		return []detail{{path: v.path, message: name + " " + fmt.Sprintf(format, args...)}}
	}
	switch k := v.kind.(type) {
	case *kind.FalseSchema:
		return []detail{unknownKey(v.path)}
	case *kind.AdditionalProperties:
		var all []detail
		for _, key := range k.Properties {
			all = append(all, unknownKey(append(slices.Clone(v.path), key)))
		}
		return all
	case entryIsMapping:
		return []detail{{path: v.path, message: EntryIsMapping(keyOf(v.path))}}
	case *kind.Type:
		if k.Got == "object" && isEntry(v.path) {
			return []detail{{path: v.path, message: EntryIsMapping(keyOf(v.path))}}
		}
		return one("must be %s, not %s", wanted(k.Want), typeName(k.Got))
	case *kind.Enum:
		return one("must be one of %s", quoted(k.Want))
	case *kind.Required:
		return one("lacks %s", quoted(k.Missing))
	case *kind.Format:
		return one("is not a valid %s", k.Want)
	case *kind.Pattern:
		return one("does not match the pattern %s", k.Want)
	case *kind.Minimum:
		return one("must be at least %s", k.Want.Num())
	case *kind.Maximum:
		return one("must be at most %s", k.Want.Num())
	case *kind.UniqueItems:
		return one("lists the same item twice")
	}
	return one("does not fit Compose's schema")
}

func wanted(types []string) string {
	var names []string
	for _, t := range types {
		if name := typeName(t); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return words.Or(names)
}

func typeName(jsonType string) string {
	switch jsonType {
	case "object":
		return "a mapping"
	case "array":
		return "a list"
	case "boolean":
		return "true or false"
	case "integer":
		return "a whole number"
	case "null":
		return "empty"
	}
	return "a " + jsonType
}

func quoted[T any](values []T) string {
	var out []string
	for _, v := range values {
		out = append(out, strconv.Quote(fmt.Sprint(v)))
	}
	return strings.Join(out, ", ")
}

// keyOf is the key that a place in the schema's instance belongs to.
func keyOf(path []string) string {
	for i := len(path) - 1; i > 0; i-- {
		if _, err := strconv.Atoi(path[i]); err != nil {
			return path[i]
		}
	}
	return path[0]
}
