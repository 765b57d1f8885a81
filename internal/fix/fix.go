// Package fix turns what rules say of how to mend their findings into changes of the files, which keep every
// other byte. It knows where a value stands and who else uses it there: what serves several services is
// changed only where all of them want that, and a value that a variable brings is never written down.
package fix

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/composelint/composelint/internal/yamledit"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
)

// Resolve says of each fix of the findings which changes of the files it is, or why it cannot be made there.
// The project is the one that they are of.
func Resolve(findings []rules.Finding, project model.Project, sources *model.Sources) {
	p := &editor{sources: sources, files: map[string]*file{}, wanted: map[wish]map[string]bool{}, inherit: map[token]map[string]bool{}, consents: map[consent]error{}, names: named(project)}
	each(findings, func(f *rules.Fix) {
		for _, e := range p.joined(f.Edits) {
			p.want(e)
		}
	})
	each(findings, func(f *rules.Fix) {
		if f.Refused != "" {
			return
		}
		changes, err := p.changes(p.joined(f.Edits))
		if err != nil {
			f.Refused = err.Error()
			return
		}
		slices.SortStableFunc(changes, func(a, b rules.Change) int {
			return cmp.Or(cmp.Compare(a.File, b.File), yamledit.Compare(editOf(a), editOf(b)))
		})
		f.Changes = changes
	})
}

func each(findings []rules.Finding, do func(*rules.Fix)) {
	for i := range findings {
		for j := range findings[i].Fixes {
			do(&findings[i].Fixes[j])
		}
	}
}

// editor makes the changes of one project.
type editor struct {
	sources *model.Sources
	// files are those that were opened, by their shown paths.
	files map[string]*file
	// names are what a project consists of, services, networks and the like, by their nodes.
	names map[string]string
	// users are the names of those that have a token, by the token.
	users map[token]map[string]bool
	// consents are what was asked of many users.
	consents map[consent]error
	// inherit are the heirs of mappings, by their tokens.
	inherit map[token]map[string]bool
	// wanted are the names of those for which a token is to be changed in the same way.
	wanted map[wish]map[string]bool
}

// changes are those of edits, in the order of these.
func (p *editor) changes(edits []rules.Edit) ([]rules.Change, error) {
	var all []rules.Change
	emptied := p.emptied(edits)
	for i, e := range edits {
		if whole, ok := emptied[i]; ok {
			if whole != nil {
				all = append(all, *whole)
			}
			continue
		}
		change, err := p.change(e)
		if err != nil {
			return nil, err
		}
		all = append(all, change)
	}
	if len(all) == 0 {
		return nil, errors.New("it says nothing to change")
	}
	return all, nil
}

func (p *editor) change(e rules.Edit) (rules.Change, error) {
	n, err := p.node(e)
	if err != nil {
		return rules.Change{}, err
	}
	make, known := map[string]func(*yamltree.Node, rules.Edit) (rules.Change, error){
		"set": p.set, "append": p.append, "remove": p.remove, "replace": p.assign, "correct": p.correct,
		"rename": p.rename, "require": p.require, "unquote": p.unquote, "define": p.define,
	}[e.Op]
	if !known {
		return rules.Change{}, fmt.Errorf("there is no edit %q", e.Op)
	}
	return make(n, e)
}

// escaped is a value as Compose reads it: a dollar begins a variable there, and two are one.
func escaped(value any) any {
	switch v := value.(type) {
	case string:
		return strings.ReplaceAll(v, "$", "$$")
	case []any:
		all := make([]any, len(v))
		for i, item := range v {
			all[i] = escaped(item)
		}
		return all
	case map[string]any:
		all := make(map[string]any, len(v))
		for key, field := range v {
			all[key] = escaped(field)
		}
		return all
	}
	return value
}

// node is what an edit is about in the merged tree.
func (p *editor) node(e rules.Edit) (*yamltree.Node, error) {
	anchor, key := p.sources.Anchor(e.At)
	n, ok := anchor.(*yamltree.Node)
	if !ok || n == nil {
		return nil, fmt.Errorf("%q stands in no file", e.At)
	}
	for _, key := range []string{key, e.Key} {
		if key == "" {
			continue
		}
		found := n.Find(key)
		if found == n {
			return nil, fmt.Errorf("%q is not stated", key)
		}
		n = found
	}
	return n, nil
}
