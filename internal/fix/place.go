package fix

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/composelint/composelint/internal/yamledit"
	"github.com/composelint/composelint/loader/yamltree"
)

// file is a file as it is written, before aliases are followed and files are merged.
type file struct {
	*yamledit.File
	// byKey are the values by the offsets of their keys, bySpan by their own.
	byKey, bySpan map[int]written
	// scalars are those of bySpan, in the order of the text.
	scalars []written
}

// written is a value as it is written in a file, with the way to it from its document.
type written struct {
	*file
	node, doc *yamltree.Node
	path      []string
}

// parent is the collection that the value stands in.
func (w written) parent() *yamltree.Node { return w.doc.Follow(w.path[:max(0, len(w.path)-1)]) }

// last is the key or the index of the value there, counted from the end.
func (w written) last(i int) string {
	if len(w.path) < i {
		return ""
	}
	return w.path[len(w.path)-i]
}

// open reads a file of the project for changes.
func (p *editor) open(source *yamltree.Source) (*file, error) {
	switch f := p.files[source.Path]; {
	case f != nil:
		return f, nil
	case source.Outside:
		return nil, fmt.Errorf("it stands in %q, outside of the project's root", source.Path)
	case !source.Compose:
		return nil, fmt.Errorf("it stands in %q, which is no Compose file", source.Path)
	}
	opened, err := yamledit.Open(source.File)
	if err != nil {
		return nil, fmt.Errorf("%q: %w", source.Path, err)
	}
	f := &file{File: opened, byKey: map[int]written{}, bySpan: map[int]written{}}
	for _, doc := range f.Docs {
		f.index(written{file: f, node: doc, doc: doc})
	}
	slices.SortFunc(f.scalars, func(a, b written) int { return a.node.Span.Start - b.node.Span.Start })
	p.files[source.Path] = f
	return f, nil
}

// index enters a value and those below it that stand there.
func (f *file) index(w written) {
	if key := w.node.Key; !key.IsZero() {
		f.byKey[key.Start] = w
	}
	if !yamledit.Own(w.node) {
		return
	}
	if w.node.Span.Start < w.node.Span.End {
		f.bySpan[w.node.Span.Start] = w
		if w.node.Kind == yamltree.Scalar {
			f.scalars = append(f.scalars, w)
		}
	}
	for _, key := range w.node.Keys() {
		if field := w.node.Fields[key]; yamledit.Own(field) || inside(field.Key, w.node.Span) {
			f.index(w.below(key, field))
		}
	}
	for i, item := range w.node.Items {
		f.index(w.below(strconv.Itoa(i), item))
	}
}

func (w written) below(key string, n *yamltree.Node) written {
	return written{file: w.file, node: n, doc: w.doc, path: append(slices.Clip(w.path), key)}
}

func inside(part, whole yamltree.Span) bool {
	return part.Source == whole.Source && whole.Start <= part.Start && part.End <= whole.End
}

// find is where a value of the merged tree is written: a scalar, of which it may be a part, or a collection;
// of one that several files state, that of the last.
func (p *editor) find(n *yamltree.Node) (written, error) {
	if n.Generated || n.Span.IsZero() {
		return written{}, errNowhere
	}
	f, err := p.open(n.Span.Source)
	if err != nil {
		return written{}, err
	}
	start, end := n.Span.Start, n.Span.End
	if start == end { // a value that is absent: its key is there
		if w, ok := f.byKey[n.Key.Start]; ok && !n.Key.IsZero() {
			return w, nil
		}
		if n.Key.IsZero() {
			return written{}, errNowhere
		}
		start, end = n.Key.Start, n.Key.End
	}
	if w, ok := f.bySpan[start]; ok && w.node.Span.End == end && (w.node.Kind == n.Kind || w.node.Kind == yamltree.Scalar) {
		return w, nil
	}
	i, found := slices.BinarySearchFunc(f.scalars, start, func(w written, start int) int { return cmp.Compare(w.node.Span.Start, start) })
	if !found {
		i--
	}
	if i >= 0 && end <= f.scalars[i].node.Span.End {
		return f.scalars[i], nil
	}
	return written{}, errNowhere
}

// stands is where a value is written, or where its thing is defined in the last file.
func (p *editor) stands(n *yamltree.Node) (written, error) {
	w, err := p.find(n)
	if err == nil {
		return w, nil
	}
	places, errDefined := p.definitions(n)
	if errDefined != nil {
		return written{}, err
	}
	return places[0], nil
}

var errNowhere = errors.New("it stands in no place of its own")

// definitions are where a thing of the project is written, that of the last file first.
func (p *editor) definitions(n *yamltree.Node) ([]written, error) {
	decls := n.Merged().Decls
	if len(decls) == 0 {
		decls = []yamltree.Span{n.Key}
	}
	var all []written
	var trouble error = errNowhere
	for _, decl := range slices.Backward(decls) {
		if decl.IsZero() {
			continue
		}
		f, err := p.open(decl.Source)
		if err != nil {
			trouble = err
			continue
		}
		// What a service extends counts among those that declare it.
		if w, ok := f.byKey[decl.Start]; ok && (len(all) == 0 || slices.Equal(w.path, all[0].path)) {
			all = append(all, w)
		}
	}
	if len(all) == 0 {
		return nil, trouble
	}
	return all, nil
}

// token is a place of a file.
type token struct {
	file  string
	start int
}

func tokenOf(n *yamltree.Node) token {
	if n.Span.IsZero() {
		return token{}
	}
	return token{n.Span.Source.Path, n.Span.Start}
}
