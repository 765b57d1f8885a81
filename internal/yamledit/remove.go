package yamledit

import (
	"bytes"
	"errors"
	"slices"
	"strconv"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// Remove takes away the value at a path of keys and indexes of a document, with its key, and the
// collections around it that become empty. What several values are one text of stays.
func (f *File) Remove(doc *yamltree.Node, path []string) (Edit, error) {
	edit, err := f.remove(doc, path)
	if err == nil && bytes.ContainsRune(f.Text[edit.Start:edit.End], '&') && !f.readable(edit) {
		return Edit{}, errors.New("it has an anchor that other values refer to")
	}
	return edit, err
}

// readable is true where the file is read without errors after an edit.
func (f *File) readable(e Edit) bool {
	text, err := Apply(f.Text, []Edit{e})
	if err == nil {
		_, err = Open(&model.File{Path: f.Path, Text: text})
	}
	return err == nil
}

func (f *File) remove(doc *yamltree.Node, path []string) (Edit, error) {
	for len(path) > 0 {
		parent := doc.Follow(path[:len(path)-1])
		if !Own(parent) || parent.Span.IsZero() {
			return Edit{}, ErrShared
		}
		entries := f.entries(parent)
		i := slices.IndexFunc(entries, func(e entry) bool { return e.name == path[len(path)-1] })
		switch {
		case i < 0:
			return Edit{}, ErrShared
		case len(entries) == 1 && len(path) == 1:
			return Edit{}, errors.New("nothing would be left of the file")
		case len(entries) == 1 && !f.stays(path):
			path = path[:len(path)-1]
		case f.isFlow(parent):
			return f.removeFlow(entries[i])
		default:
			return f.removeLines(parent, entries, i)
		}
	}
	return Edit{}, errors.New("there is no path")
}

// stays is true of what has nothing left but its name, by which others refer to it: a network, a volume.
func (f *File) stays(path []string) bool {
	return len(path) == 3 && slices.Contains([]string{"networks", "volumes", "secrets", "configs"}, path[0])
}

// entry is a field or an item in the text of its collection: from its key to the end of its value.
type entry struct {
	name       string
	start, end int
}

// Count is how many entries a collection has in the text.
func (f *File) Count(n *yamltree.Node) int { return len(f.entries(n)) }

// entries are those of a collection that stand in it, in the order of the text. A merge key is one.
func (f *File) entries(n *yamltree.Node) []entry {
	var all []entry
	merges := map[int]bool{}
	add := func(name string, field *yamltree.Node, start int) {
		place := field.Span
		if field.Via != nil {
			place = field.Via.At
			if n.Kind == yamltree.Mapping && Merged(n, field) {
				if merges[place.Start] {
					return
				}
				merges[place.Start] = true
				name, start = "<<", place.Start
			}
		}
		if field.Via == nil && field.Span.IsZero() || start < n.Span.Start || n.Span.End < place.End {
			return
		}
		all = append(all, entry{name: name, start: start, end: max(place.End, start)})
	}
	for key, field := range n.Fields {
		add(key, field, field.Key.Start)
	}
	for key, field := range n.Dropped {
		add(key, field, field.Key.Start)
	}
	for i, item := range n.Items {
		start := item.Span.Start
		if item.Via != nil {
			start = item.Via.At.Start
		}
		add(strconv.Itoa(i), item, start)
	}
	slices.SortFunc(all, func(a, b entry) int { return a.start - b.start })
	return all
}

func (f *File) isFlow(n *yamltree.Node) bool {
	return n.Span.Start < len(f.Text) && (f.Text[n.Span.Start] == '{' || f.Text[n.Span.Start] == '[')
}

// removeFlow takes an entry out of brackets, with one comma.
func (f *File) removeFlow(e entry) (Edit, error) {
	start, end := e.start, e.end
	if comma := f.next(end); comma < len(f.Text) && f.Text[comma] == ',' {
		end = comma + 1
		for end < len(f.Text) && (f.Text[end] == ' ' || f.Text[end] == '\t') {
			end++
		}
		return Edit{Start: start, End: end}, nil
	}
	for before := start - 1; before >= 0; before-- {
		switch f.Text[before] {
		case ' ', '\t', '\r', '\n':
			continue
		case ',':
			start = before
		}
		break
	}
	return Edit{Start: start, End: end}, nil
}

// removeLines takes the lines of an entry out of a block.
func (f *File) removeLines(n *yamltree.Node, entries []entry, i int) (Edit, error) {
	e := entries[i]
	start := e.start
	if n.Kind == yamltree.Sequence {
		start = f.dashOf(start)
	}
	after := f.afterLine(e.end)
	switch {
	case start < 0:
		return Edit{}, errors.New("the item does not begin where its dash is")
	case f.firstOnLine(start):
		return Edit{Start: f.lineStart(start), End: after}, nil
	case i+1 < len(entries): // the first one of a list's item, on the line of the dash
		next := entries[i+1].start
		if n.Kind == yamltree.Sequence {
			next = f.dashOf(next)
		}
		return Edit{Start: start, End: next}, nil
	}
	return Edit{}, errors.New("other values begin on its line")
}

// dashOf is where the dash of an item stands, negative where it has another line.
func (f *File) dashOf(start int) int {
	for i := start - 1; i >= 0 && f.Text[i] != '\n' && f.Text[i] != '\r'; i-- {
		switch f.Text[i] {
		case ' ', '\t':
		case '-':
			return i
		default: // an anchor, or a tag
			if between := f.Text[i:start]; between[0] == ',' || between[0] == ':' {
				return -1
			}
		}
	}
	return -1
}
