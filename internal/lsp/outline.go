package lsp

import (
	"slices"
	"strings"

	"github.com/composelint/composelint/internal/yamledit"
	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// outline prints values as YAML: some that stand in a part of the project, with the keys that lead to them. It shows
// no secret.
type outline struct {
	mask  *loader.Mask
	shown map[*yamltree.Node]bool
}

// shows is true for a value that is to be printed, or has one in it.
func (o outline) shows(n *yamltree.Node) bool {
	if o.shown[n] {
		return true
	}
	for _, key := range n.Keys() {
		if o.shows(n.Fields[key]) {
			return true
		}
	}
	return slices.ContainsFunc(n.Items, o.shows)
}

// below are the lines of what is in a value, which stands under a key: all of it, or what is to be printed.
func (o outline) below(key string, n *yamltree.Node, all bool) (lines []string) {
	if n.Kind == yamltree.Sequence {
		texts := o.list(key, n)
		for i, item := range n.Items {
			if whole := all || o.shown[item]; whole || o.shows(item) {
				lines = append(lines, under("- ", o.text(item, texts[i]), o.below(key, item, whole))...)
			}
		}
		return lines
	}
	for _, name := range n.Keys() {
		field := n.Fields[name]
		if whole := all || o.shown[field]; !field.Generated && !isDerived(field) && (whole || o.shows(field)) {
			value := o.text(field, o.setting(key, name, field))
			lines = append(lines, under(scalar(name)+": ", value, o.below(name, field, whole))...)
		}
	}
	return lines
}

// under puts what is in a value below the line that it begins with.
func under(start, value string, lines []string) []string {
	if len(lines) == 0 {
		return []string{strings.TrimRight(start+value, " ")}
	}
	first := []string{strings.TrimRight(start, " ")}
	if start == "- " {
		first, lines = []string{start + lines[0]}, lines[1:]
	}
	for _, line := range lines {
		first = append(first, "  "+line)
	}
	return first
}

// text is a value on one line, empty for one that has others in it.
func (o outline) text(n *yamltree.Node, shown string) string {
	switch {
	case n.Kind == yamltree.Mapping && len(n.Fields) == 0:
		return "{}"
	case n.Kind == yamltree.Sequence && len(n.Items) == 0:
		return "[]"
	case n.Kind != yamltree.Scalar || n.Value == nil:
		return ""
	}
	if _, isText := n.Value.(string); isText {
		return scalar(shown)
	}
	return shown
}

// settings are the keys of names with values.
var settings = []string{"environment", "labels", "annotations", "args", "driver_opts", "options", "sysctls", "additional_contexts"}

// setting is a value of a mapping, which stands under a key.
func (o outline) setting(key, name string, n *yamltree.Node) string {
	value, literal := valueOf(n)
	if !slices.Contains(settings, key) {
		value = loader.Masked(o.mask, value)
		literal = value
	}
	return o.named(name, value, literal, fromFile(n))
}

func (o outline) named(name, value, literal string, fromFile bool) string {
	return *loader.Masked(o.mask, model.Setting{Name: name, Value: &value, Literal: literal, FromFile: fromFile}).Value
}

// fromFile is true for what a file of variables or labels says.
func fromFile(n *yamltree.Node) bool { return !n.Span.IsZero() && !n.Span.Source.Compose }

// list are the values of a list, which stands under a key: names with values, or what may be a command line.
func (o outline) list(key string, n *yamltree.Node) []string {
	words, texts := make([]model.Word, len(n.Items)), make([]string, len(n.Items))
	for i, item := range n.Items {
		value, literal := valueOf(item)
		words[i] = model.Word{Value: &value, Literal: literal}
	}
	for i, w := range loader.Masked(o.mask, words) {
		texts[i] = *w.Value
		if name, value, found := strings.Cut(*words[i].Value, "="); found && slices.Contains(settings, key) {
			_, literal, _ := strings.Cut(words[i].Literal, "=")
			texts[i] = name + "=" + o.named(name, value, literal, fromFile(n.Items[i]))
		}
	}
	return texts
}

// longest is how many bytes of a value are told.
const longest = 2000

// valueOf is a scalar with the names of the variables that are not known in their places, and the same as the files
// alone say it: without what variables put in.
func valueOf(n *yamltree.Node) (value, literal string) {
	text := n.String()
	if len(text) > longest {
		return "…", "…"
	}
	unknown := slices.Clone(n.Variables)
	unknown = slices.DeleteFunc(unknown, func(v yamltree.Variable) bool { return !v.Unknown() })
	slices.SortFunc(unknown, func(a, b yamltree.Variable) int { return a.Start - b.Start })
	isPut := func(i int) bool {
		return slices.ContainsFunc(n.Variables, func(v yamltree.Variable) bool { return !v.Default && !v.Unknown() && v.Start <= i && i < v.End })
	}
	var known, stated strings.Builder
	for i := 0; i < len(text); i++ {
		if len(unknown) > 0 && unknown[0].Start <= i && unknown[0].End > i {
			name := "${" + unknown[0].Name + "}"
			known.WriteString(name)
			if !isPut(i) {
				stated.WriteString(name)
			}
			i = min(unknown[0].End, len(text)) - 1
			unknown = unknown[1:]
			continue
		}
		known.WriteByte(text[i])
		if !isPut(i) {
			stated.WriteByte(text[i])
		}
	}
	return known.String(), stated.String()
}

// isDerived is true for a value that is no text of the file and follows from what is not known, such as the type of a
// mount.
func isDerived(n *yamltree.Node) bool {
	text := n.String()
	return slices.ContainsFunc(n.Variables, func(v yamltree.Variable) bool {
		return v.Unknown() && v.Name != model.PartOfHash && !strings.Contains(text[min(v.Start, len(text)):min(v.End, len(text))], v.Name)
	})
}

// scalar is a text as YAML writes it. What is hidden has no quotes.
func scalar(text string) string {
	if text == "***" {
		return text
	}
	return yamledit.Written(text)
}
