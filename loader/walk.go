package loader

import (
	"slices"
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
	if n == nil || len(keys) == 0 {
		return n
	}
	c := *n
	key, rest := keys[0], keys[1:]
	if n.Kind == yamltree.Sequence {
		i, err := strconv.Atoi(key)
		if err != nil || i < 0 || i >= len(n.Items) {
			return n
		}
		c.Items = slices.Clone(n.Items)
		if len(rest) == 0 {
			c.Items = slices.Delete(c.Items, i, i+1)
		} else {
			c.Items[i] = without(n.Items[i], rest)
		}
		return &c
	}
	c.Fields = make(map[string]*yamltree.Node, len(n.Fields))
	for k, field := range n.Fields {
		if k != key {
			c.Fields[k] = field
		} else if len(rest) > 0 {
			c.Fields[k] = without(field, rest)
		}
	}
	return &c
}
