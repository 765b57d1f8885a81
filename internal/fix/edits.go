package fix

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/composelint/composelint/internal/yamledit"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/rules"
)

// set gives what stands under keys below a node another value: where it stands, if nobody else has it from
// there, else with the node itself.
func (p *editor) set(n *yamltree.Node, e rules.Edit) (rules.Change, error) {
	var elsewhere error
	if target := follow(n, e.Path); target != nil && !target.Generated {
		change, err := p.assign(target, e)
		if err == nil || known(target) != nil && !p.isShort(n) {
			return change, err
		}
		elsewhere = err
	}
	change, err := p.add(n, e)
	if err != nil && elsewhere != nil {
		err = elsewhere
	}
	return change, err
}

// isShort is true for what a file writes in a short form, which may have a variable for one of its parts.
func (p *editor) isShort(n *yamltree.Node) bool {
	w, err := p.find(n)
	return err == nil && w.node.Kind == yamltree.Scalar
}

// assign replaces a value where it stands.
func (p *editor) assign(target *yamltree.Node, e rules.Edit) (rules.Change, error) {
	w, err := p.find(target)
	if err == nil {
		err = known(target)
	}
	if err == nil {
		err = p.shared(w, target, e)
	}
	if err != nil {
		return rules.Change{}, err
	}
	key := e.Key
	if len(e.Path) > 0 {
		key = e.Path[len(e.Path)-1]
	}
	text, isText := e.Value.(string)
	switch start, end, ok := w.assignment(key); {
	case ok && isText: // NAME=value, an item of a list
		if start == end && w.node.Value == key {
			text = "=" + text
		}
		return w.change(w.Part(w.node, start, end, text))
	case w.node.Span == target.Span || w.node.Span.Start == target.Span.Start && w.node.Span.End == target.Span.End:
		return w.change(w.Scalar(w.node, e.Value))
	case isText:
		return w.change(w.Part(w.node, target.Span.Start, target.Span.End, text))
	}
	return rules.Change{}, fmt.Errorf("it is a part of %q", w.node.WrittenText())
}

// follow is the value at a path of keys, which may be that of an item NAME=VALUE of a list.
func follow(n *yamltree.Node, path []string) *yamltree.Node {
	for _, key := range path {
		if n != nil && n.Kind == yamltree.Sequence {
			n = &yamltree.Node{Fields: n.ValuesByName()}
		}
		n = n.Field(key)
	}
	return n
}

// assignment is where the value stands in an item NAME=VALUE of a list, at its end in an item NAME.
func (w written) assignment(name string) (start, end int, ok bool) {
	text, isText := w.node.Value.(string)
	if !isText || name == "" || text != name && !strings.HasPrefix(text, name+"=") || w.parent().Kind != yamltree.Sequence {
		return 0, 0, false
	}
	start, startsThere := w.offset(min(len(name)+1, len(text)))
	end, endsThere := w.offset(len(text))
	return start, end, startsThere && endsThere
}

// errVariable refuses to write a value down in the place of a variable.
var errVariable = errors.New("its value is that of a variable: change it where that is set")

// hasVariable is true for a text in which Compose replaces something; $$ is a dollar.
func hasVariable(text string) bool { return strings.Contains(strings.ReplaceAll(text, "$$", ""), "$") }

// known is an error for a value that a variable brings.
func known(n *yamltree.Node) error {
	for _, v := range n.Variables {
		if v.Name != "" {
			return fmt.Errorf("its value is that of the variable %q: change it where that is set", v.Name)
		}
	}
	return nil
}

// add states a value with the node itself.
func (p *editor) add(n *yamltree.Node, e rules.Edit) (rules.Change, error) {
	places, err := p.grounds(n, e)
	for _, w := range places {
		var change rules.Change
		if change, err = p.addAt(w, e.Path, e.Value); err == nil {
			return change, nil
		}
	}
	return rules.Change{}, err
}

// addAt states a value in a mapping of a file, or in the short form that stands for one.
func (p *editor) addAt(w written, path []string, value any) (rules.Change, error) {
	if stated := w.node.Follow(path); yamledit.Own(stated) && stated.Kind == yamltree.Scalar && hasVariable(stated.String()) {
		return rules.Change{}, errVariable
	}
	switch {
	case !yamledit.Own(w.node):
		return w.extended(path, value)
	case w.node.Kind == yamltree.Scalar && w.node.Value != nil:
		return w.change(w.shortForm(path, value))
	case w.node.Kind == yamltree.Scalar && yamledit.Own(w.node) && len(w.path) > 0:
		return w.change(w.Set(w.parent(), append([]string{w.last(1)}, path...), value))
	}
	if name, text, list := w.inList(path, value); list != nil {
		if !yamledit.Own(list) {
			return rules.Change{}, yamledit.ErrShared
		}
		return w.change(w.Append(list, name+"="+text))
	}
	edit, err := w.Set(w.node, path, value)
	if errors.Is(err, yamledit.ErrShared) && yamledit.Own(w.node) {
		return p.beside(w, path, value)
	}
	return w.change(edit, err)
}

// extended gives what is all of another thing, by an alias, something of its own beside that.
func (w written) extended(path []string, value any) (rules.Change, error) {
	if w.node.Kind != yamltree.Mapping || len(path) != 1 || w.node.Field(path[0]) != nil {
		return rules.Change{}, yamledit.ErrShared
	}
	return w.change(w.Extend(w.node, path[0], value))
}

// inList is the list of NAME=VALUE that a path of keys ends in.
func (w written) inList(path []string, value any) (name, text string, list *yamltree.Node) {
	text, isText := value.(string)
	if len(path) == 0 || !isText {
		return "", "", nil
	}
	list = w.node.Follow(path[:len(path)-1])
	if list == nil || list.Kind != yamltree.Sequence || len(path) < 2 {
		return "", "", nil
	}
	return path[len(path)-1], text, list
}

// beside states a value with a service whose mapping there is one of others, by an alias or a merge key: the
// service gets its own one, with all that the other says.
func (p *editor) beside(w written, path []string, value any) (rules.Change, error) {
	field := w.node.Field(path[0])
	if field.Kind != yamltree.Mapping || len(path) != 2 {
		return rules.Change{}, yamledit.ErrShared
	}
	if yamledit.Merged(w.node, field) {
		return rules.Change{}, yamledit.ErrShared
	}
	return w.change(w.Extend(field, path[1], value))
}

// append adds an item to the list under keys below a node.
func (p *editor) append(n *yamltree.Node, e rules.Edit) (rules.Change, error) {
	places, err := p.grounds(n, e)
	if err != nil {
		return rules.Change{}, err
	}
	w := places[0]
	if !yamledit.Own(w.node) {
		return w.extended(e.Path, []any{e.Value})
	}
	list, key := w.node.Follow(e.Path), e.Path[len(e.Path)-1]
	switch {
	case list == nil || list.Kind == yamltree.Scalar && list.Value == nil:
		items := []any{e.Value} // a list of another file, or of extends, goes before it
		if stated := n.Follow(e.Path); stated == nil || stated.Generated {
			items = append(implied[key], items...)
		}
		return w.change(w.Set(w.node, e.Path, items))
	case list.Kind == yamltree.Scalar && key == "command":
		return w.change(w.words(list, e.Value))
	case list.Kind == yamltree.Scalar:
		return w.change(w.Set(w.node, e.Path, []any{list.Value, e.Value}))
	case list.Kind == yamltree.Mapping:
		return p.appendKey(n, e, key)
	case yamledit.Own(list):
		return w.change(w.Append(list, e.Value))
	}
	if origin, err := p.find(list); err == nil && yamledit.Own(origin.node) {
		if target := n.Follow(e.Path); target != nil && p.shared(origin, target, e) == nil {
			return w.change(w.Append(origin.node, e.Value))
		}
	}
	return w.change(w.Copy(w.node, e.Path, list, e.Value))
}

// implied are what Compose takes for the list of a service that states none.
var implied = map[string][]any{"networks": {"default"}}

// appended are what the items of a list are that can be a mapping as well, by the name of the list.
var appended = map[string]any{"networks": nil, "depends_on": map[string]any{"condition": "service_started"}}

// appendKey adds an item to a list that is written as a mapping.
func (p *editor) appendKey(n *yamltree.Node, e rules.Edit, list string) (rules.Change, error) {
	item, isText := e.Value.(string)
	value, ok := appended[list]
	if !ok || !isText {
		return rules.Change{}, fmt.Errorf("%q is no list", list)
	}
	e.Path, e.Value = append(slices.Clip(e.Path), item), value
	return p.add(n, e)
}

// words adds a word to a command that is one text.
func (w written) words(command *yamltree.Node, value any) (yamledit.Edit, error) {
	word, ok := value.(string)
	if text := command.String(); !ok || text == "" || hasVariable(text) || strings.ContainsAny(text, "'\"\\") || strings.ContainsAny(word, " '\"\\$") {
		return yamledit.Edit{}, errors.New("the command is one text: write it as a list")
	}
	at, ok := w.below("command", command).offset(len(command.String()))
	if !ok {
		return yamledit.Edit{}, errors.New("the command is one text of several lines: write it as a list")
	}
	return w.Part(command, at, at, " "+word)
}

// remove takes a value out of the file that states it.
func (p *editor) remove(n *yamltree.Node, e rules.Edit) (rules.Change, error) {
	w, err := p.stands(n)
	if err != nil {
		return rules.Change{}, err
	}
	if err := p.shared(w, n, e); err != nil {
		return rules.Change{}, err
	}
	if w.isWhole(n) {
		return w.change(w.Remove(w.doc, w.path))
	}
	return w.change(w.Cut(w.node, n.Span.Start, n.Span.End))
}

// isWhole is true where removing a value removes all that is written there.
func (w written) isWhole(n *yamltree.Node) bool {
	if n.Span.Start <= w.node.Span.Start && w.node.Span.End <= n.Span.End || w.isWord() {
		return true
	}
	if n.Key.IsZero() {
		return false
	}
	_, _, ok := w.assignment(string(n.Key.Source.Text[n.Key.Start:n.Key.End]))
	return ok
}

// isWord is true for an item of a list that is one word, of which a part cannot be taken away.
func (w written) isWord() bool {
	text, ok := w.node.Value.(string)
	return ok && !strings.ContainsAny(text, " \t\n") && w.parent() != nil && w.parent().Kind == yamltree.Sequence
}

// define adds a service, a network or the like to the file of a node.
func (p *editor) define(n *yamltree.Node, e rules.Edit) (rules.Change, error) {
	w, err := p.stands(n)
	if err != nil {
		return rules.Change{}, err
	}
	if w.doc.Follow(e.Path) != nil {
		return rules.Change{}, fmt.Errorf("there is a %q already", e.Path[len(e.Path)-1])
	}
	return w.change(w.Set(w.doc, e.Path, e.Value))
}

// change is an edit of a file.
func (w written) change(e yamledit.Edit, err error) (rules.Change, error) {
	if err != nil {
		return rules.Change{}, err
	}
	span := yamltree.Span{Source: w.Source, Start: e.Start, End: e.End}
	return rules.Change{File: w.Path, Start: e.Start, End: e.End, Location: span.Location(), Text: e.Text, Adds: e.Adds, Indent: e.Indent}, nil
}
