package lsp

import (
	"slices"
	"strconv"

	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/loader/yamltree"
)

// mention is a token of a document that has to do with a value of the merged project.
type mention struct {
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

// mentionsAt are the mentions of a project at an offset of a file, those of one part one after the other.
func (j *judgement) mentionsAt(path string, offset int) []mention {
	f := mentionFinder{offset: offset, here: newHere(path)}
	for _, at := range j.parts() {
		anchor, _ := j.project.Sources.Anchor(at)
		if root, ok := anchor.(*yamltree.Node); ok && root != nil && !root.Span.IsZero() { // else no file has it
			f.at, f.root = at, root
			f.find(root, nil)
		}
	}
	return f.mentions
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

// here tells whether the paths that places have are that of a document.
type here struct {
	path string
	met  map[string]bool
}

func newHere(path string) here { return here{path, map[string]bool{}} }

func (h here) is(file string) bool {
	is, met := h.met[file]
	if !met {
		is = loader.Absolute(file) == h.path
		h.met[file] = is
	}
	return is
}

type mentionFinder struct {
	here     here
	offset   int
	at       string
	root     *yamltree.Node
	mentions []mention
}

// on is true for a token that stands at the offset.
func (f *mentionFinder) on(s yamltree.Span) bool {
	return !s.IsZero() && s.Start <= f.offset && f.offset < max(s.End, s.Start+1) && f.here.is(s.Source.Path)
}

// find adds the mentions of a value and of those in it. One that came through the token as a whole, by an alias or by
// extends, is one, whatever is in it.
func (f *mentionFinder) find(n *yamltree.Node, path []string) (found bool) {
	if n.Generated {
		return false
	}
	add := func(written *yamltree.Node, token yamltree.Span) bool {
		f.mentions = append(f.mentions, mention{f.at, f.root, slices.Clone(path), n, written, token})
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
func (f *mentionFinder) within(n *yamltree.Node) (*yamltree.Node, yamltree.Span) {
	inner := mentionFinder{here: f.here, offset: f.offset}
	if inner.find(n, nil); len(inner.mentions) == 0 {
		return nil, yamltree.Span{}
	}
	return inner.mentions[0].written, inner.mentions[0].token
}

// isShort is true for a mapping that is written as one token, such as a port.
func isShort(n *yamltree.Node) bool {
	return n.Kind == yamltree.Mapping && !n.Span.IsZero() && len(n.Fields) > 0 && !slices.ContainsFunc(n.Keys(), func(key string) bool { return !n.Fields[key].Key.IsZero() })
}
