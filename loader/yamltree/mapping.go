package yamltree

import (
	"fmt"

	"go.yaml.in/yaml/v4"
)

func (b *builder) mapping(n *yaml.Node) *Node {
	node := &Node{Kind: Mapping, Fields: make(map[string]*Node, len(n.Content)/2)}
	flow := n.Style&yaml.FlowStyle != 0
	braces := flow && !b.isPair(n)
	if braces {
		node.Span = b.span(b.content(n), 0)
		b.pos = node.Span.Start + 1
	}
	var sources []*Node
	merges := false
	for i := 0; i < len(n.Content); i += 2 {
		key, span, refusal := b.key(n.Content[i], flow)
		if i == 0 && !braces {
			node.Span = span
		}
		b.colon(flow)
		lost, duplicate := node.Fields[key]
		duplicate = duplicate || merges && key == "<<"
		if isMerge(n.Content[i]) {
			merges = true
			sources = b.sources(n.Content[i+1])
			if b.dropped[n.Content[i+1]] {
				sources = nil
			}
		} else {
			field := b.node(n.Content[i+1], throughAlias)
			field.Key = span
			switch {
			case isLost(n.Content[i+1]):
			case b.dropped[n.Content[i+1]]:
				refusal = "" // compose-go drops both before it looks at the key
				node.Fields[key] = field
				node.drop(key, field)
			default:
				node.Fields[key] = field
			}
		}
		if refusal != "" {
			b.problem(span, "%s", refusal)
			b.problems[len(b.problems)-1].Key = key
		}
		if duplicate {
			b.problem(span, "the key %q is defined more than once", key)
			b.problems[len(b.problems)-1].Key, b.problems[len(b.problems)-1].Lost = key, lost
		}
	}
	if braces {
		b.close()
	}
	node.Span.End = b.pos
	for key, value := range node.Dropped {
		if node.Fields[key] == value { // no other one that the file says twice
			delete(node.Fields, key)
		}
	}
	merge(node, sources)
	return node
}

// drop puts a value, which is tagged !reset, apart from those that count.
func (n *Node) drop(key string, value *Node) {
	if n.Dropped == nil {
		n.Dropped = map[string]*Node{}
	}
	n.Dropped[key] = value
}

// isPair is true for a mapping of one pair without braces in a flow sequence: `[a: b]`. It
// starts where its key does.
func (b *builder) isPair(n *yaml.Node) bool {
	if len(n.Content) != 2 {
		return false
	}
	key := n.Content[0]
	return key.Line == n.Line && key.Column == n.Column || b.source.Text[b.start(n)] == '?'
}

// key reads a key and returns its text, its token, and what is wrong with it.
func (b *builder) key(n *yaml.Node, flow bool) (text string, span Span, refusal string) {
	if flow {
		b.indicator(',')
	}
	before := b.pos
	if b.indicator('?') && !endsToken(b.source.Text, b.pos) {
		b.pos = before
	}
	key := b.node(n, throughAlias)
	span = key.Span
	if n.Kind == yaml.AliasNode {
		span = key.Via.At
		n = n.Alias
	}
	if isMerge(n) {
		return n.Value, span, ""
	}
	if n.Kind != yaml.ScalarNode {
		return string(b.source.Text[span.Start:span.End]), span, "the key is a mapping or a list, not a string"
	}
	text, ok := key.Value.(string)
	if !ok || n.ShortTag() == "!!timestamp" {
		return n.Value, span, fmt.Sprintf("the key %q is not a string", n.Value)
	}
	return text, span, ""
}

// colon moves behind the colon between a key and its value, which may lack both.
func (b *builder) colon(flow bool) {
	before := b.pos
	if b.indicator(':') && !flow && !endsToken(b.source.Text, b.pos) {
		b.pos = before
	}
}

func isMerge(key *yaml.Node) bool {
	return key.Kind == yaml.ScalarNode && key.ShortTag() == "!!merge"
}

// isLost is true for a plain << that is a value: the library leaves it out of what it stands in.
func isLost(n *yaml.Node) bool {
	return isMerge(n) || n.Kind == yaml.AliasNode && isMerge(n.Alias)
}

// sources reads the value of a merge key and returns the mappings in it. Unlike the library
// by itself compose-go takes an alias of a list of mappings as well.
func (b *builder) sources(n *yaml.Node) []*Node {
	start := b.start(n)
	value := b.node(n, mergedFrom)
	found := value.Items
	if value.Kind == Mapping {
		found = []*Node{value}
	}
	sources := make([]*Node, 0, len(found))
	for _, source := range found {
		if source.Kind == Mapping {
			sources = append(sources, source)
		}
	}
	if value.Kind == Scalar || len(sources) < len(found) {
		b.problem(b.span(start, max(start, b.pos)), "the merge key << needs a mapping or a list of mappings")
	}
	return sources
}

// merge adds the fields of the sources that a mapping lacks. Of several sources with the
// same key the first one counts.
func merge(node *Node, sources []*Node) {
	for _, source := range sources {
		for key, field := range source.Fields {
			if _, ok := node.Fields[key]; !ok {
				node.Fields[key] = field
			}
		}
	}
}
