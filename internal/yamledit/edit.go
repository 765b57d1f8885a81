// Package yamledit changes single values in the text of a YAML file, and leaves every byte that they do
// not consist of: comments, quotes, order, indentation and line breaks stay. What it adds is written as
// the rest of the file is.
package yamledit

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// Edit replaces the bytes [Start, End) of a text.
type Edit struct {
	Start, End int
	Text       string
	// Adds is the key that the text brings into a mapping, empty where it brings none; Indent is how far in
	// its lines are.
	Adds   string
	Indent int
}

// Alone is the indent of a text that is the only one in its brackets: a second one there would need a comma.
const Alone = -1

// Compare compares edits by the order in which they are made. Of several at one place the one that is furthest in
// comes first, since it goes on with what stands there.
func Compare(a, b Edit) int {
	return cmp.Or(a.Start-b.Start, min(a.End-a.Start, 1)-min(b.End-b.Start, 1), b.Indent-a.Indent)
}

// Apply is the text with the edits. An error is about two that change the same bytes.
func Apply(text []byte, edits []Edit) ([]byte, error) {
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, Compare)
	var out bytes.Buffer
	done, removed := 0, false
	for _, e := range edits {
		if removes := e.Text == "" && e.Start < done && removed; removes { // two neighbours, with the comma between them
			e.Start, e.End = done, max(done, e.End)
		}
		if e.Start < done || e.End < e.Start || e.End > len(text) {
			return nil, fmt.Errorf("two changes concern the same bytes")
		}
		removed = e.Text == ""
		out.Write(text[done:e.Start])
		out.WriteString(e.Text)
		done = e.End
	}
	out.Write(text[done:])
	return out.Bytes(), nil
}

// File is a YAML file whose values can be changed.
type File struct {
	*yamltree.Source
	// Docs are its documents, in which aliases and merge keys are resolved. What came by one of those
	// has hops (yamltree.Node.Via), and is not a value of its own at that place.
	Docs []*yamltree.Node
	style
}

// Open reads a file. An error says that it is none that can be changed.
func Open(file *model.File) (*File, error) {
	source := yamltree.NewSource(file)
	docs, problems, fatal := yamltree.Parse(source)
	if fatal != nil || len(problems) > 0 {
		return nil, errors.New("the file is not read without errors")
	}
	f := &File{Source: source, Docs: docs}
	f.style = styleOf(f)
	return f, nil
}

// ErrShared is why a value is not changed at a place: there, it only refers to one elsewhere.
var ErrShared = errors.New("the value stands elsewhere, behind an alias or a merge key")

// Own is true for a value that stands where it is used.
func Own(n *yamltree.Node) bool { return n != nil && n.Via == nil }

// Set gives the value at a path of keys below a mapping another value. What is not there is added, with
// the mappings on the way to it.
func (f *File) Set(mapping *yamltree.Node, path []string, value any) (Edit, error) {
	for i, key := range path {
		field := mapping.Field(key)
		rest := nest(path[i+1:], value)
		switch {
		case mapping.Kind != yamltree.Mapping:
			return Edit{}, fmt.Errorf("%q is no mapping", key)
		case !Own(mapping):
			return Edit{}, ErrShared
		case field != nil && !Own(field) && (!Merged(mapping, field) || i < len(path)-1):
			return Edit{}, ErrShared // a mapping beside the merge key would hide all of the other
		case !Own(field):
			return f.insert(mapping, key, rest)
		case i == len(path)-1 || field.Kind == yamltree.Scalar && field.Value == nil:
			return f.replace(mapping, field, rest)
		}
		mapping = field
	}
	return Edit{}, errors.New("there is no path")
}

// Merged is true for a field that a mapping has from a merge key: its key stands elsewhere.
func Merged(mapping, field *yamltree.Node) bool {
	return !Own(field) && (field.Key.Source != mapping.Span.Source || field.Key.Start < mapping.Span.Start || mapping.Span.End <= field.Key.Start)
}

// nest is a value in a mapping for each of the keys.
func nest(keys []string, value any) any {
	for _, key := range slices.Backward(keys) {
		value = map[string]any{key: value}
	}
	return value
}

// Scalar replaces a scalar by another one, in its quotes.
func (f *File) Scalar(n *yamltree.Node, value any) (Edit, error) {
	switch {
	case n.Kind != yamltree.Scalar || n.Span.IsZero():
		return Edit{}, errors.New("the value is no scalar")
	case n.Span.Start == n.Span.End:
		return Edit{Start: n.Span.Start, End: n.Span.End, Text: " " + f.scalar(value, "")}, nil
	}
	token := f.Text[n.Span.Start:n.Span.End]
	quote := ""
	switch token[0] {
	case '|', '>':
		return Edit{}, errors.New("the value is a text of several lines")
	case '"', '\'':
		quote = string(token[:1])
	}
	if text, ok := value.(string); ok && quote == "" && plainAs(text, n.Value) {
		return Edit{Start: n.Span.Start, End: n.Span.End, Text: text}, nil // POST: 1 becomes POST: 0
	}
	return Edit{Start: n.Span.Start, End: n.Span.End, Text: f.scalar(value, quote)}, nil
}

// Part replaces the bytes [start, end) of the text, which are a part of a scalar.
func (f *File) Part(n *yamltree.Node, start, end int, text string) (Edit, error) {
	literal := slices.ContainsFunc(n.Text, func(p yamltree.Piece) bool { return p.Literal && p.Start <= start && end <= p.End })
	if !literal || !f.fits(n, text, string(f.Text[n.Span.Start:start])+text+string(f.Text[end:n.Span.End])) {
		return Edit{}, errors.New("the value is not written as it is read")
	}
	return Edit{Start: start, End: end, Text: text}, nil
}

// fits is true for a text that means itself within a scalar, of which the token is then another one.
func (f *File) fits(n *yamltree.Node, text, token string) bool {
	switch f.Text[n.Span.Start] {
	case '"':
		return quotable(text, `"\`)
	case '\'':
		return quotable(text, `'`)
	case '|', '>':
		return quotable(text, "")
	}
	without := "#&*!|>%@`\"'"
	if f.InFlow(n) {
		without += ",[]{}"
	}
	return quotable(text, without) && !strings.Contains(token, ": ") && !strings.HasSuffix(token, ":") && begins.MatchString(token)
}

// InFlow is true for a value that stands in brackets, in which a plain text ends at a comma or another one.
func (f *File) InFlow(n *yamltree.Node) bool {
	var within func(c *yamltree.Node) bool
	within = func(c *yamltree.Node) bool {
		if !Own(c) || c.Kind == yamltree.Scalar || c.Span.IsZero() || n.Span.Start < c.Span.Start || c.Span.End < n.Span.End {
			return false
		}
		if f.isFlow(c) {
			return true
		}
		for _, field := range c.Fields {
			if within(field) {
				return true
			}
		}
		return slices.ContainsFunc(c.Items, within)
	}
	return slices.ContainsFunc(f.Docs, within)
}

// Append adds an item to a list.
func (f *File) Append(list *yamltree.Node, value any) (Edit, error) {
	switch {
	case list.Kind != yamltree.Sequence || list.Span.IsZero():
		return Edit{}, errors.New("the value is no list")
	case !Own(list):
		return Edit{}, ErrShared
	case f.Text[list.Span.Start] == '[':
		return f.insertFlow(list, f.entries(list), "", f.flow(value, f.quoteOf(list))), nil
	}
	indent := f.column(list.Span.Start)
	return f.insertLines(list.Span.End, f.item(value, indent, f.quoteOf(list)), "", len(indent)), nil
}

// insert adds a key to a mapping.
func (f *File) insert(mapping *yamltree.Node, key string, value any) (Edit, error) {
	if mapping.Span.IsZero() {
		return Edit{}, errors.New("the mapping stands in no file")
	}
	if mapping.Span.Start < len(f.Text) && f.Text[mapping.Span.Start] == '{' {
		return f.insertFlow(mapping, f.entries(mapping), key, f.key(key)+": "+f.flow(value, "")), nil
	}
	indent := f.column(mapping.Span.Start)
	lines := f.field(key, value, indent)
	if f.apart(f.entries(mapping)) {
		lines = append([]string{""}, lines...)
	}
	return f.insertLines(mapping.Span.End, lines, key, len(indent)), nil
}

// replace gives a field another value.
func (f *File) replace(mapping, field *yamltree.Node, value any) (Edit, error) {
	switch value.(type) {
	case map[string]any, []any:
	default:
		return f.Scalar(field, value)
	}
	if f.Text[mapping.Span.Start] == '{' {
		return Edit{Start: field.Span.Start, End: field.Span.End, Text: f.flow(value, "")}, nil
	}
	if field.Kind == yamltree.Scalar && field.Value == nil && field.Span.Start == field.Span.End {
		indent := f.column(field.Key.Start)
		return f.insertLines(field.Span.End, f.below(value, indent), "", len(indent)+1), nil
	}
	return Edit{Start: field.Span.Start, End: field.Span.End, Text: f.flow(value, "")}, nil
}

// insertLines adds lines after the one that a value ends on.
func (f *File) insertLines(end int, lines []string, adds string, indent int) Edit {
	at := f.afterLine(end)
	var text bytes.Buffer
	if at > 0 && !f.startsLine(at) {
		text.WriteString(f.lineBreak)
	}
	for i, line := range lines {
		text.WriteString(line)
		if i < len(lines)-1 || at < len(f.Text) || f.startsLine(at) {
			text.WriteString(f.lineBreak)
		}
	}
	return Edit{Start: at, End: at, Text: text.String(), Adds: adds, Indent: indent}
}

// insertFlow adds an entry to a collection in brackets.
func (f *File) insertFlow(n *yamltree.Node, entries []entry, adds, text string) Edit {
	if len(entries) == 0 {
		return Edit{Start: n.Span.Start + 1, End: n.Span.Start + 1, Text: text, Adds: adds, Indent: Alone}
	}
	last := entries[len(entries)-1]
	space := " "
	if f.firstOnLine(last.start) && f.lineStart(last.start) > n.Span.Start {
		space = f.lineBreak + string(f.Text[f.lineStart(last.start):last.start])
	}
	if comma := f.next(last.end); comma < len(f.Text) && f.Text[comma] == ',' {
		return Edit{Start: comma + 1, End: comma + 1, Text: space + text + ",", Adds: adds}
	}
	return Edit{Start: last.end, End: last.end, Text: "," + space + text, Adds: adds}
}

// Extend gives a field that is an alias of a mapping one of its own, which merges the other and has a key more.
func (f *File) Extend(field *yamltree.Node, key string, value any) (Edit, error) {
	at := field.Via.At
	alias := string(f.Text[at.Start:at.End])
	if f.firstOnLine(field.Key.Start) && f.lineStart(at.Start) == f.lineStart(field.Key.Start) && f.endsLine(at.End) {
		indent := f.column(field.Key.Start)
		lines := append([]string{indent + f.step + "<<: " + alias}, f.field(key, value, indent+f.step)...)
		start := at.Start
		for start > 0 && (f.Text[start-1] == ' ' || f.Text[start-1] == '\t') {
			start--
		}
		return Edit{Start: start, End: at.End, Text: f.lineBreak + strings.Join(lines, f.lineBreak)}, nil
	}
	return Edit{Start: at.Start, End: at.End, Text: "{<<: " + alias + ", " + f.key(key) + ": " + f.flow(value, "") + "}"}, nil
}

// Copy states the items of a list, which is one of others, and a further one under a path of a mapping.
func (f *File) Copy(mapping *yamltree.Node, path []string, list *yamltree.Node, value any) (Edit, error) {
	for _, item := range list.Items {
		if !item.Span.IsZero() && len(item.Span.Source.File.Hidden(item.Span.Start, item.Span.End)) > 0 {
			return Edit{}, ErrShared // no secret is written anywhere else
		}
	}
	items := append(list.Plain().([]any), value)
	field := mapping.Follow(path)
	if len(path) == 1 && field != nil && !Merged(mapping, field) { // an alias
		return Edit{Start: field.Via.At.Start, End: field.Via.At.End, Text: f.flow(items, "")}, nil
	}
	return f.Set(mapping, path, items)
}

// Cut takes a part out of a scalar, with a blank beside it.
func (f *File) Cut(n *yamltree.Node, start, end int) (Edit, error) {
	isBlank := func(i int) bool { return f.Text[i] == ' ' || f.Text[i] == '\t' }
	switch {
	case start > n.Span.Start && isBlank(start-1):
		start--
	case end < n.Span.End && isBlank(end):
		end++
	}
	return f.Part(n, start, end, "")
}

// Key replaces the token of a key, the bytes [start, end), by another one in its quotes.
func (f *File) Key(start, end int, name string) (Edit, error) {
	quote := ""
	if c := f.Text[start]; c == '"' || c == '\'' {
		quote = string(c)
	}
	return Edit{Start: start, End: end, Text: f.scalar(name, quote)}, nil
}
