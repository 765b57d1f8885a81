package loader

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/composelint/composelint/loader/compose/composetest"
	"github.com/composelint/composelint/loader/provenance"
	"github.com/composelint/composelint/loader/yamltree"
)

// impliedKeys are what a short form implies and its text need not state.
var impliedKeys = []string{"type", "mode", "protocol", "create_host_path", "required", "permissions", "external", "condition"}

// implied is true for a value that the short form around it does not state: the type of
// a mount, the protocol of a port. Its place is that of the short form.
func (l leaf) implied(token string) bool {
	key := l.path[len(l.path)-1]
	return slices.Contains(impliedKeys, key) && token != "" && strings.Trim(token, `"'`) != l.String()
}

// duplicates are the other places that state the value of a leaf, or that take its place
// when it changes: its own, and those of what holds it.
func (l leaf) duplicates() []*yamltree.Node {
	var found []*yamltree.Node
	for i, n := range append(slices.Clone(l.above), l.Node) {
		for _, other := range displaced(n) {
			for j := i; j < len(l.path) && other != nil; j++ {
				listed := ""
				if j > 0 {
					listed = l.path[j-1]
				}
				other = stepInto(other, listed, l.path[j])
			}
			if other != nil && other.Kind == yamltree.Scalar && !other.Span.IsZero() && other.Span != l.Span {
				found = append(found, other)
			}
		}
		// The name that a list states may be in the lists of several files.
		decls := n.Merged().Decls
		for _, key := range decls {
			if key != l.Span && slices.Contains(decls, l.Span) {
				found = append(found, &yamltree.Node{Value: "", Span: key})
			}
		}
	}
	return found
}

// displaced are all the nodes that a node was taken for or that it replaced.
func displaced(n *yamltree.Node) []*yamltree.Node {
	var all []*yamltree.Node
	for _, other := range append(slices.Clone(n.Merged().Also), n.Merged().Prev) {
		if other != nil {
			all = append(append(all, other), displaced(other)...)
		}
	}
	return all
}

// stepInto is what stands under a part of a path: a field, an item or a part of a short form.
func stepInto(n *yamltree.Node, listed, part string) *yamltree.Node {
	if index := strings.Trim(part, "[]"); n.Kind == yamltree.Sequence && index != part {
		i, err := strconv.Atoi(index)
		if err != nil || i >= len(n.Items) {
			return nil
		}
		return n.Items[i]
	}
	return provenance.Field(n, listed, part)
}

// swaps are other values of the attributes that take a few words only.
var swaps = pairs(
	"true", "false", "True", "False", "TRUE", "FALSE", "yes", "no", "on", "off", "y", "n",
	"ro", "rw", "tcp", "sctp", "udp", "sctp", "ingress", "host", "service_started", "service_healthy",
	"start-first", "stop-first", "pause", "continue", "bind", "volume", "always", "missing",
	"private", "shared", "rebuild", "restart", "sync", "rebuild", "sync+restart", "sync",
	"service_completed_successfully", "service_started", "tmpfs", "volume", "any", "none", "cluster", "volume",
)

func pairs(words ...string) map[string]string {
	m := map[string]string{}
	for i := 0; i < len(words); i += 2 {
		m[words[i]] = words[i+1]
		if m[words[i+1]] == "" {
			m[words[i+1]] = words[i]
		}
	}
	return m
}

// candidates are other texts for the token of a scalar, likely ones first.
func (m *mutator) candidates(n *yamltree.Node) []string {
	token := m.token(n.Span)
	switch {
	case token == "":
		return []string{" mutated", " {x-mutated: 1}", " [mutated]", " 1"}
	case n.Value == nil:
		return append([]string{"mutated", "{x-mutated: 1}", "[mutated]", "1"}, variants(token)...)
	case token[0] == '|' || token[0] == '>':
		return []string{token + "q"}
	}
	quote, inner := "", token
	if len(token) > 1 && (token[0] == '"' || token[0] == '\'') && token[len(token)-1] == token[0] {
		quote, inner = token[:1], token[1:len(token)-1]
	}
	texts := variants(inner)
	if strings.Contains(inner, "$") {
		// An edit of a default that is not in use would change nothing.
		texts = append(variants(strings.ReplaceAll(n.String(), "$", "$$")), inner+"q")
	}
	for i := range texts {
		texts[i] = quote + texts[i] + quote
	}
	return texts
}

var digits = regexp.MustCompile(`\d+`)

// variants are other values of what is likely the same kind.
func variants(text string) []string {
	var all []string
	if other, ok := swaps[text]; ok {
		all = append(all, other)
	}
	numbers := digits.FindAllStringIndex(text, -1)
	if len(numbers) > 0 {
		last := numbers[len(numbers)-1]
		all = append(all, text[:last[0]]+next(text[last[0]:last[1]])+text[last[1]:], digits.ReplaceAllStringFunc(text, next),
			digits.ReplaceAllStringFunc(text, func(n string) string { return next(n) + "1" }))
	}
	return append(all, text+"q", text+"/q", "q"+text)
}

// next is the number that follows the one in text, with as many digits.
func next(text string) string {
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return "1"
	}
	counted := strconv.FormatUint(n+1, 10)
	return strings.Repeat("0", max(0, len(text)-len(counted))) + counted
}

// edit puts a text in the place of a span.
type edit struct {
	span yamltree.Span
	text string
}

// edits put the candidate i in the place of every node.
func (m *mutator) edits(i int, n *yamltree.Node, others []*yamltree.Node) []edit {
	var edits []edit
	for _, n := range append([]*yamltree.Node{n}, others...) {
		texts := m.candidates(n)
		edits = append(edits, edit{n.Span, texts[min(i, len(texts)-1)]})
	}
	return edits
}

// reload loads the project with its files edited, and puts them back.
func (m *mutator) reload(edits []edit, o Options, env map[string]string) (map[string]any, error) {
	// Later places first, so that the earlier ones stay where they are.
	slices.SortFunc(edits, func(a, b edit) int { return b.span.Start - a.span.Start })
	edited := map[string][]byte{}
	last := map[string]int{}
	for _, e := range edits {
		path := filepath.FromSlash(e.span.Source.Path)
		text, seen := edited[path]
		if !seen {
			text, last[path] = m.file(path), len(m.file(path))+1
		}
		if e.span.End > last[path] || seen && e.span.Start == last[path] {
			continue
		}
		edited[path] = slices.Concat(text[:e.span.Start], []byte(e.text), text[e.span.End:])
		last[path] = e.span.Start
	}
	for path, text := range edited {
		m.write(path, text)
		defer m.write(path, m.file(path))
	}
	return composetest.Reload(o, env)
}

// file is what a file of the project holds when it is not edited.
func (m *mutator) file(path string) []byte {
	if m.files[path] == nil {
		text, err := os.ReadFile(path)
		if err != nil {
			m.t.Fatal(err)
		}
		m.files[path] = text
	}
	return m.files[path]
}

func (m *mutator) token(s yamltree.Span) string {
	return string(m.file(filepath.FromSlash(s.Source.Path))[s.Start:s.End])
}

func (m *mutator) write(path string, text []byte) {
	if err := os.WriteFile(path, text, 0o600); err != nil {
		m.t.Fatal(err)
	}
}
