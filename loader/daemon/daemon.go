// Package daemon reads the configuration file of the Docker engine, daemon.json: what dockerd would
// refuse of it, what it would pass over, and what it says.
//
// The keys, their types and what is refused are those of moby b985e2313a (daemon/config, daemon/command,
// daemon/daemon_unix.go), with the differences of the releases from 24.0 on.
package daemon

import (
	"cmp"
	"slices"
	"strings"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// Name is the name that the file has.
const Name = "daemon.json"

// path is where the model's node of the file is.
const path = "daemon"

// Read reads the file for an engine, and marks its values in the sources. partial is true where it could
// not be read at all. The document is nil then, and for an empty file.
func Read(file *model.File, engine Engine, sources *model.Sources) (d *model.Daemon, document *yamltree.Node, partial bool) {
	file.Text = yamltree.UTF8(file.Text)
	source := yamltree.NewSource(file)
	root, repeated, wrong := parse(source)
	r := &reader{engine: engine, root: root}
	for _, again := range repeated {
		r.idle = append(r.idle, idle{again.Key, "twice", "", again.Lost})
	}
	if wrong != nil {
		r.report(&yamltree.Node{Span: wrong.Span}, yamltree.Path{path, "text"}, wrong.Message)
		root = &yamltree.Node{Kind: yamltree.Mapping, Span: yamltree.Span{Source: source}}
	}
	flat := r.keys(root)
	r.conflicts(flat)
	r.starts(flat)
	w := &writer{root: root, flat: flat, sources: sources, refused: r.refused, partial: wrong != nil}
	sources.Mark(path, flat)
	d = w.write()
	d.Problems, d.Idle = w.problems(r.problems), w.idle(r.idle)
	for _, name := range root.Keys() {
		w.mark(yamltree.Path{path, name}.At(), root.Field(name))
	}
	return d, root, wrong != nil
}

// reader collects what is wrong with the file.
type reader struct {
	engine   Engine
	root     *yamltree.Node
	problems []problem
	idle     []idle
	// refused are the values that no field of the model can have.
	refused map[*yamltree.Node]bool
}

// problem is what dockerd refuses.
type problem struct {
	at, message string
	node        *yamltree.Node
}

// idle is a key that dockerd passes over.
type idle struct {
	name, kind, means string
	node              *yamltree.Node
}

// report records what dockerd refuses at a place, which has no value for it then.
func (r *reader) report(n *yamltree.Node, at yamltree.Path, message string) {
	r.problems = append(r.problems, problem{at.At(), message, n})
	if r.refused == nil {
		r.refused = map[*yamltree.Node]bool{}
	}
	r.refused[n] = true
}

// problems are those that were found, marked and in their one order.
func (w *writer) problems(found []problem) []model.Problem {
	slices.SortStableFunc(found, func(a, b problem) int {
		return cmp.Or(strings.Compare(a.at, b.at), strings.Compare(a.message, b.message))
	})
	all := []model.Problem{}
	for _, p := range found {
		w.sources.Mark(p.at, p.node.Alone())
		all = append(all, model.Problem{At: p.at, Message: p.message, Stage: "load", Undefined: []string{}})
	}
	return all
}

// idle are the keys that dockerd passes over, marked.
func (w *writer) idle(found []idle) []model.IdleKey {
	all := []model.IdleKey{}
	for _, k := range found {
		at := yamltree.Path{path, k.name, k.kind}.At()
		w.sources.Mark(at, keyOf(k.node))
		all = append(all, model.IdleKey{At: at, Name: k.name, Kind: k.kind, Means: k.means})
	}
	return all
}

// keyOf is a node at the token of the key of another one.
func keyOf(n *yamltree.Node) *yamltree.Node { return &yamltree.Node{Span: n.Key} }
