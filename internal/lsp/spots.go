package lsp

import (
	"slices"
	"strconv"

	"github.com/composelint/composelint/loader/yamltree"
)

// spot is a token of a document that has to do with a value of the merged project.
type spot struct {
	// at names the part of the project that the value is in, such as services.web, and root is that part.
	at   string
	root *yamltree.Node
	// path leads from there to the value, which is in force.
	path []string
	node *yamltree.Node
	// written is what stands at the token: the value, or one that it took the place of.
	written *yamltree.Node
	token   yamltree.Span
}

// spotsAt are the spots of a project at an offset of a file, those of one part one after the other.
func (j *judgement) spotsAt(path string, offset int) []spot {
	f := spotFinder{offset: offset, here: map[*yamltree.Source]bool{}, path: path}
	for _, at := range j.parts() {
		anchor, _ := j.project.Sources.Anchor(at)
		if root, ok := anchor.(*yamltree.Node); ok && root != nil && !root.Span.IsZero() { // else no file has it
			f.at, f.root = at, root
			f.find(root, nil)
		}
	}
	return f.spots
}

// parts name the services, networks and so on of a project.
func (j *judgement) parts() (ats []string) {
	p := j.project.Project
	for _, s := range p.Services {
		if s.Name == s.Owner { // a hook is a part of its service
			ats = append(ats, s.At)
		}
	}
	for _, n := range p.Networks {
		ats = append(ats, n.At)
	}
	for _, v := range p.Volumes {
		ats = append(ats, v.At)
	}
	for _, s := range p.Secrets {
		ats = append(ats, s.At)
	}
	for _, c := range p.Configs {
		ats = append(ats, c.At)
	}
	return ats
}

type spotFinder struct {
	path   string
	offset int
	// here says of the sources that were met whether they are the document.
	here  map[*yamltree.Source]bool
	at    string
	root  *yamltree.Node
	spots []spot
}

// on is true for a token that stands at the offset.
func (f *spotFinder) on(s yamltree.Span) bool {
	if s.IsZero() || f.offset < s.Start || f.offset >= max(s.End, s.Start+1) {
		return false
	}
	here, met := f.here[s.Source]
	if !met {
		here = absolute(s.Source.Path) == f.path
		f.here[s.Source] = here
	}
	return here
}

// find adds the spots of a value and of those in it. One that came through the token as a whole, by an alias or by
// extends, is one, whatever is in it.
func (f *spotFinder) find(n *yamltree.Node, path []string) (found bool) {
	if n.Generated {
		return false
	}
	add := func(written *yamltree.Node, token yamltree.Span) bool {
		f.spots = append(f.spots, spot{f.at, f.root, slices.Clone(path), n, written, token})
		return true
	}
	for via := n.Via; via != nil; via = via.Next {
		if f.on(via.At) {
			return add(n, via.At)
		}
	}
	for _, key := range append(slices.Clone(n.Merged().Decls), n.Key) {
		if f.on(key) {
			return add(n, key)
		}
	}
	if isShort(n) && f.on(n.Span) {
		return add(n, n.Span)
	}
	for _, key := range n.Keys() {
		found = f.find(n.Fields[key], append(path, key)) || found
	}
	for i, item := range n.Items {
		found = f.find(item, append(path, strconv.Itoa(i))) || found
	}
	if found {
		return true
	}
	if n.Kind == yamltree.Scalar && f.on(n.Span) {
		return add(n, n.Span)
	}
	if prev := n.Merged().Prev; prev != nil {
		if written, token := f.within(prev); written != nil {
			return add(written, token)
		}
	}
	for _, also := range n.Merged().Also {
		if written, token := f.within(also); written != nil {
			return add(written, token)
		}
	}
	return false
}

// within is the value at the offset in one that counts no more.
func (f *spotFinder) within(n *yamltree.Node) (*yamltree.Node, yamltree.Span) {
	inner := spotFinder{path: f.path, offset: f.offset, here: f.here}
	if inner.find(n, nil); len(inner.spots) == 0 {
		return nil, yamltree.Span{}
	}
	return inner.spots[0].written, inner.spots[0].token
}

// isShort is true for a mapping that is written as one token, such as a port.
func isShort(n *yamltree.Node) bool {
	return n.Kind == yamltree.Mapping && !n.Span.IsZero() && len(n.Fields) > 0 && !slices.ContainsFunc(n.Keys(), func(key string) bool { return !n.Fields[key].Key.IsZero() })
}
