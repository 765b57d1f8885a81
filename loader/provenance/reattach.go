// Package provenance gives the values that a function of compose-go returned, which knows nothing
// of positions, their places back.
package provenance

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"

	"github.com/composelint/composelint/loader/yamltree"
)

// Reattach gives the values that a step of compose-go returned their places back. The
// step took base, or merged over onto base; what it did is inferred from its result: an
// equal value comes from over, else from base; any other was made of a short form and
// comes from a part of it, or was added and has the place of what it was added to.
//
// A new merge rule of compose-go cannot yield a wrong value, at worst a coarser place: what
// align.go knows of those rules only chooses between equal items. What the step left alone is
// base's own node: the result shares it, and is not to be changed in place.
func Reattach(plain any, base, over *yamltree.Node) *yamltree.Node {
	return reattachNode(plain, "", base, over)
}

// reattachNode does so for the value under key, or for an item of the list under key.
func reattachNode(plain any, key string, base, over *yamltree.Node) *yamltree.Node {
	if over == nil && base != nil && base.Equals(plain) {
		return base
	}
	switch v := plain.(type) {
	case map[string]any:
		return reattachMapping(v, key, base, over)
	case []any:
		return reattachSequence(v, key, base, over)
	}
	return reattachScalar(plain, base, over)
}

func reattachScalar(plain any, base, over *yamltree.Node) *yamltree.Node {
	plain = basic(plain)
	switch {
	case over != nil && over.Kind == yamltree.Scalar && sameScalar(plain, over.Value):
		if base == nil || base.Kind != yamltree.Scalar || base.Span == over.Span {
			return over
		}
		n, merged := *over, over.Merged()
		merged.Prev = base
		n.SetMerged(merged)
		return &n
	case base != nil && base.Kind == yamltree.Scalar && sameScalar(plain, base.Value):
		return base
	}
	n := standIn(base, over)
	n.Kind, n.Value, n.Fields, n.Items = yamltree.Scalar, plain, nil, nil
	return n
}

// basic turns compose-go's own types (types.OptOut, the uint32 of a port) into the ones
// that YAML has, which the schema's validator expects.
func basic(v any) any {
	switch r := reflect.ValueOf(v); r.Kind() {
	case reflect.Bool:
		return r.Bool()
	case reflect.Uint32, reflect.Int32:
		n, _ := strconv.Atoi(fmt.Sprint(v))
		return n
	case reflect.String:
		return r.String()
	}
	return v
}

// standIn is a copy of the node that a value without a place of its own was made from.
func standIn(base, over *yamltree.Node) *yamltree.Node {
	n := yamltree.Node{}
	switch {
	case over != nil:
		n = *over
		merged := over.Merged()
		merged.Decls = declarations(base, over)
		n.SetMerged(merged)
	case base != nil:
		n = *base
	}
	return &n
}

// declarations joins the key tokens of both nodes, lowest first.
func declarations(base, over *yamltree.Node) []yamltree.Span {
	if base == nil {
		return over.Merged().Decls
	}
	var all []yamltree.Span
	for _, n := range []*yamltree.Node{base, over} {
		if decls := n.Merged().Decls; len(decls) > 0 {
			all = append(all, decls...)
		} else if !n.Key.IsZero() {
			all = append(all, n.Key)
		}
	}
	if beyond := len(all) - maxDeclarations; beyond > 0 {
		all = slices.Delete(all, 1, 1+beyond)
	}
	return all
}

// maxDeclarations bounds the declarations of a value: the first one and the last ones are kept. In a
// chain of a thousand services that extend each other the last one would have as many.
const maxDeclarations = 100

func reattachMapping(plain map[string]any, key string, base, over *yamltree.Node) *yamltree.Node {
	n := standIn(base, over)
	n.Kind, n.Value, n.Items = yamltree.Mapping, nil, nil
	n.Fields = make(map[string]*yamltree.Node, len(plain))
	base, over = base.ByName(), over.ByName()
	for k, v := range plain {
		b, o := Field(base, key, k), Field(over, key, k)
		if b == nil && o == nil {
			b = generated(n)
		}
		n.Fields[k] = reattachNode(v, k, b, o)
	}
	return n
}

// generated stands for a value that was added to parent.
func generated(parent *yamltree.Node) *yamltree.Node {
	decls := parent.Merged().Decls
	n := &yamltree.Node{Kind: yamltree.Scalar, Key: parent.Key, Via: parent.Via, Generated: true}
	n.SetMerged(yamltree.Merged{Decls: decls})
	if n.Key.IsZero() && len(decls) == 0 {
		n.Span = parent.Span
	}
	return n
}

// Field finds what became the value under k: a field, an entry of a list of names or
// of NAME=VALUE, or a part of a short form. listed is the key that n stands under.
func Field(n *yamltree.Node, listed, k string) *yamltree.Node {
	if n == nil {
		return nil
	}
	switch n.Kind {
	case yamltree.Mapping:
		return n.Fields[k]
	case yamltree.Sequence:
		for _, item := range n.Items {
			if name, value, ok := item.Assignment(); ok && name == k {
				return value
			}
		}
		return nil
	}
	return partOf(n, listed, k)
}

func sameScalar(a, b any) bool {
	switch a.(type) {
	case map[string]any, []any:
		return false
	}
	return a == b
}
