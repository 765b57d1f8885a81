package normalize

import (
	"github.com/composelint/composelint/loader/compose"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// unresolved adds the variables that nobody set and that no value of the model depends
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
			if v.Unset() && v.Name != "" && !seen[v.Name] {
				seen[v.Name] = true
				at := p.At()
				w.sources.Mark(at, n.Alone())
				w.unknown = append(w.unknown, model.Unknown{At: at, Variable: v.Name})
			}
		}
	}
	walk(w.root, yamltree.NewPath())
}
