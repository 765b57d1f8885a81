package fix

import (
	"errors"
	"fmt"
	"strings"

	"github.com/composelint/composelint/internal/lazyregexp"
	"github.com/composelint/composelint/internal/suggest"
	"github.com/composelint/composelint/internal/yamledit"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/rules"
)

// rename gives a value another key: that of a mapping, or the name in an item NAME=VALUE or NAME of a list.
func (p *editor) rename(n *yamltree.Node, e rules.Edit) (rules.Change, error) {
	name, _ := e.Value.(string)
	w, err := p.free(n, e)
	if err != nil {
		return rules.Change{}, err
	}
	if w.parent().ValuesByName()[name] != nil {
		return rules.Change{}, fmt.Errorf("there is a %q already", name)
	}
	if w.parent().Kind != yamltree.Sequence {
		return p.key(n.Key, name)
	}
	_, value, ok := w.node.Assignment()
	if !ok {
		return rules.Change{}, errNowhere
	}
	return w.change(w.Part(w.node, value.Key.Start, value.Key.End, name))
}

// key replaces the token of a key.
func (p *editor) key(token yamltree.Span, name string) (rules.Change, error) {
	if token.IsZero() {
		return rules.Change{}, errNowhere
	}
	f, err := p.open(token.Source)
	if err != nil {
		return rules.Change{}, err
	}
	switch w, isKey := f.byKey[token.Start]; {
	case isKey && w.parent().Field(name) != nil:
		return rules.Change{}, fmt.Errorf("there is a %q already", name)
	case isKey:
		return w.change(w.Key(token.Start, token.End, name))
	}
	if w, ok := f.bySpan[token.Start]; ok { // an item of a list, which is a key in the other form
		return w.change(w.Scalar(w.node, name))
	}
	return rules.Change{}, errNowhere
}

// correct writes a word in the place of a slip of it, whichever of a value's text and its key that is.
func (p *editor) correct(n *yamltree.Node, e rules.Edit) (rules.Change, error) {
	right, _ := e.Value.(string)
	isSlip := func(text string) bool { return text != "" && suggest.Nearest(text, []string{right}) != "" }
	switch {
	case strings.HasPrefix(right, "!"): // a tag
		return p.tag(n.Span, right)
	case n.Key.IsZero() && p.isKey(n.Span): // what is wrong is the key alone
		return p.key(n.Span, right)
	case !n.Key.IsZero() && isSlip(textOf(n.Key)):
		return p.key(n.Key, right)
	}
	return p.assign(n, e)
}

// tag replaces the token of a tag.
func (p *editor) tag(token yamltree.Span, name string) (rules.Change, error) {
	if token.IsZero() || token.Start == token.End || token.Source.Text[token.Start] != '!' {
		return rules.Change{}, errNowhere
	}
	f, err := p.open(token.Source)
	if err != nil {
		return rules.Change{}, err
	}
	return written{file: f}.change(yamledit.Edit{Start: token.Start, End: token.End, Text: name}, nil)
}

// unquote takes quotes off that are a part of a value, or of what follows NAME= in it.
func (p *editor) unquote(n *yamltree.Node, e rules.Edit) (rules.Change, error) {
	w, err := p.free(n, e)
	if err != nil {
		return rules.Change{}, err
	}
	if len(w.File.Source.File.Hidden(w.node.Span.Start, w.node.Span.End)) > 0 {
		return rules.Change{}, errSecret
	}
	name, value, isSetting := strings.Cut(w.node.String(), "=")
	if name += "="; !isSetting {
		name, value = "", w.node.String()
	}
	for _, quote := range []string{`"`, "'"} {
		if inner, ok := strings.CutPrefix(value, quote); ok && strings.HasSuffix(inner, quote) {
			return w.change(w.Scalar(w.node, name+strings.TrimSuffix(inner, quote)))
		}
	}
	if hasVariable(value) {
		return rules.Change{}, errVariable
	}
	return rules.Change{}, errNowhere
}

var errSecret = errors.New("it looks like a secret, which is written down nowhere")

// textOf is that of the token of a key, without quotes.
func textOf(key yamltree.Span) string {
	return strings.Trim(string(key.Source.Text[key.Start:key.End]), `"'`)
}

// isKey is true for the token of a key.
func (p *editor) isKey(token yamltree.Span) bool {
	if token.IsZero() {
		return false
	}
	f, err := p.open(token.Source)
	if err != nil {
		return false
	}
	w, ok := f.byKey[token.Start]
	return ok && w.node.Key.End == token.End
}

// defaulted is a variable with a default.
var defaulted = lazyregexp.New(`^\$\{([A-Za-z_][A-Za-z0-9_]*):?-([^{}]*)\}$`)

// require asks for a variable in the place of the secret in a value, or of all of it.
func (p *editor) require(n *yamltree.Node, e rules.Edit) (rules.Change, error) {
	w, err := p.free(n, e)
	if err != nil {
		return rules.Change{}, err
	}
	start, end, err := w.secret(n)
	if err != nil {
		return rules.Change{}, err
	}
	start, end = w.around(start, end)
	name, _ := e.Value.(string)
	switch text := string(w.Text[start:end]); {
	case defaulted().MatchString(text):
		name = defaulted().FindStringSubmatch(text)[1]
	case hasVariable(text):
		return rules.Change{}, errVariable
	}
	text := "${" + name + ":?}"
	if w.InFlow(w.node) && w.isPlain() {
		return w.change(w.Scalar(w.node, string(w.Text[w.node.Span.Start:start])+text+string(w.Text[end:w.node.Span.End])))
	}
	return w.change(yamledit.Edit{Start: start, End: end, Text: text}, nil)
}

var errSecrets = errors.New("it holds several secrets: take them out one by one")

// secret is the stretch of a value that is hidden, or the value itself without its quotes.
func (w written) secret(n *yamltree.Node) (start, end int, err error) {
	from, to := n.Span.Start, n.Span.End
	switch hidden := w.File.Source.File.Hidden(from, to); {
	case len(hidden) == 1:
		start, end = w.unquoted(hidden[0][0], hidden[0][1])
		return start, end, nil
	case len(hidden) > 1:
		return 0, 0, errSecrets
	}
	if name, value, ok := strings.Cut(w.node.String(), "="); ok && w.parent().Kind == yamltree.Sequence && value != "" {
		if start, ok := w.offset(len(name) + 1); ok {
			return start, start + len(value), nil
		}
	}
	start, end = w.unquoted(from, to)
	return start, end, nil
}

// unquoted is a stretch without quotes around it.
func (w written) unquoted(start, end int) (int, int) {
	if c := w.Text[start]; end > start+1 && (c == '"' || c == '\'') && c == w.Text[end-1] {
		return start + 1, end - 1
	}
	return start, end
}

// around is a stretch with the rest of the variable whose default it is.
func (w written) around(start, end int) (int, int) {
	if end >= w.node.Span.End || w.Text[end] != '}' {
		return start, end
	}
	if from := strings.LastIndex(string(w.Text[w.node.Span.Start:start]), "${"); from >= 0 {
		if from += w.node.Span.Start; defaulted().Match(w.Text[from : end+1]) {
			return from, end + 1
		}
	}
	return start, end
}

// isPlain is true for a scalar without quotes, on one line.
func (w written) isPlain() bool {
	return !strings.ContainsRune(`"'|>`, rune(w.Text[w.node.Span.Start]))
}
