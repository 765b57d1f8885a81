package secret

import (
	"strings"

	"github.com/composelint/composelint/internal/lazyregexp"
	"github.com/composelint/composelint/loader/yamltree"
)

// Hide marks the values of a document that look like credentials, so that no output shows them,
// whichever rule and format quotes their line.
func Hide(document *yamltree.Node) { names{}.hide("", document) }

// HideUnder does so for a value that stands under a name.
func HideUnder(name string, value *yamltree.Node) { names{}.hide(name, value) }

// hide looks at the value under key and at all below it. The content of a secret or a
// config stands under its name.
func (s names) hide(key string, n *yamltree.Node) {
	for name, field := range n.Fields {
		if name == "content" {
			name = key
		}
		s.hide(name, field)
	}
	if n.Kind == yamltree.Mapping {
		for name, value := range n.Dropped {
			s.hide(name, value)
		}
	}
	options, items := false, n.Written()
	for _, item := range items {
		s.hide(key, item)
		word, _ := item.Value.(string)
		options = options || strings.HasPrefix(word, "-")
	}
	if options {
		for i, secret := range s.inWords(yamltree.Texts(items)) {
			hide(items[i], secret.Range)
		}
	}
	if n.Kind != yamltree.Scalar || n.Value == nil {
		return
	}
	value, ok := n.Value.(string)
	if !ok {
		value = n.String()
	}
	for _, secret := range s.in(key, value) {
		hide(n, secret)
	}
}

// hide marks a stretch of a scalar, or all of it where the place of that is not known.
func hide(n *yamltree.Node, secret yamltree.Range) {
	if span, exact := n.Text.Part(n.Span.Source, secret.Start, secret.End); exact {
		span.Hide()
	} else {
		n.Span.Hide()
	}
}

// assignmentInText is an assignment on a line of a comment, or of text that is not YAML.
var assignmentInText = lazyregexp.New(`([A-Za-z0-9_.-]+)["']?[ \t]*[=:][ \t]*("[^"]*"|'[^']*'|[^\s"',]+)`)

// HideInComments marks what looks like a credential in the comments of a source. What only
// looks like a comment, as in a block scalar, is treated as one: that hides the same.
func HideInComments(source *yamltree.Source) {
	comment := func(line string) int {
		if strings.HasPrefix(line, "#") {
			return 0
		}
		if i := strings.Index(line, " #"); i >= 0 {
			return i + 1
		}
		return strings.Index(line, "\t#")
	}
	hideInLines(source, comment)
}

// HideInText does the same for all of a text, which could not be read as what it should be.
func HideInText(source *yamltree.Source) {
	hideInLines(source, func(string) int { return 0 })
}

// hideInLines looks at every line from where start says, unless that is negative.
func hideInLines(source *yamltree.Source, start func(line string) int) {
	names, offset := names{}, 0
	for line := range strings.Lines(string(source.Text)) {
		if from := start(line); from >= 0 {
			for _, secret := range names.inText(line[from:]) {
				yamltree.Span{Source: source, Start: offset + from + secret.Start, End: offset + from + secret.End}.Hide()
			}
		}
		offset += len(line)
	}
}

// inText finds the credentials in a line of text.
func (s names) inText(line string) []yamltree.Range {
	all := byShape(line)
	if strings.ContainsAny(line, "=:") {
		for _, at := range assignmentInText().FindAllStringSubmatchIndex(line, -1) {
			if name := line[at[2]:at[3]]; s.has(strings.TrimLeft(name, "-")) {
				all = append(all, yamltree.Range{Start: at[4], End: at[5]})
			}
		}
	}
	if strings.Contains(line, " -") {
		all = append(all, rangesOf(s.inLine(line))...)
	}
	return harmful(line, all...)
}
