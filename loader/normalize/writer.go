package normalize

import (
	"fmt"
	"maps"
	"strings"

	"github.com/composelint/composelint/loader/address"
	"github.com/composelint/composelint/loader/compose"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// writer is what the parts of one project are written with.
type writer struct {
	// root is the tree of the project.
	root *yamltree.Node
	// follow is where a path of the project leads on the host.
	follow func(path string) string
	// passed finds the variables that a container gets by their name alone.
	passed  func(name string) (value string, set bool)
	sources *model.Sources
	// engine is what the engine gives to what says nothing.
	engine engine
	// lacksDotEnv is true where a service requires the .env beside the project, which is not here.
	lacksDotEnv bool
	// gateways are the host's addresses on the project's bridges, once they are asked for.
	gateways map[string]bool
	// marked are the names that nodes of the model have, each with the last number that it got.
	marked map[string]int
	// unknown are the values that depend on a variable nobody set, each noted once.
	unknown []model.Unknown
	noted   map[model.Unknown]bool
}

func newWriter(of compose.Project, sources *model.Sources) *writer {
	return &writer{root: of.Root, follow: of.Follow, passed: of.Passed, sources: sources, marked: map[string]int{}, noted: map[model.Unknown]bool{}}
}

// fork is a writer of its own for some services, in whose names no other writes.
func (w *writer) fork() *writer {
	f := *w
	f.sources, f.marked, f.unknown, f.noted = model.NewSources(), map[string]int{}, nil, map[model.Unknown]bool{}
	return &f
}

// join takes over what a fork wrote.
func (w *writer) join(f *writer) {
	w.sources.Join(f.sources)
	maps.Copy(w.marked, f.marked)
	for _, u := range f.unknown {
		w.note(u)
	}
}

// at is the cursor of a node that is marked with a name.
func (w *writer) at(name string, n *yamltree.Node) cursor {
	return cursor{writer: w, Node: n, at: w.mark(name, n)}
}

// mark ties a node of the model to its place and returns its public name, which gets a
// number where the file says the same thing twice.
func (w *writer) mark(at string, n *yamltree.Node) string {
	at = w.unique(at)
	if n == nil {
		n = &yamltree.Node{}
	}
	w.sources.Mark(at, n)
	return at
}

// markPiece marks a text in the scalar of another node as a node of its own.
func (w *writer) markPiece(at, of, text string) string {
	at = w.unique(at)
	w.sources.MarkPart(at, of, text)
	return at
}

// unique is a name that no node has yet.
func (w *writer) unique(at string) string {
	unique := at
	for w.marked[unique] > 0 {
		w.marked[at]++
		unique = fmt.Sprintf("%s#%d", at, w.marked[at])
	}
	w.marked[unique] = 1
	return unique
}

// hostPath is a path of the host in its one spelling, and as messages write it: as the file does,
// and where it leads by a link.
func (w *writer) hostPath(written string) (path *string, shown string) {
	led := w.follow(written)
	if led != written && !strings.HasPrefix(written, "..") {
		shown = written + " -> " + led
	} else {
		shown = written
	}
	return new(address.HostPath(led)), shown
}

func (w *writer) note(u model.Unknown) {
	if !w.noted[u] {
		w.noted[u] = true
		w.unknown = append(w.unknown, u)
	}
}
