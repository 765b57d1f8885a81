package secret

import (
	"strings"

	"github.com/composelint/composelint/loader/yamltree"
)

// walker finds the secrets in a tree.
type walker struct {
	*Known
	// replaced is true where only values count in which variables were replaced.
	replaced bool
	// found is told of a secret in the value of a scalar.
	found func(n *yamltree.Node, value string, r yamltree.Range)
	// hide is told of a secret that is no value.
	hide func(yamltree.Span)
}

// counts is true for a value that is to be looked at. The $ of a value was written $$.
func (w walker) counts(n *yamltree.Node) bool {
	return !w.replaced || len(n.Variables) > 0 || strings.Contains(n.String(), "$")
}

// walk looks at the value under key, depth levels below the document and in what stands under
// parent, and at all below it. The content of a secret or a config stands under its name.
func (w walker) walk(parent, key string, n *yamltree.Node, depth int) {
	isSecret := w.names.has(key)
	settings := isSecret && (holdSettings[parent] || depth == 3 && key != "credential_spec" || depth == 1 && !strings.HasPrefix(key, "x-"))
	if settings || isSecret && n.Kind == yamltree.Scalar {
		w.hideProperties(n)
	}
	switch n.Kind {
	case yamltree.Mapping:
		w.mapping(key, n, depth, settings)
	case yamltree.Sequence:
		w.sequence(parent, key, n, depth)
	default:
		w.scalar(key, n)
	}
}

func (w walker) mapping(key string, n *yamltree.Node, depth int, settings bool) {
	for name, field := range n.Fields {
		under := name
		if name == "content" {
			under = key
		}
		if settings {
			// A mapping where a value should be: its keys may be the value.
			w.found(keyNode(name, field.Key), name, yamltree.Range{End: len(name)})
			under = key
		}
		w.walk(key, under, field, depth+1)
	}
	for name, value := range n.Dropped {
		w.walk(key, name, value, depth+1)
	}
}

func (w walker) sequence(parent, key string, n *yamltree.Node, depth int) {
	options, counts, items := false, false, n.Written()
	for _, item := range items {
		w.walk(parent, key, item, depth+1)
		if pair := item.Scalars(); len(item.Items) == 2 && len(pair) == 2 && w.names.has(pair[0].String()) { // [NAME, value]
			w.found(pair[1], pair[1].String(), yamltree.Range{End: len(pair[1].String())})
		}
		word, _ := item.Value.(string)
		options, counts = options || strings.HasPrefix(word, "-"), counts || w.counts(item)
	}
	if !options || !counts {
		return
	}
	texts := yamltree.Texts(items)
	for i, secret := range w.names.inWords(texts, true) {
		w.found(items[i], texts[i], secret.Range)
	}
}

func (w walker) scalar(key string, n *yamltree.Node) {
	if n.Value == nil || !w.counts(n) {
		return
	}
	value := n.String()
	if key == "" { // it may have been the name of a credential
		w.found(n, value, yamltree.Range{End: len(value)})
	}
	for _, secret := range w.names.in(key, value) {
		w.found(n, value, secret)
	}
	if !w.replaced && len(n.Variables) > 0 { // one of an env file, whose defaults may be secrets
		token := tokenOf(n.Span)
		for _, secret := range w.names.inDefaults(token.String()) {
			w.found(token, token.String(), secret)
		}
	}
}

// tokenOf is what stands at a span as a node of its own.
func tokenOf(span yamltree.Span) *yamltree.Node {
	length := span.End - span.Start
	return &yamltree.Node{
		Value: string(span.Source.Text[span.Start:span.End]), Span: span,
		Text: yamltree.Text{{Length: length, Start: span.Start, End: span.End, Literal: true}},
	}
}

// hideProperties marks the anchor and the tag of what stands under the name of a credential: they
// may be a value that was not quoted.
func (w walker) hideProperties(n *yamltree.Node) {
	if n.Key.IsZero() || n.Span.IsZero() || n.Key.Source != n.Span.Source || n.Span.Start < n.Key.End {
		return
	}
	offset := n.Key.End
	for _, word := range strings.FieldsFunc(string(n.Span.Source.Text[n.Key.End:n.Span.Start]), isBlankOrColon) {
		at := offset + strings.Index(string(n.Span.Source.Text[offset:n.Span.Start]), word)
		offset = at + len(word)
		if word[0] == '&' || word[0] == '!' && word != "!reset" && word != "!override" {
			w.hide(yamltree.Span{Source: n.Span.Source, Start: at + 1, End: offset})
			w.add(strings.Trim(word, signs))
		}
	}
}

func isBlankOrColon(r rune) bool { return strings.ContainsRune(": \t\r\n", r) }

// holdSettings are the attributes whose keys are names that the user chooses, with single values.
// Elsewhere a mapping may stand under the name of a credential, such as that of a network.
var holdSettings = map[string]bool{
	"environment": true, "labels": true, "annotations": true, "args": true, "options": true, "driver_opts": true, "sysctls": true,
}

// keyNode is the key at a span as a node of its own.
func keyNode(key string, span yamltree.Span) *yamltree.Node {
	return &yamltree.Node{Value: key, Span: span, Text: yamltree.Text{{Length: len(key), Start: span.Start, End: span.End}}}
}
