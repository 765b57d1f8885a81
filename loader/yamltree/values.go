package yamltree

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// The methods of this file read values. They may be called on any node, nil too.

// Scalar returns the value of a scalar, nil for anything else.
func (n *Node) Scalar() any {
	if n == nil || n.Kind != Scalar {
		return nil
	}
	return n.Value
}

// String is a scalar as Compose writes it, empty for anything else.
func (n *Node) String() string { return Written(n.Scalar()) }

// Written is a plain scalar as Compose writes it.
func Written(value any) string {
	switch text := value.(type) {
	case nil:
		return ""
	case string:
		return text
	}
	return fmt.Sprint(value)
}

// Boolean is a scalar as compose-go reads one where it expects true or false, also by a word of YAML
// 1.1 (toBoolean, loader/interpolate.go v2.16.2); false where it is neither, or is unknown.
func (n *Node) Boolean() (value, known bool) {
	if n == nil || n.Unknown() {
		return false, false
	}
	switch strings.ToLower(n.String()) {
	case "true", "y", "yes", "on":
		return true, true
	case "false", "n", "no", "off":
		return false, true
	}
	return false, false
}

// AsTime is what the library makes of a date.
func (n *Node) AsTime() string {
	value, _ := resolve(&yaml.Node{Kind: yaml.ScalarNode, Value: n.String()})
	return Written(value)
}

// Texts are the scalars among the nodes as Compose writes them, empty for the others.
func Texts(nodes []*Node) []string {
	all := make([]string, len(nodes))
	for i, n := range nodes {
		all[i] = n.String()
	}
	return all
}

// Values are those of a mapping by key, nil for anything else.
func (n *Node) Values() map[string]*Node {
	if n == nil {
		return nil
	}
	return n.Fields
}

// Scalars are those of a list.
func (n *Node) Scalars() []*Node {
	if n == nil {
		return nil
	}
	var scalars []*Node
	for _, i := range n.Items {
		if i.Kind == Scalar {
			scalars = append(scalars, i)
		}
	}
	return scalars
}

// ListOrOne are the scalars of a list, or a single scalar that is not null.
func (n *Node) ListOrOne() []*Node {
	if n.Scalar() != nil {
		return []*Node{n}
	}
	return n.Scalars()
}

// WrittenText is a scalar as the file writes it, with the braces of its last variable; as Compose writes it
// where no file does.
func (n *Node) WrittenText() string {
	if n.Span.IsZero() {
		return n.String()
	}
	text, end := n.Span.Source.Text, n.Span.End
	for {
		token := text[n.Span.Start:end]
		if bytes.Count(token, []byte("{")) <= bytes.Count(token, []byte("}")) || end == len(text) || text[end] != '}' {
			return strings.Trim(string(token), `"'`)
		}
		end++
	}
}

// KnownTexts are the scalars of a list as Compose writes them, but for the unknown ones.
func (n *Node) KnownTexts() []string {
	known := []string{}
	for _, i := range n.Scalars() {
		if !i.Unknown() {
			known = append(known, i.String())
		}
	}
	return known
}

// AnyUnknown is true where the value or a part of it is unknown.
func (n *Node) AnyUnknown() bool {
	if n.Unknown() || slices.ContainsFunc(n.Items, (*Node).AnyUnknown) {
		return true
	}
	for _, field := range n.Fields {
		if field.AnyUnknown() {
			return true
		}
	}
	return false
}

// KeysInFileOrder returns a mapping's keys as a reader meets them: in the first file that has
// them, from top to bottom.
func (n *Node) KeysInFileOrder() []string {
	place := func(key string) (file, offset int) {
		field := n.Fields[key]
		span := field.Key
		if decls := field.Merged().Decls; len(decls) > 0 {
			span = decls[0]
		}
		if span.IsZero() {
			return 0, 0
		}
		return span.Source.Order, span.Start
	}
	keys := n.Keys()
	slices.SortStableFunc(keys, func(a, b string) int {
		fileA, offsetA := place(a)
		fileB, offsetB := place(b)
		return cmp.Or(cmp.Compare(fileA, fileB), cmp.Compare(offsetA, offsetB))
	})
	return keys
}

// Equals is true where the tree holds exactly the plain value.
func (n *Node) Equals(plain any) bool {
	switch v := plain.(type) {
	case map[string]any:
		if n.Kind != Mapping || len(v) != len(n.Fields) {
			return false
		}
		for k, e := range v {
			if n.Fields[k] == nil || !n.Fields[k].Equals(e) {
				return false
			}
		}
		return true
	case []any:
		if n.Kind != Sequence || len(v) != len(n.Items) {
			return false
		}
		for i, e := range v {
			if !n.Items[i].Equals(e) {
				return false
			}
		}
		return true
	}
	return n.Kind == Scalar && plain == n.Value
}

// Alone is a node with the place of n and nothing below it.
func (n *Node) Alone() *Node {
	c := *n
	c.Fields, c.Items = nil, nil
	return &c
}

// Wrap is a mapping of one field.
func Wrap(key string, value *Node) *Node {
	return &Node{Kind: Mapping, Fields: map[string]*Node{key: value}}
}

// Literal is what the files themselves say of a scalar: its text without what variables put in,
// but with their defaults. It is nothing where variables took part and their places in the text
// are not known.
func (n *Node) Literal() string { return n.LiteralWith("") }

// LiteralWith is the literal with a text in the place of each variable.
func (n *Node) LiteralWith(put string) string {
	literal := n.String()
	if literal == "" {
		return ""
	}
	var from []Variable
	for _, v := range n.Variables {
		if !v.Default {
			from = append(from, v)
		}
	}
	length := 0
	for _, piece := range n.Text {
		length += piece.Length
	}
	if len(from) > 0 && length != len(literal) {
		return ""
	}
	slices.SortFunc(from, func(a, b Variable) int { return b.Start - a.Start })
	end := len(literal)
	for _, v := range from {
		if v.Start < end {
			literal = literal[:v.Start] + put + literal[min(v.End, end):]
			end = v.Start
		}
	}
	return literal
}
