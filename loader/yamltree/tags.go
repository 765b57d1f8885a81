package yamltree

import (
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// maxTagged bounds the places of a document that are tagged, with its aliases expanded.
const maxTagged = 10_000

// tags are what the tags !reset and !override of a document say, as compose-go reads them
// (resolveReset in loader/reset.go v2.16.2): before aliases and merge keys are followed. So a
// merged value takes the place of one that is tagged !reset, and the tags of a merged mapping
// count even where the mapping that it is merged into has a value of its own.
type tags struct {
	// dropped are the values that do not count: those tagged !reset, and aliases of them.
	dropped map[*yaml.Node]bool
	// places are those of the tags: what earlier files say there does not count.
	places []Path
}

// tagsOf reads the tags of a document. The node is that of the first place beyond the limit, nil
// where there is none.
func tagsOf(root *yaml.Node) (t tags, beyond *yaml.Node) {
	if !tagged(root) {
		return t, nil
	}
	t.dropped = map[*yaml.Node]bool{}
	beyond = t.visit(root, NewPath())
	return t, beyond
}

// tagged is true where a tag is somewhere in the document.
func tagged(n *yaml.Node) bool {
	if n.Tag == "!reset" || n.Tag == "!override" {
		return true
	}
	for _, child := range n.Content {
		if tagged(child) {
			return true
		}
	}
	return false
}

// visit reads the tags of a value and of all below it. What a tagged value contains is not looked
// at there.
func (t *tags) visit(n *yaml.Node, p Path) (beyond *yaml.Node) {
	target := n
	if n.Kind == yaml.AliasNode {
		target = n.Alias
	}
	if target.Tag == "!reset" || target.Tag == "!override" {
		t.places = append(t.places, append(Path(nil), p...))
		if target.Tag == "!reset" {
			t.dropped[n] = true
		}
		if len(t.places) > maxTagged {
			return n
		}
		return nil
	}
	for i, child := range target.Content {
		key := strconv.Itoa(i)
		if target.Kind == yaml.MappingNode {
			if i%2 == 0 {
				continue
			}
			key = target.Content[i-1].Value
		}
		if beyond := t.visit(child, append(p, steps(key, len(p) == 0)...)); beyond != nil {
			return beyond
		}
	}
	return nil
}

// documentTags are those of a document.
type documentTags struct {
	resets  []Path
	unknown []Span
}

// Resets are the places that a document tags !reset or !override: what earlier files say there does not
// count. Items are among their keys by a bare index.
func (n *Node) Resets() []Path {
	if n.document == nil {
		return nil
	}
	return n.document.resets
}

// UnknownTags are the tags of a document that nobody knows, as spans of their names.
func (n *Node) UnknownTags() []Span {
	if n.document == nil {
		return nil
	}
	return n.document.unknown
}

// Written are the items of a list as the file has them, with those that are tagged !reset.
func (n *Node) Written() []*Node {
	if n.Kind != Sequence || len(n.Dropped) == 0 {
		return n.Items
	}
	var all []*Node
	items := n.Items
	for i := range len(n.Items) + len(n.Dropped) {
		if value := n.Dropped[strconv.Itoa(i)]; value != nil {
			all = append(all, value)
		} else {
			all, items = append(all, items[0]), items[1:]
		}
	}
	return all
}

// steps are the keys that compose-go takes a key for, whose paths are texts: it takes the first
// << out of them, and a dot for a separator in the first key and beside a <<.
func steps(key string, first bool) []string {
	text := key
	if !first {
		text = "." + key
	}
	before, after, merge := strings.Cut(text, ".<<")
	if !merge && !first {
		return []string{key}
	}
	return strings.FieldsFunc(before+after, func(r rune) bool { return r == '.' })
}
