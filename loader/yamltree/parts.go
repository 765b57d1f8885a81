package yamltree

import "strings"

// Range is a stretch of a value, in bytes.
type Range struct{ Start, End int }

// Part is the node of the bytes [start, end) of a string, which are the value, or of all of it
// where those have no place of their own.
func (n *Node) Part(start, end int, value any) *Node {
	c := *n
	c.Kind, c.Value, c.Key, c.Decls, c.Variables = Scalar, value, Span{}, nil, nil
	if span, _ := n.Text.Part(n.Span.Source, start, end); !span.IsZero() {
		c.Span, c.Text = span, n.Text.Slice(start, end)
	}
	for _, v := range n.Variables {
		if v.Start < end && start < v.End || v.Start == v.End && start <= v.Start && v.Start <= end {
			v.Start, v.End = max(v.Start, start)-start, min(v.End, end)-start
			c.Variables = append(c.Variables, v)
		}
	}
	return &c
}

// Assignment reads a list's item as NAME or NAME=VALUE. The value's key is the name's token. It
// is not ok for an item that is no string.
func (n *Node) Assignment() (name string, value *Node, ok bool) {
	text, ok := n.Value.(string)
	if !ok {
		return "", nil, false
	}
	name, rest, found := strings.Cut(text, "=")
	value = n.Part(len(name)+1, len(text), rest)
	if !found {
		value = n.Part(0, len(text), nil)
	}
	value.Key, _ = n.Text.Part(n.Span.Source, 0, len(name))
	return name, value, true
}

// AssignmentItem is a value as an item NAME=VALUE of a list, or NAME where it is null.
func AssignmentItem(name string, value *Node) *Node {
	n := *value
	n.Value, n.Text, n.Variables = name, nil, nil
	if value.Value != nil {
		n.Value = name + "=" + Written(value.Value)
	}
	for _, v := range value.Variables {
		v.Start, v.End = v.Start+len(name)+1, v.End+len(name)+1
		n.Variables = append(n.Variables, v)
	}
	return &n
}

// ByName returns a list of names or of NAME=VALUE as the mapping that they make, of which the
// first one of a name stands; any other node is returned as it is.
func (n *Node) ByName() *Node {
	if n == nil || n.Kind != Sequence {
		return n
	}
	c := *n
	c.Kind, c.Fields = Mapping, make(map[string]*Node, len(n.Items))
	for _, item := range n.Items {
		name, value, ok := item.Assignment()
		if _, seen := c.Fields[name]; ok && !seen {
			c.Fields[name] = value
		}
	}
	return &c
}

// ValuesByName are the values of a mapping or a list of NAME=VALUE, of which the last one of a
// name counts.
func (n *Node) ValuesByName() map[string]*Node {
	values := map[string]*Node{}
	for name, field := range n.Values() {
		values[name] = field
	}
	for _, item := range n.Scalars() {
		if name, value, ok := item.Assignment(); ok {
			values[name] = value
		}
	}
	return values
}
