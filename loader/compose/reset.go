package compose

import (
	"fmt"
	"slices"

	"github.com/composelint/composelint/loader/yamltree"
)

// resets are the places that a document tags !reset or !override, by key: what earlier files say
// there does not count (loader/reset.go of compose-go v2.16.2).
type resets struct {
	here  bool
	below map[string]*resets
}

// resetsOf are those of a document, under the name of today too where it was an extension once.
func resetsOf(document *yamltree.Node) *resets {
	r := &resets{}
	for _, p := range document.Resets() {
		r.add(p)
		if len(p) > 2 && p[0] == "services" && p[2] == "x-develop" {
			promoted := slices.Clone(p)
			promoted[2] = "develop"
			r.add(promoted)
		}
	}
	return r
}

func (r *resets) add(p yamltree.Path) {
	for _, key := range p {
		if r.below == nil {
			r.below = map[string]*resets{}
		}
		if r.below[key] == nil {
			r.below[key] = &resets{}
		}
		r = r.below[key]
	}
	r.here = true
}

// apply returns the tree without the values of mappings at those places. Items of lists stay, as
// in compose-go.
func (r *resets) apply(root *yamltree.Node) *yamltree.Node { return without(root, []*resets{r}) }

// within returns one definition of a section without the values at those places. From one that is
// tagged as a whole nothing is taken: compose-go takes it out of a mapping that it then throws
// away.
func (r *resets) within(section, name string, definition *yamltree.Node) *yamltree.Node {
	below, here := under([]*resets{r}, section)
	if !here {
		below, here = under(below, name)
	}
	if here {
		return definition
	}
	return without(definition, below)
}

// without is a tree without the values that any of the resets names.
func without(n *yamltree.Node, any []*resets) *yamltree.Node {
	if n == nil || !slices.ContainsFunc(any, func(r *resets) bool { return len(r.below) > 0 }) {
		return n
	}
	c := *n
	switch n.Kind {
	case yamltree.Mapping:
		c.Fields = make(map[string]*yamltree.Node, len(n.Fields))
		for key, field := range n.Fields {
			if below, here := under(any, key); !here {
				c.Fields[key] = without(field, below)
			}
		}
	case yamltree.Sequence:
		c.Items = slices.Clone(n.Items)
		for i, item := range n.Items {
			if below, here := under(any, fmt.Sprintf("[%d]", i)); !here {
				c.Items[i] = without(item, below)
			}
		}
	}
	return &c
}

// under are the resets below a key, and whether one names the value there. compose-go takes the
// key * of a reset for every key.
func under(any []*resets, key string) (below []*resets, here bool) {
	for _, r := range any {
		for _, b := range []*resets{r.below[key], r.below["*"]} {
			if b != nil && !slices.Contains(below, b) {
				below = append(below, b)
				here = here || b.here
			}
		}
	}
	return below, here
}
