package yamltree

import "strings"

// Range is a stretch of a value, in bytes.
type Range struct{ Start, End int }

// Part is the node of the bytes [start, end) of a string, which are the value, or of all of it
// where those have no place of their own.
func (n *Node) Part(start, end int, value any) *Node {
	return n.part(n.Text, n.Variables, 0, Range{start, end}, value)
}

// Split is Part of each of several stretches, which follow each other, without values: in one walk
// over the text, which may have as many pieces as there are stretches.
func (n *Node) Split(stretches []Range) []*Node {
	parts := make([]*Node, len(stretches))
	text, variables, offset := n.Text, n.Variables, 0
	for i, s := range stretches {
		for len(text) > 0 && offset+text[0].Length <= s.Start {
			offset += text[0].Length
			text = text[1:]
		}
		for len(variables) > 0 && variables[0].End < s.Start {
			variables = variables[1:]
		}
		parts[i] = n.part(text.upTo(s.End-offset), variables, offset, s, nil)
	}
	return parts
}

// part is Part where the text begins at an offset, and the variables before it are left out.
func (n *Node) part(text Text, variables []Variable, offset int, s Range, value any) *Node {
	c := *n
	c.Kind, c.Value, c.Key, c.Variables = Scalar, value, Span{}, nil
	if merged := n.Merged(); merged.Decls != nil {
		merged.Decls = nil
		c.SetMerged(merged)
	}
	if span, _ := text.Part(n.Span.Source, s.Start-offset, s.End-offset); !span.IsZero() {
		c.Span, c.Text = span, text.Slice(s.Start-offset, s.End-offset)
	}
	for _, v := range variables {
		if v.Start > s.End {
			break
		}
		if v.Start < s.End && s.Start < v.End || v.Start == v.End && s.Start <= v.Start {
			v.Start, v.End = max(v.Start, s.Start)-s.Start, min(v.End, s.End)-s.Start
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
