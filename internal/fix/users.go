package fix

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"github.com/composelint/composelint/internal/words"
	"github.com/composelint/composelint/internal/yamledit"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
)

// wish is a change of what stands at a token, or that nodes get what they lack, which is at none.
type wish struct {
	token
	op, path, value string
}

// wishOf is that an edit is made at a token.
func wishOf(at token, e rules.Edit) wish {
	path, _ := json.Marshal(e.Path)
	value, _ := json.Marshal(e.Value) // of the policies, which was JSON
	return wish{at, e.Op, string(path), string(value)}
}

// want notes who wants a change.
func (p *editor) want(e rules.Edit) {
	n, err := p.node(e)
	if err != nil {
		return
	}
	name := p.nameOf(e.At)
	if name == e.At {
		p.wish(wishOf(token{}, e), name)
	}
	if n = follow(n, e.Path); n != nil {
		p.wish(wishOf(tokenOf(n), e), name)
	}
}

func (p *editor) wish(w wish, name string) {
	if p.wanted[w] == nil {
		p.wanted[w] = map[string]bool{}
	}
	p.wanted[w][name] = true
}

// named are what a project consists of, by their nodes: how a message calls each.
func named(project model.Project) map[string]string {
	all := map[string]string{}
	for _, s := range project.Services {
		if s.Name == s.Owner {
			all[s.At] = s.Called
		}
	}
	for _, n := range project.Networks {
		all[n.At] = fmt.Sprintf("network %q", n.Name)
	}
	for _, v := range project.Volumes {
		all[v.At] = fmt.Sprintf("volume %q", v.Name)
	}
	return all
}

// nameOf is the node of what another node belongs to.
func (p *editor) nameOf(at string) string {
	for end := range len(at) + 1 {
		if (end == len(at) || at[end] == '.' || at[end] == '[') && p.names[at[:end]] != "" {
			return at[:end]
		}
	}
	return at
}

// free is where a value is written that nobody else has from there, or all who have want the same.
func (p *editor) free(n *yamltree.Node, e rules.Edit) (written, error) {
	w, err := p.find(n)
	if err == nil {
		err = p.shared(w, n, e)
	}
	return w, err
}

// shared is an error where others have the token of a value as well, and do not want the same.
func (p *editor) shared(w written, n *yamltree.Node, e rules.Edit) error {
	wish := wishOf(tokenOf(n), e)
	err := p.agreed(p.usersOf(tokenOf(n)), wish, n.Place())
	if err == nil && w.node.Kind == yamltree.Scalar && tokenOf(w.node) != tokenOf(n) { // of which the value is a part
		err = p.agreed(p.usersOf(tokenOf(w.node)), wish, n.Place())
	}
	return err
}

// agreed is an error where not all want a change of what they have from a place.
func (p *editor) agreed(users map[string]bool, w wish, at yamltree.Span) error {
	if len(users) < fewUsers {
		return p.disagreed(users, w, at)
	}
	key := consent{reflect.ValueOf(users).Pointer(), w} // asked once for each of them
	if err, known := p.consents[key]; known {
		return err
	}
	err := p.disagreed(users, w, at)
	p.consents[key] = err
	return err
}

// fewUsers are so few that nothing is won by remembering.
const fewUsers = 4

// consent is a set of users, which is kept as long as its editor, and what they are asked for.
type consent struct {
	users uintptr
	wish
}

func (p *editor) disagreed(users map[string]bool, w wish, at yamltree.Span) error {
	var others []string
	for _, user := range slices.Sorted(maps.Keys(users)) {
		if !p.wanted[w][user] {
			others = append(others, p.names[user])
		}
	}
	if len(others) > 0 {
		return fmt.Errorf("what stands at %s is that of %s as well", at.Location(), words.And(others))
	}
	return nil
}

// usersOf are those who have what stands at a token.
func (p *editor) usersOf(t token) map[string]bool {
	if p.users == nil {
		p.users = map[token]map[string]bool{}
		for name := range p.names {
			if root := p.root(name); root != nil {
				p.use(root, name)
			}
		}
	}
	return p.users[t]
}

// use notes of each token of a value who has it.
func (p *editor) use(n *yamltree.Node, name string) {
	t := tokenOf(n)
	if p.users[t] == nil {
		p.users[t] = map[string]bool{}
	}
	p.users[t][name] = true
	for _, field := range n.Fields {
		p.use(field, name)
	}
	for _, item := range n.Items {
		p.use(item, name)
	}
}

// heirs are those who have something from a mapping that they do not state themselves.
func (p *editor) heirs(mapping *yamltree.Node) map[string]bool {
	if known := p.inherit[tokenOf(mapping)]; known != nil {
		return known
	}
	all := map[string]bool{}
	p.inherit[tokenOf(mapping)] = all
	for key, field := range mapping.Fields {
		if yamledit.Merged(mapping, field) {
			continue
		}
		for name := range p.usersOf(tokenOf(field)) {
			root := p.root(name)
			if inherited := root.Field(key); inherited != nil && tokenOf(inherited) == tokenOf(field) && !p.states(root, key) {
				all[name] = true
			}
		}
	}
	return all
}

// root is what a name stands for in the merged tree.
func (p *editor) root(name string) *yamltree.Node {
	anchor, _ := p.sources.Anchor(name)
	root, _ := anchor.(*yamltree.Node)
	return root
}

// states is true where a file states a key with the node itself.
func (p *editor) states(root *yamltree.Node, key string) bool {
	own, _ := p.definitions(root)
	return slices.ContainsFunc(own, func(w written) bool {
		field := w.node.Field(key)
		return yamledit.Own(w.node) && field != nil && !yamledit.Merged(w.node, field)
	})
}

// grounds are where a node can get something that it lacks: with a mapping that it is made of, by a merge key or
// by extends, if all who are made of that want the same, and those that state it itself, the last file's first.
func (p *editor) grounds(n *yamltree.Node, e rules.Edit) ([]written, error) {
	own, err := p.definitions(n)
	if err != nil {
		w, errFind := p.find(n) // an item of a list
		if errFind != nil {
			return nil, err
		}
		return []written{w}, nil
	}
	lacks := wishOf(token{}, e)
	var all, agreed []written
	for _, w := range own {
		if !yamledit.Own(w.node) { // it refers to another one, and gets its own
			all = append(all, w)
			continue
		}
		if err = p.disagreed(p.but(p.heirs(w.node), e), lacks, w.node.Place()); err == nil {
			all = append(all, w)
		}
	}
	if len(e.Path) > 1 && p.states(n, e.Path[0]) { // its own mapping hides that of the others
		return all, err
	}
	for key, field := range n.Fields {
		w, err := p.find(field)
		if err != nil || len(w.path) < 2 || w.last(1) != key || p.states(n, key) || !slices.ContainsFunc(own, func(o written) bool { return o.file == w.file }) {
			continue
		}
		base := written{file: w.file, node: w.parent(), doc: w.doc, path: w.path[:len(w.path)-1]}
		if base.node.Kind == yamltree.Mapping && p.agreed(p.heirs(base.node), lacks, base.node.Span) == nil {
			agreed = append(agreed, base)
		}
	}
	slices.SortFunc(agreed, func(a, b written) int {
		return cmp.Or(len(p.heirs(b.node))-len(p.heirs(a.node)), a.node.Span.Start-b.node.Span.Start)
	})
	if len(agreed) > 0 && len(p.heirs(agreed[0].node)) > 1 {
		all = slices.Insert(all, 0, agreed[0])
	}
	if len(all) == 0 {
		return nil, err
	}
	return all, nil
}

// but are the heirs of a mapping but for the node itself, and those that state the same key themselves.
func (p *editor) but(heirs map[string]bool, e rules.Edit) map[string]bool {
	others := map[string]bool{}
	for name := range heirs {
		if name != p.nameOf(e.At) && (len(e.Path) == 0 || !p.states(p.root(name), e.Path[0])) {
			others[name] = true
		}
	}
	return others
}
