package compose

import (
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/compose-spec/compose-go/v2/interpolation"
	composeloader "github.com/compose-spec/compose-go/v2/loader"
	"github.com/compose-spec/compose-go/v2/types"

	"github.com/composelint/composelint/loader/files"
	"github.com/composelint/composelint/loader/provenance"
	"github.com/composelint/composelint/loader/secret"
	"github.com/composelint/composelint/loader/template"
	"github.com/composelint/composelint/loader/yamltree"
)

// castNode is a trie of compose-go's type casts: the path of a value, key by key, with *
// for any key and [] for any item of a list.
type castNode struct {
	next map[string]*castNode
	cast interpolation.Cast
}

// casts turn the interpolated strings of typed attributes into booleans and numbers. The
// table is compose-go's own (loader/interpolate.go); the trie spares its search, which
// takes half of compose-go's time.
var casts = sync.OnceValue(func() *castNode {
	root := &castNode{}
	for path, cast := range composeloader.ToOptions(&types.ConfigDetails{}, nil).Interpolate.TypeCastMapping {
		node := root
		for _, part := range path.Parts() {
			if node.next == nil {
				node.next = map[string]*castNode{}
			}
			if node.next[part] == nil {
				node.next[part] = &castNode{}
			}
			node = node.next[part]
		}
		node.cast = cast
	}
	return root
})

// interpolator replaces the variables of one document.
type interpolator struct {
	env template.Environment
	// required notes a variable that the file requires, also where nothing uses the value.
	required func(UnknownValue)
	report   yamltree.Reporter
	// refuse reports what is beyond a limit, and was not seen.
	refuse yamltree.Reporter
	// secrets get the names that may be part of one.
	secrets *secret.Known
	// ports counts those that the ranges of the document stand for.
	ports int
	// inserted counts the bytes of the variables that were put into the document.
	inserted int
	// full is true when that was too much.
	full bool
}

// maxInserted bounds the values of variables in a document, in bytes: a long one may be
// used thousands of times.
const maxInserted = files.MaxSize

// document returns the tree with every variable replaced and every typed attribute cast.
func (in *interpolator) document(root *yamltree.Node) *yamltree.Node {
	return in.node(root, nil, []*castNode{casts()})
}

// node interpolates n, which stands at p; rules are the places of the trie that p leads to.
func (in *interpolator) node(n *yamltree.Node, p yamltree.Path, rules []*castNode) *yamltree.Node {
	switch n.Kind {
	case yamltree.Mapping:
		c := *n
		c.Fields = make(map[string]*yamltree.Node, len(n.Fields))
		for _, key := range n.Keys() { // in order: what is beyond a limit is the same in each run
			c.Fields[key] = in.node(n.Fields[key], p.Field(key), castsUnder(rules, key))
		}
		return &c
	case yamltree.Sequence:
		c := *n
		c.Items = make([]*yamltree.Node, 0, len(n.Items))
		for i, item := range n.Items {
			item = in.node(item, p.Item(i), castsUnder(rules, "[]"))
			if len(p) != 3 || p[2] != "ports" || in.fewPorts(item, p.Item(i)) {
				c.Items = append(c.Items, item)
			}
		}
		return &c
	}
	if _, ok := n.Value.(string); !ok {
		return n
	}
	return in.scalar(n, p, rules)
}

// maxPortsOfFile bounds what the ranges of ports in a file are expanded to, together.
const maxPortsOfFile = 10_000

// fewPorts reports a range of so many ports that expanding it would take too long. Each
// would become an entry of its own.
func (in *interpolator) fewPorts(n *yamltree.Node, p yamltree.Path) bool {
	spec, _ := n.Value.(string)
	count := provenance.PortsIn(spec)
	if count > provenance.MaxPorts {
		in.refuse(n, p, fmt.Sprintf("%s takes %d ports at once: the limit is %d", p.Last(), count, provenance.MaxPorts))
		return false
	}
	if count > 1 {
		in.ports += count
	}
	if in.ports > maxPortsOfFile {
		in.refuse(n, p, fmt.Sprintf("the ranges in %s are more than the limit of %d ports in a file", p.Last(), maxPortsOfFile))
		return false
	}
	return true
}

func castsUnder(rules []*castNode, key string) []*castNode {
	var next []*castNode
	for _, rule := range rules {
		if n := rule.next[key]; n != nil {
			next = append(next, n)
		}
		if n := rule.next["*"]; n != nil {
			next = append(next, n)
		}
	}
	return next
}

func (in *interpolator) scalar(n *yamltree.Node, p yamltree.Path, rules []*castNode) *yamltree.Node {
	text := n.Value.(string)
	if strings.Contains(text, "$") {
		n, text = in.expanded(n, p)
	}
	for _, rule := range rules {
		if rule.cast != nil {
			return in.cast(n, text, p, rule.cast)
		}
	}
	return n
}

func (in *interpolator) expanded(n *yamltree.Node, p yamltree.Path) (*yamltree.Node, string) {
	text := n.Value.(string)
	env := in.env
	env.Lookup = in.bounded
	e, err := template.Expand(text, env)
	if in.inserted > maxInserted {
		return in.tooLarge(n, p), text
	}
	if err == nil && len(p) == 4 && p[2] == "ports" {
		e = in.parsablePort(text, e)
	}
	switch {
	case errors.Is(err, template.ErrNesting):
		in.refuse(n, p, fmt.Sprintf("%s %v", p.Last(), err))
		return n, text
	case err != nil:
		in.report(n, p, fmt.Sprintf("%s %v", p.Last(), err))
		return n, text
	}
	for _, v := range e.Variables {
		if v.Required != nil {
			in.required(UnknownValue{At: p.At(), Node: n, Variable: v})
		}
	}
	for _, message := range e.Missing {
		in.report(n, p, message)
	}
	for _, name := range e.HideNames(p.Key(), text) {
		in.secrets.Name(name)
	}
	c := *n
	c.Value, c.Variables, c.Text = e.Value(), e.Variables, e.Text(n)
	return &c, e.Value()
}

// tooLarge leaves a value as it is, not to be judged, and says why at the first one.
func (in *interpolator) tooLarge(n *yamltree.Node, p yamltree.Path) *yamltree.Node {
	if !in.full {
		in.refuse(n, p, fmt.Sprintf("%s makes the file larger than the limit of 5 MB with its variables replaced", p.Last()))
	}
	in.full = true
	c := *n
	c.Variables = []yamltree.Variable{{}}
	return &c
}

// bounded looks a variable up. It has no text once all of them together are too large.
func (in *interpolator) bounded(name string) (template.Value, bool) {
	value, ok := in.env.Lookup(name)
	in.inserted += len(value.Text)
	if in.inserted > maxInserted {
		return template.Known(""), ok
	}
	return value, ok
}

// parsablePort lets the variables of a short port that are not known stand for whatever makes
// it a port, since one that cannot be parsed would hide the parts that are known.
func (in *interpolator) parsablePort(written string, e *template.Expansion) *template.Expansion {
	names := map[string]int{}
	for _, v := range e.Variables {
		if _, seen := names[v.Name]; !seen && v.Unknown() {
			names[v.Name] = len(names)
		}
	}
	if len(names) == 0 || len(names) > 3 || provenance.PortsIn(e.Value()) > provenance.MaxPorts {
		return e
	}
	if _, err := types.ParsePortConfig(e.Value()); err == nil {
		return e
	}
	standIns := []string{"1", "127.0.0.1", "tcp", "1:1", ""}
	for choice := range power(len(standIns), len(names)) {
		standIn := func(name string) string {
			return standIns[choice/power(len(standIns), names[name])%len(standIns)]
		}
		tried, err := template.Expand(written, in.env.With(standIn))
		if err != nil || provenance.PortsIn(tried.Value()) > provenance.MaxPorts {
			return e
		}
		if _, err := types.ParsePortConfig(tried.Value()); err == nil {
			return tried
		}
	}
	return e
}

func power(base, exponent int) int {
	result := 1
	for range exponent {
		result *= base
	}
	return result
}

func (in *interpolator) cast(n *yamltree.Node, text string, p yamltree.Path, cast interpolation.Cast) *yamltree.Node {
	c := *n
	value, err := cast(text)
	if err == nil {
		c.Value = value
		return &c
	}
	if !n.Unknown() {
		in.report(n, p, fmt.Sprintf("%s cannot be %q: it takes %s", p.Last(), text, castNames(cast)))
		c.Variables = append(c.Variables, yamltree.Variable{}) // not to be judged
	}
	// A stand-in of the right type: that it is unknown is said by its variables.
	for _, standIn := range []string{"0", "false"} {
		if value, err := cast(standIn); err == nil {
			c.Value = value
			return &c
		}
	}
	return &c
}

// castNames says what a cast accepts.
func castNames(cast interpolation.Cast) string {
	if _, err := cast("true"); err == nil {
		return "true or false"
	}
	if _, err := cast("0.5"); err == nil {
		return "a number"
	}
	return "a whole number"
}
