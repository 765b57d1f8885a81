package normalize

import (
	"github.com/composelint/composelint/loader/compose"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// unknownOf is a value that depends on a variable.
func unknownOf(v yamltree.Variable, at, key string) model.Unknown {
	u := model.Unknown{At: at, Key: key, Variable: v.Name, SetBy: v.Elsewhere}
	if v.Required != nil {
		u.Required, u.Reason = true, *v.Required
	}
	return u
}

// unresolved adds the variables that are not known and that no value of the model depends
// on, once each: docker compose may refuse what they leave empty.
func unresolved(w *writer) {
	seen := map[string]bool{}
	for _, u := range w.unknown {
		seen[u.Variable] = true
	}
	var walk func(n *yamltree.Node, p yamltree.Path)
	walk = func(n *yamltree.Node, p yamltree.Path) {
		for _, key := range n.Keys() {
			if !compose.IsExtension(key) { // which Compose does not use
				walk(n.Fields[key], p.Field(key))
			}
		}
		for i, item := range n.Items {
			walk(item, p.Item(i))
		}
		for _, v := range n.Variables {
			if v.Unknown() && v.Name != "" && !seen[v.Name] {
				seen[v.Name] = true
				at := p.At()
				w.sources.Mark(at, n.Alone())
				w.unknown = append(w.unknown, unknownOf(v, at, ""))
			}
		}
	}
	walk(w.root, yamltree.NewPath())
}

// unread adds the values that could not be read since a variable is not known, and the variables that
// the files require where nothing uses them.
func unread(w *writer, values []compose.UnknownValue) {
	type state struct {
		variable string
		required bool
	}
	seen := map[state]bool{}
	for _, u := range w.unknown {
		seen[state{u.Variable, u.Required}] = true
	}
	for _, v := range values {
		u := unknownOf(v.Variable, v.At, "")
		if !seen[state{u.Variable, u.Required}] {
			seen[state{u.Variable, u.Required}] = true
			u.At = w.mark(v.At, v.Node.Alone())
			w.unknown = append(w.unknown, u)
		}
	}
}
