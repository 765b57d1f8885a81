package fix

import (
	"strings"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/rules"
)

// joined are edits as the files have them, of which those that add to one mapping that is not there yet are one.
func (p *editor) joined(edits []rules.Edit) []rules.Edit {
	var all []rules.Edit
	first := map[string]int{}
	for _, e := range edits {
		e.Value = escaped(e.Value)
		missing := p.missing(e)
		if missing == nil {
			all = append(all, e)
			continue
		}
		into := e.At + "\x00" + strings.Join(missing, "\x00")
		added := map[string]any{}
		i, known := first[into]
		if known {
			added = all[i].Value.(map[string]any)
		} else {
			first[into] = len(all)
			all = append(all, rules.Edit{Op: e.Op, At: e.At, Path: missing, Value: added})
		}
		put(added, e.Path[len(missing):], e.Value)
	}
	return all
}

// missing are the keys of the outermost mapping that a set has to make, nil where it makes none.
func (p *editor) missing(e rules.Edit) []string {
	n, err := p.node(e)
	if err != nil || e.Op != "set" {
		return nil
	}
	for i := range e.Path[:max(0, len(e.Path)-1)] {
		if field := n.Follow(e.Path[:i+1]); field == nil || field.Generated {
			return e.Path[:i+1]
		}
	}
	return nil
}

// put gives what stands under keys a value.
func put(in map[string]any, keys []string, value any) {
	for _, key := range keys[:len(keys)-1] {
		below, ok := in[key].(map[string]any)
		if !ok {
			below = map[string]any{}
			in[key] = below
		}
		in = below
	}
	in[keys[len(keys)-1]] = value
}

// emptied are the removals, by the index of each, that take all out of one collection: the first of them takes
// that itself, the others nothing.
func (p *editor) emptied(edits []rules.Edit) map[int]*rules.Change {
	entries := map[*yamltree.Node][]int{}
	first := map[*yamltree.Node]written{}
	for i, e := range edits {
		if e.Op != "remove" || len(edits) == 1 {
			continue
		}
		n, err := p.node(e)
		if err != nil {
			continue
		}
		w, err := p.find(n)
		if err != nil || len(w.path) == 0 || p.shared(w, n, e) != nil || !w.isWhole(n) {
			continue
		}
		parent := w.parent()
		if entries[parent] == nil {
			first[parent] = w
		}
		entries[parent] = append(entries[parent], i)
	}
	all := map[int]*rules.Change{}
	for parent, indexes := range entries {
		w := first[parent]
		if len(indexes) < 2 || len(indexes) < w.Count(parent) {
			continue
		}
		change, err := w.change(w.Remove(w.doc, w.path[:len(w.path)-1]))
		if err != nil {
			continue
		}
		for _, i := range indexes {
			all[i] = nil
		}
		all[indexes[0]] = &change
	}
	return all
}
