package yamltree

import "strconv"

// Follow returns the node at a path of keys and indexes, or nil. The indexes are bare: 0, not [0].
func (n *Node) Follow(keys []string) *Node {
	for _, key := range keys {
		if n == nil {
			return nil
		}
		if n.Kind != Sequence {
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

// PathOf tells the indexes among the keys, which lead from the node, from numeric keys.
func (n *Node) PathOf(keys []string) Path {
	var p Path
	for i, key := range keys {
		if parent := n.Follow(keys[:i]); parent != nil && parent.Kind == Sequence {
			p = append(p, "["+key+"]")
		} else {
			p = append(p, key)
		}
	}
	return p
}

// Without returns the tree without the value at a path of keys and indexes.
func (n *Node) Without(keys []string) *Node {
	r := Removal{}
	r.Add(keys)
	return r.From(n)
}

// Removal is what to leave out of a tree: by key or index, what to leave out there; nil for
// all of it. Collecting spares a copy of the tree for each value.
type Removal map[string]Removal

// Add adds the value at a path of keys and indexes.
func (r Removal) Add(keys []string) {
	for i, key := range keys {
		inner, known := r[key]
		switch {
		case known && inner == nil:
			return
		case i == len(keys)-1:
			r[key] = nil
		case !known:
			inner = Removal{}
			r[key] = inner
		}
		r = inner
	}
}

// From returns the tree without what is to be left out.
func (r Removal) From(n *Node) *Node {
	if n == nil || len(r) == 0 {
		return n
	}
	c := *n
	switch n.Kind {
	case Mapping:
		c.Fields = make(map[string]*Node, len(n.Fields))
		for key, field := range n.Fields {
			if inner, there := r[key]; !there || inner != nil {
				c.Fields[key] = inner.From(field)
			}
		}
	case Sequence:
		c.Items = nil
		for i, item := range n.Items {
			if inner, there := r[strconv.Itoa(i)]; !there || inner != nil {
				c.Items = append(c.Items, inner.From(item))
			}
		}
	}
	return &c
}
