package yamltree

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestMutation replaces every token by another value, and expects that the library finds
// this value at the places of the token, through anchors as well, and nowhere else.
func TestMutation(t *testing.T) {
	var total tally
	for _, d := range documents {
		total.mutate(t, d.name, d.text, 1)
	}
	total.log(t)
	if total.values == 0 || total.keys == 0 {
		t.Error("nothing was replaced")
	}
}

// tally counts replaced values and keys, and those whose replacement the library refused.
type tally struct{ values, keys, refused int }

func (c *tally) log(t *testing.T) {
	t.Logf("%d values and %d keys replaced, %d more refused by the library", c.values, c.keys, c.refused)
}

// mutate edits every nth scalar of a text, one after the other.
func (c *tally) mutate(t *testing.T, name, text string, nth int) {
	t.Helper()
	docs, _, err := Parse(source(text))
	if err != nil {
		t.Errorf("%s: %s", name, err)
		return
	}
	values, keys := tokens(docs)
	if slices.ContainsFunc(keys, func(s Span) bool { return text[s.Start] == '*' }) {
		return // A value is a key elsewhere.
	}
	for i := 0; i < len(values); i += nth {
		if c.check(t, name, text, docs, values[i]) {
			c.values++
		}
	}
	if strings.Contains(text, "<<") {
		return // A key that hides a merged one changes more than itself.
	}
	for i := 0; i < len(keys); i += nth {
		if c.check(t, name, text, docs, keys[i]) {
			c.keys++
		}
	}
}

// check is false where the library refuses the edited text.
func (c *tally) check(t *testing.T, name, text string, docs []*Node, span Span) bool {
	token := "zzmutated"
	if strings.ContainsRune(`'"`, rune(text[span.Start])) {
		token = `"zzmutated"` // A plain one would take in a `:` or `#` that follows at once.
	}
	edited := text[:span.Start] + token + text[span.End:]
	values, err := library(edited)
	if err != nil {
		c.refused++
		return false
	}
	if diff := difference(docs, values, span); diff != "" {
		t.Errorf("%s: %s:\n%s", name, show(span), diff)
	}
	return true
}

// tokens lists the tokens of all scalars and of all keys, each once.
func tokens(docs []*Node) (values, keys []Span) {
	seen := map[Span]bool{}
	add := func(list []Span, s Span) []Span {
		if s.IsZero() || s.Start == s.End || seen[s] {
			return list
		}
		seen[s] = true
		return append(list, s)
	}
	for _, doc := range docs {
		walk(doc, func(n *Node) {
			keys = add(keys, n.Key)
			if n.Kind == Scalar {
				values = add(values, n.Span)
			}
		})
	}
	return values, keys
}

func walk(n *Node, visit func(*Node)) {
	visit(n)
	for _, key := range n.Keys() {
		walk(n.Fields[key], visit)
	}
	for _, item := range n.Items {
		walk(item, visit)
	}
}

// inconsistency says what is wrong with the spans of a tree.
func inconsistency(docs []*Node) string {
	for _, doc := range docs {
		found := ""
		walk(doc, func(n *Node) {
			found = found + wrongSpan(n.Span) + wrongText(n)
			for _, field := range n.Fields {
				found += wrongSpan(field.Key) + outside(field, n)
			}
			for _, item := range n.Items {
				found += outside(item, n)
			}
		})
		if found != "" {
			return found
		}
	}
	return ""
}

func wrongSpan(s Span) string {
	if s.IsZero() || s.Start < 0 || s.Start > s.End || s.End > len(s.Source.Text) {
		return fmt.Sprintf("no place: [%d, %d)\n", s.Start, s.End)
	}
	return ""
}

// outside tells of a child that is not in its parent although both are defined in place.
func outside(child, parent *Node) string {
	if child.Via != nil || parent.Via != nil ||
		parent.Span.Start <= child.Span.Start && child.Span.End <= parent.Span.End {
		return ""
	}
	return fmt.Sprintf("%s is outside of %s\n", show(child.Span), show(parent.Span))
}

func wrongText(n *Node) string {
	value, ok := n.Value.(string)
	if !ok {
		if n.Kind == Scalar && n.Span.Start < n.Span.End && n.Text[0].Length != n.Span.End-n.Span.Start {
			return fmt.Sprintf("%s has another text: %v\n", show(n.Span), n.Text)
		}
		return ""
	}
	at := n.Span.Start
	for _, p := range n.Text {
		if p.Start < at || p.End < p.Start || n.Span.End < p.End || len(value) < p.Length {
			return fmt.Sprintf("%s has a piece out of place: %v\n", show(n.Span), n.Text)
		}
		if p.Literal && value[:p.Length] != string(n.Span.Source.Text[p.Start:p.End]) {
			return fmt.Sprintf("%s is not literal: %v\n", show(n.Span), n.Text)
		}
		at, value = p.End, value[p.Length:]
	}
	if value != "" {
		return fmt.Sprintf("%s has no piece for %q\n", show(n.Span), value)
	}
	return ""
}
