// Package yamltree reads YAML into a tree in which every value knows the token that
// defines it and the way it came: aliases, merge keys, and whatever later steps add.
package yamltree

import (
	"sort"
	"strings"

	"github.com/composelint/composelint/model"
)

// Kind is what a node is.
type Kind uint8

// The kinds of node.
const (
	Scalar Kind = iota
	Mapping
	Sequence
)

// Node is a value of the tree. Aliases and merge keys are resolved: every use of an
// anchor is a node of its own.
type Node struct {
	Kind Kind
	// Date is true for a string that YAML reads as a timestamp.
	Date bool
	// Generated is true for a value that no file states. Its place is that of the mapping or
	// list it was added to.
	Generated bool
	// Value is a scalar's: string, bool, int, int64, uint64, float64 or nil.
	Value any
	// Fields are a mapping's values by key.
	Fields map[string]*Node
	// Items are a sequence's.
	Items []*Node

	// Key is the token of the key, where the node is the value of a mapping.
	Key Span
	// Span is the node's token without its anchor and tag. That of a collection reaches from
	// its first token to its last one, that of an absent value (`key:`) is empty.
	Span Span
	// Text ties a scalar's value to the bytes of its token.
	Text Text
	// Dropped are the values that are tagged !reset, by key or index: they are among neither
	// Fields nor Items, and only comments and credentials are looked for in them.
	Dropped map[string]*Node
	// document is what a whole document says by its tags, where the node is one.
	document *documentTags
	// Via is the chain of hops between the place of use and Span, outermost first.
	Via *Via
	// merged is what merging left of others, nil where it left nothing.
	merged *Merged
	// Variables are those that the value was interpolated from.
	Variables []Variable
}

// Merged is what several files, or several entries of a list, left beside the value that counts.
type Merged struct {
	// Decls are the key tokens of every file that contributed to the node, lowest first; it
	// is empty where only Key did.
	Decls []Span
	// Prev is the value that this one replaced, nearest first.
	Prev *Node
	// Also are equal entries that were dropped for this one.
	Also []*Node
}

// Merged is what merging left beside the value, empty where it left nothing.
func (n *Node) Merged() Merged {
	if n.merged == nil {
		return Merged{}
	}
	return *n.merged
}

// SetMerged sets it on the node alone: copies share what they had.
func (n *Node) SetMerged(m Merged) {
	n.merged = nil
	if m.Decls != nil || m.Prev != nil || m.Also != nil {
		n.merged = &m
	}
}

// Via is a hop on the way from the place where a value is used to the one where it is
// defined.
type Via struct {
	// Label says what happens there: `through the alias *common`.
	Label string
	At    Span
	Next  *Via
}

// Variable is a reference to a variable in a scalar. One without a name, which is not set,
// stands for a value that could not be read.
type Variable struct {
	Name string
	// Set is true when the environment has it; Default when a default stood in for it.
	Set, Default bool
	// Elsewhere says who sets a variable whose value is known only where the project runs: one of
	// model.SetBy. It is empty for any other.
	Elsewhere string
	// Required is the reason that the file gives, perhaps empty, where it requires a variable that
	// is not set here.
	Required *string
	// Start and End are the bytes of the scalar's value that stand for it.
	Start, End int
}

// Unknown is true when nothing here says what stands for the variable.
func (v Variable) Unknown() bool { return v.Elsewhere != "" || !v.Set && !v.Default }

// Unknown is true when the value depends on a variable that is not known and has no default.
func (n *Node) Unknown() bool {
	for _, v := range n.Variables {
		if v.Unknown() {
			return true
		}
	}
	return false
}

// Field returns the value under key, or nil. It may be called on any node, nil too.
func (n *Node) Field(key string) *Node {
	if n == nil {
		return nil
	}
	return n.Fields[key]
}

// Keys returns a mapping's keys in order.
func (n *Node) Keys() []string {
	if n == nil {
		return nil
	}
	keys := make([]string, 0, len(n.Fields))
	for key := range n.Fields {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}

// Plain returns a fresh copy of the values alone: map[string]any, []any and scalars.
func (n *Node) Plain() any {
	if n == nil {
		return nil
	}
	switch n.Kind {
	case Mapping:
		m := make(map[string]any, len(n.Fields))
		for key, field := range n.Fields {
			m[key] = field.Plain()
		}
		return m
	case Sequence:
		s := make([]any, len(n.Items))
		for i, item := range n.Items {
			s[i] = item.Plain()
		}
		return s
	}
	return n.Value
}

// Size is the number of values in the tree.
func (n *Node) Size() int {
	size := 1
	for _, field := range n.Fields {
		size += field.Size()
	}
	for _, item := range n.Items {
		size += item.Size()
	}
	return size
}

// Under returns a copy of the tree in which every node came through one hop more.
func (n *Node) Under(label string, at Span) *Node {
	longer := map[*Via]*Via{} // nodes that came the same way share it
	var under func(n *Node) *Node
	under = func(n *Node) *Node {
		c := *n
		if longer[n.Via] == nil {
			longer[n.Via] = &Via{Label: label, At: at, Next: n.Via}
		}
		c.Via = longer[n.Via]
		switch n.Kind {
		case Mapping:
			c.Fields = make(map[string]*Node, len(n.Fields))
			for key, field := range n.Fields {
				c.Fields[key] = under(field)
			}
		case Sequence:
			c.Items = make([]*Node, len(n.Items))
			for i, item := range n.Items {
				c.Items[i] = under(item)
			}
		}
		return &c
	}
	return under(n)
}

// Origin is the place of the value under key, or of the node itself for an empty key and
// for a key that it does not have. The key of a scalar is a text in it. A mapping under a key is placed at that key, in the
// file that touched it last; a mapping in a list at the first line of its text.
func (n *Node) Origin(key string) model.Origin {
	return n.Find(key).origin()
}

// Find is the value under key, or the text key in a scalar; the node itself where it has neither.
func (n *Node) Find(key string) *Node {
	if field := n.Field(key); key != "" && field != nil {
		return field
	}
	if piece := n.piece(key); piece != nil {
		return piece
	}
	return n
}

// pieceBounds are what a piece of a scalar stands between, as far as it is not at an end.
const pieceBounds = " \t\r\n,="

// piece is the first place where a scalar has a text as a piece of its own: a line of many,
// an entry of a list with commas. It is nil where there is none.
func (n *Node) piece(text string) *Node {
	value, _ := n.Value.(string)
	if n.Kind != Scalar || text == "" || text == value {
		return nil
	}
	for start := 0; ; start++ {
		i := strings.Index(value[start:], text)
		if i < 0 {
			return nil
		}
		start += i
		end := start + len(text)
		if (start == 0 || strings.ContainsRune(pieceBounds, rune(value[start-1]))) &&
			(end == len(value) || strings.ContainsRune(pieceBounds, rune(value[end]))) {
			c := *n
			c.Span, _ = n.Text.Part(n.Span.Source, start, end)
			return &c
		}
	}
}

func (n *Node) origin() model.Origin {
	primary, use := n.Place(), n.use()
	if use != nil {
		primary = use.At.FirstLine()
	}
	o := model.Origin{Location: primary.Location()}
	hop := func(label string, at Span) {
		if !at.IsZero() && len(o.Hops) < maxHops {
			o.Hops = append(o.Hops, model.Hop{Label: label, Location: at.Location()})
		}
	}
	for via := n.Via; via != nil && len(o.Hops) < maxHops-1; via = via.Next {
		if via != use {
			hop(via.Label, via.At.FirstLine())
		}
	}
	if use != nil {
		hop("defined here", n.Place())
	}
	for prev := n.Merged().Prev; prev != nil && len(o.Hops) < maxHops; prev = prev.Merged().Prev {
		hop("overrides this value", prev.Place())
	}
	for _, also := range n.Merged().Also {
		hop("says the same", also.Place())
	}
	return o
}

// maxHops bounds the hops of a value, outermost first: nobody follows more, and in a chain
// of a thousand services every value would have as many.
const maxHops = 10

// use is the last hop inside of the project's root on the way to a definition outside of
// it, nil for a definition inside.
func (n *Node) use() *Via {
	if span := n.Place(); span.IsZero() || !span.Source.Outside {
		return nil
	}
	var use *Via
	for via := n.Via; via != nil; via = via.Next {
		if !via.At.IsZero() && !via.At.Source.Outside {
			use = via
		}
	}
	return use
}

// Place is the token that stands for the node: its own, or the key's for a collection and
// for a value that is absent.
func (n *Node) Place() Span {
	span := n.Span
	if n.Kind != Scalar || span.IsZero() || span.Start == span.End {
		span = n.declared()
	}
	return span.FirstLine()
}

// Declared are the places where files declare the node: its key in each, or its own token
// where it has none.
func (n *Node) Declared() []model.Location {
	decls := n.Merged().Decls
	if len(decls) == 0 {
		return []model.Location{n.declared().FirstLine().Location()}
	}
	all := make([]model.Location, len(decls))
	for i, decl := range decls {
		all[i] = decl.Location()
	}
	return all
}

// declared is the key token that stands for the node: of the file that touched it last.
func (n *Node) declared() Span {
	if decls := n.Merged().Decls; len(decls) > 0 {
		return decls[len(decls)-1]
	}
	if !n.Key.IsZero() {
		return n.Key
	}
	return n.Span
}
