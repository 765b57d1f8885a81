package loader

import (
	"strconv"

	"github.com/composelint/composelint/loader/yamltree"
)

// follow returns the node at a path of keys and indexes, or nil.
func follow(n *yamltree.Node, keys []string) *yamltree.Node {
	for _, key := range keys {
		if n == nil {
			return nil
		}
		if n.Kind != yamltree.Sequence {
			n = n.Fields[key]
			continue
		}
		i, err := strconv.Atoi(key)
		if err != nil || i < 0 || i >= len(n.Items) {
			return nil
		}
		n = n.Items[i]
	}
	return n
}

// pathOf tells the indexes among the keys from numeric keys.
func pathOf(n *yamltree.Node, keys []string) keyPath {
	var p keyPath
	for i, key := range keys {
		if parent := follow(n, keys[:i]); parent != nil && parent.Kind == yamltree.Sequence {
			p = append(p, "["+key+"]")
		} else {
			p = append(p, key)
		}
	}
	return p
}

// without returns the tree without the value at a path of keys and indexes.
func without(n *yamltree.Node, keys []string) *yamltree.Node {
	r := removal{}
	r.add(keys)
	return r.from(n)
}

// removal is what to leave out of a tree: by key or index, what to leave out there; nil for
// all of it. Collecting spares a copy of the tree for each value.
type removal map[string]removal

func (r removal) add(keys []string) {
	for i, key := range keys {
		inner, known := r[key]
		switch {
		case known && inner == nil:
			return
		case i == len(keys)-1:
			r[key] = nil
		case !known:
			inner = removal{}
			r[key] = inner
		}
		r = inner
	}
}

// from returns the tree without it.
func (r removal) from(n *yamltree.Node) *yamltree.Node {
	if n == nil || len(r) == 0 {
		return n
	}
	c := *n
	switch n.Kind {
	case yamltree.Mapping:
		c.Fields = make(map[string]*yamltree.Node, len(n.Fields))
		for key, field := range n.Fields {
			if inner, there := r[key]; !there || inner != nil {
				c.Fields[key] = inner.from(field)
			}
		}
	case yamltree.Sequence:
		c.Items = nil
		for i, item := range n.Items {
			if inner, there := r[strconv.Itoa(i)]; !there || inner != nil {
				c.Items = append(c.Items, inner.from(item))
			}
		}
	}
	return &c
}
