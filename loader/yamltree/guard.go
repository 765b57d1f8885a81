package yamltree

import (
	"fmt"

	"go.yaml.in/yaml/v4"
)

// Limits on what is built, well above what real files have. Without them a small file could
// take minutes or gigabytes, here or in compose.
const (
	maxNodes       = 1_000_000
	maxNesting     = 100
	maxKeys        = 10_000
	maxItems       = 5_000
	maxScalarBytes = 64 << 10
	maxDocuments   = 1_000
)

// guard measures documents before they are built.
type guard struct {
	source *Source
	lines  *lines
	// anchors holds what was measured to its end. An alias to any other is a cycle, since
	// an anchor precedes its aliases.
	anchors map[*yaml.Node]extent
}

// extent is the size of a node with its aliases expanded.
type extent struct{ nodes, depth int }

// measure returns the extent of a node that is nested in level collections.
func (g *guard) measure(n *yaml.Node, level int) (extent, *Error) {
	if n.Kind == yaml.AliasNode {
		target, done := g.anchors[n.Alias]
		if !done {
			return extent{}, g.fail(n, "the anchor &%s contains itself", n.Value)
		}
		if level+target.depth > maxNesting {
			return extent{}, g.fail(n, "the nesting is deeper than %d levels", maxNesting)
		}
		return target, nil
	}
	if err := g.single(n, level); err != nil {
		return extent{}, err
	}
	total := extent{nodes: 1}
	if n.Kind != yaml.ScalarNode {
		total.depth = 1
	}
	for _, child := range n.Content {
		e, err := g.measure(child, level+1)
		if err != nil {
			return extent{}, err
		}
		total.nodes += e.nodes
		total.depth = max(total.depth, e.depth+1)
		if total.nodes > maxNodes {
			return extent{}, g.fail(child, "the document has more than %d values with its aliases expanded", maxNodes)
		}
	}
	if n.Anchor != "" {
		g.anchors[n] = total
	}
	return total, nil
}

// single checks what a node is by itself.
func (g *guard) single(n *yaml.Node, level int) *Error {
	switch {
	case n.Kind == yaml.ScalarNode && len(n.Value) > maxScalarBytes:
		return g.fail(n, "the value is longer than %d bytes", maxScalarBytes)
	case n.Kind == yaml.ScalarNode:
		return nil
	case level >= maxNesting:
		return g.fail(n, "the nesting is deeper than %d levels", maxNesting)
	case n.Kind == yaml.MappingNode && len(n.Content) > 2*maxKeys:
		return g.fail(n.Content[2*maxKeys], "the mapping has more than %d keys", maxKeys)
	case n.Kind == yaml.SequenceNode && len(n.Content) > maxItems:
		return g.fail(n.Content[maxItems], "the list has more than %d items", maxItems)
	}
	return nil
}

func (g *guard) fail(n *yaml.Node, format string, args ...any) *Error {
	return &Error{Span: restOfLine(g.source, g.lines.offset(n.Line, n.Column)), Message: fmt.Sprintf(format, args...)}
}

// keysOf are the keys at the top of a document, as far as they are scalars.
func keysOf(root *yaml.Node) (keys []string) {
	if root.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i < len(root.Content); i += 2 {
		key := root.Content[i]
		if key.Kind == yaml.AliasNode {
			key = key.Alias
		}
		keys = append(keys, key.Value)
	}
	return keys
}
