package compose

import (
	"slices"

	"github.com/composelint/composelint/loader/yamltree"
)

// resets are the places that a document tags !reset or !override: what earlier files say
// there does not count (loader/reset.go of compose-go v2.16.2).
type resets []yamltree.Path

// takeResets returns the document without the values tagged !reset.
func takeResets(document *yamltree.Node) (*yamltree.Node, resets) {
	var found resets
	document = found.take(document, nil)
	if document == nil {
		document = &yamltree.Node{Kind: yamltree.Mapping}
	}
	return document, found
}

func (r *resets) take(n *yamltree.Node, p yamltree.Path) *yamltree.Node {
	switch n.Tag {
	case "!reset":
		r.add(p)
		return nil
	case "!override":
		r.add(p)
		return n
	}
	if !tagged(n) {
		return n
	}
	c := *n
	switch n.Kind {
	case yamltree.Mapping:
		c.Fields = make(map[string]*yamltree.Node, len(n.Fields))
		for _, key := range n.Keys() {
			if field := r.take(n.Fields[key], p.Field(key)); field != nil {
				c.Fields[key] = field
			}
		}
	case yamltree.Sequence:
		c.Items = nil
		for i, item := range n.Items {
			if kept := r.take(item, p.Item(i)); kept != nil {
				c.Items = append(c.Items, kept)
			}
		}
	}
	return &c
}

// add notes a place, under the name of today too where it was an extension once.
func (r *resets) add(p yamltree.Path) {
	*r = append(*r, slices.Clone(p))
	if len(p) > 2 && p[0] == "services" && p[2] == "x-develop" {
		promoted := slices.Clone(p)
		promoted[2] = "develop"
		*r = append(*r, promoted)
	}
}

// tagged is true where a tag is somewhere in the tree, which saves copying all others.
func tagged(n *yamltree.Node) bool {
	if n.Tag != "" {
		return true
	}
	for _, field := range n.Fields {
		if tagged(field) {
			return true
		}
	}
	return slices.ContainsFunc(n.Items, tagged)
}

// apply returns the tree without the values of mappings at those places. Items of lists
// stay, as in compose-go.
func (r resets) apply(root *yamltree.Node) *yamltree.Node {
	for _, p := range r {
		if root.Follow(p) != nil {
			root = root.Without(p)
		}
	}
	return root
}
