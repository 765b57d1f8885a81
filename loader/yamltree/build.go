package yamltree

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"
)

// The labels of the hops that a builder adds, less the name of the anchor.
const (
	throughAlias = "through the alias *"
	mergedFrom   = "merged from *"
)

// builder turns the nodes of the YAML library into ours. It visits every one of them once,
// in the order of the text, and keeps the end of the last token: what has no token of its
// own is found from there.
type builder struct {
	source   *Source
	lines    *lines
	pos      int
	anchors  map[*yaml.Node]*Node
	problems []*Error
	// tags are those of the document, unknown the places of others.
	tags
	unknown []Span
}

func (b *builder) document(root *yaml.Node) *Node {
	if isAbsent(root) {
		b.pos = max(b.pos, b.start(root))
	}
	b.unknown = nil
	document := b.node(root, throughAlias)
	document.document = &documentTags{b.places, b.unknown}
	return document
}

// node builds n. The hop is the label for aliases.
func (b *builder) node(n *yaml.Node, hop string) *Node {
	var node *Node
	b.noteTag(n)
	switch n.Kind {
	case yaml.AliasNode:
		return b.alias(n, hop)
	case yaml.MappingNode:
		node = b.mapping(n)
	case yaml.SequenceNode:
		node = b.sequence(n, hop)
	default:
		node = b.scalar(n)
	}
	if n.Anchor != "" {
		b.anchors[n] = node
	}
	return node
}

// noteTag notes a local tag that is none of compose-go's. The library ignores it.
func (b *builder) noteTag(n *yaml.Node) {
	if !strings.HasPrefix(n.Tag, "!") || strings.HasPrefix(n.Tag, "!!") || n.Tag == "!" || n.Tag == "!reset" || n.Tag == "!override" {
		return
	}
	start := b.start(n)
	if at := bytes.Index(b.source.Text[start:], []byte(n.Tag)); at >= 0 {
		b.unknown = append(b.unknown, b.span(start+at, start+at+len(n.Tag)))
	}
}

func (b *builder) alias(n *yaml.Node, hop string) *Node {
	start := b.start(n)
	b.pos = skipName(b.source.Text, start)
	node := b.anchors[n.Alias].Under(hop+n.Value, b.span(start, b.pos))
	node.Key = Span{}
	return node
}

func (b *builder) scalar(n *yaml.Node) *Node {
	if isAbsent(n) {
		if n.Anchor != "" || n.Style&yaml.TaggedStyle != 0 {
			b.pos, _ = skipProperties(b.source.Text, b.start(n), n)
		}
		at := b.span(b.pos, b.pos)
		node := &Node{Kind: Scalar, Span: at}
		b.value(node, n)
		return node
	}
	start := b.content(n)
	token := readToken(b.source.Text, start, n)
	b.pos = token.pos
	at := b.span(start, b.pos)
	node := &Node{Kind: Scalar, Span: at, Text: token.pieces}
	b.value(node, n)
	if s, ok := node.Value.(string); !ok {
		node.Text = Text{{Length: b.pos - start, Start: start, End: b.pos, Literal: true}}
	} else if s != n.Value { // !!binary
		node.Text = Text{{Length: len(s), Start: start, End: b.pos}}
	}
	return node
}

// value gives a node what compose-go reads, but for a timestamp, which its later steps do
// not expect. The tags !reset and !override are unknown to the library: a scalar that has one is
// always a string.
func (b *builder) value(node *Node, n *yaml.Node) {
	node.Value = n.Value
	if n.ShortTag() == "!!str" {
		return
	}
	value, err := resolve(n)
	if err != nil {
		b.problem(node.Span, "the value does not fit its tag %s", n.Tag)
		return
	}
	if _, node.Date = value.(time.Time); !node.Date {
		node.Value = value
	}
}

func (b *builder) sequence(n *yaml.Node, hop string) *Node {
	flow := n.Style&yaml.FlowStyle != 0
	node := &Node{Kind: Sequence, Items: make([]*Node, 0, len(n.Content))}
	start := b.content(n)
	b.pos = start
	if flow {
		b.pos++
	}
	for i, item := range n.Content {
		if flow {
			b.indicator(',')
		} else {
			b.indicator('-')
		}
		value := b.node(item, hop)
		switch {
		case isLost(item):
		case b.dropped[item]:
			node.drop(strconv.Itoa(i), value)
		default:
			node.Items = append(node.Items, value)
		}
	}
	if flow {
		b.close()
	}
	node.Span = b.span(start, b.pos)
	return node
}

// close moves behind the bracket that ends a flow collection.
func (b *builder) close() {
	b.indicator(',')
	b.pos = min(skipSpace(b.source.Text, b.pos)+1, len(b.source.Text))
}

// indicator moves behind the character c if it is the next token.
func (b *builder) indicator(c byte) bool {
	at := skipSpace(b.source.Text, b.pos)
	if at == len(b.source.Text) || b.source.Text[at] != c {
		return false
	}
	b.pos = at + 1
	return true
}

// start is the offset of a node with its properties.
func (b *builder) start(n *yaml.Node) int {
	return max(b.pos, b.lines.offset(n.Line, n.Column))
}

// content is the offset of a node without its properties.
func (b *builder) content(n *yaml.Node) int {
	_, content := skipProperties(b.source.Text, b.start(n), n)
	return content
}

func (b *builder) span(start, end int) Span { return Span{b.source, start, end} }

func (b *builder) problem(at Span, format string, args ...any) {
	b.problems = append(b.problems, &Error{Span: at, Message: fmt.Sprintf(format, args...)})
}
