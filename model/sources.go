package model

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"
)

// Position is a place in a file: line and column from 1. Columns count code points.
type Position struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

// Location is a stretch of a file. End is exclusive.
type Location struct {
	// File is the path as it is shown, with slashes.
	File  string   `json:"file"`
	Start Position `json:"start"`
	End   Position `json:"end"`
}

// String is file:line:column.
func (l Location) String() string {
	return fmt.Sprintf("%s:%d:%d", l.File, l.Start.Line, l.Start.Column)
}

// Hop is a place that a value came through on its way into the model.
type Hop struct {
	// Label says what happened there, as a phrase: `through the alias *common`.
	Label    string   `json:"label"`
	Location Location `json:"location"`
}

// Origin is where a value is defined and the hops it came through, nearest use first.
type Origin struct {
	Location
	Hops []Hop `json:"hops,omitempty"`
}

// Anchor is a node of the loaded files. Origin returns the place of the node itself for
// an empty key, else that of the value under the key, or of the text in a scalar; a key
// that the node does not have falls back to the node.
type Anchor interface {
	Origin(key string) Origin
	// Keys are those that the node has, in order.
	Keys() []string
	// Declared are the places where the files declare the node itself.
	Declared() []Location
}

// Sources says where each node of the model stands in the files.
type Sources struct {
	// Files holds every file that was read, by its shown path.
	Files map[string]*File
	// Directives are the comments that begin with Directive, by the shown path of their file, in
	// the order of its text.
	Directives map[string][]Comment
	// Variables are the values that env files give to the variables that the Compose files are interpolated with.
	Variables map[string]Anchor
	anchors   map[string]Anchor
}

// Directive begins every comment that is for composelint.
const Directive = "composelint:"

// Comment is a comment of a file.
type Comment struct {
	// Text is without the mark of a comment.
	Text     string
	Location Location
	// First and Last are the lines that the comment speaks of: its own, or where that has
	// nothing else, the next ones.
	First, Last int
}

// NewSources returns an empty Sources.
func NewSources() *Sources {
	return &Sources{Files: map[string]*File{}, Directives: map[string][]Comment{}, Variables: map[string]Anchor{}, anchors: map[string]Anchor{}}
}

// OnlyFiles returns the files without the places of nodes, which hold on to all that was
// read of them.
func (s *Sources) OnlyFiles() *Sources { return &Sources{Files: s.Files} }

// Mark ties the model's node at to its place in the files. The first mark of a node stays.
func (s *Sources) Mark(at string, anchor Anchor) {
	if _, ok := s.anchors[at]; !ok {
		s.anchors[at] = anchor
	}
}

// Join takes over the marks of others, which are of other nodes.
func (s *Sources) Join(others *Sources) { maps.Copy(s.anchors, others.anchors) }

// MarkPart ties the model's node at to what the marked node of another at has under a key.
func (s *Sources) MarkPart(at, of, key string) {
	if anchor, ok := s.anchors[of]; ok {
		s.Mark(at, part{anchor, key})
	}
}

// part is what an anchor has under a key.
type part struct {
	Anchor
	key string
}

func (p part) Origin(string) Origin { return p.Anchor.Origin(p.key) }

func (p part) Keys() []string { return nil }

// Anchor returns the node of the files that the node at is, or has under the key that is returned with it.
// It is nil for a node that was never marked.
func (s *Sources) Anchor(at string) (anchor Anchor, key string) {
	anchor = s.anchors[at]
	if p, ok := anchor.(part); ok {
		return p.Anchor, p.key
	}
	return anchor, ""
}

// Locate returns the place of the node at, or of the value under its key. It reports
// false for a node that was never marked, which is a bug in whoever named it.
func (s *Sources) Locate(at, key string) (Origin, bool) {
	anchor, ok := s.anchors[at]
	if !ok {
		return Origin{}, false
	}
	return anchor.Origin(key), true
}

// Keys lists the keys of the node at that have a place of their own.
func (s *Sources) Keys(at string) []string {
	if anchor, ok := s.anchors[at]; ok {
		return anchor.Keys()
	}
	return nil
}

// Declared lists the places where the files declare the node at: a service of two files has
// two.
func (s *Sources) Declared(at string) []Location {
	if anchor, ok := s.anchors[at]; ok {
		return anchor.Declared()
	}
	return nil
}

// Ats lists the marked nodes in order.
func (s *Sources) Ats() []string {
	ats := make([]string, 0, len(s.anchors))
	for at := range s.anchors {
		ats = append(ats, at)
	}
	sort.Strings(ats)
	return ats
}

// File is a file that was read.
type File struct {
	// Path is the path as it is shown, with slashes.
	Path string
	// URI is the path relative to the root of the repository, with slashes and not yet
	// percent-encoded.
	URI string
	// Text is the file as it was read. It may hold secrets: what is shown comes from Lines.
	Text []byte
	// Compose is true for a Compose file, false for one of variables or labels.
	Compose bool

	hidden []span
	lines  []string
}

// URIOf is the URI of the file with a path; the path where it is not among the files, or has none.
func URIOf(files map[string]*File, path string) string {
	if f := files[path]; f != nil && f.URI != "" {
		return f.URI
	}
	return path
}

type span struct{ start, end int }

// Hidden are the stretches of the bytes [start, end) that are a secret, in the order of the text.
func (f *File) Hidden(start, end int) [][2]int {
	var all [][2]int
	for _, h := range f.hidden {
		if h.start < end && start < h.end {
			all = append(all, [2]int{max(h.start, start), min(h.end, end)})
		}
	}
	slices.SortFunc(all, func(a, b [2]int) int { return cmp.Or(a[0]-b[0], b[1]-a[1]) })
	var apart [][2]int
	for _, h := range all {
		if last := len(apart) - 1; last >= 0 && h[0] <= apart[last][1] {
			apart[last][1] = max(apart[last][1], h[1])
			continue
		}
		apart = append(apart, h)
	}
	return apart
}

// Hide marks the bytes [start, end) of the text as a secret.
func (f *File) Hide(start, end int) {
	f.hidden = append(f.hidden, span{start, end})
	f.lines = nil
}

// Lines returns the text line by line, without line ends (LF, CR LF or CR) and byte order
// mark, and with a * for every character that is hidden.
func (f *File) Lines() []string {
	if f.lines == nil {
		text := strings.TrimPrefix(string(f.masked()), "\ufeff")
		text = strings.ReplaceAll(text, "\r\n", "\n")
		text = strings.ReplaceAll(text, "\r", "\n")
		f.lines = strings.Split(text, "\n")
	}
	return f.lines
}

func (f *File) masked() []byte {
	sort.Slice(f.hidden, func(i, j int) bool { return f.hidden[i].start < f.hidden[j].start })
	var out []byte
	done := 0
	for _, h := range f.hidden {
		start := max(h.start, done)
		if start >= h.end {
			continue
		}
		out = append(out, f.Text[done:start]...)
		for _, r := range string(f.Text[start:h.end]) {
			if r == '\n' || r == '\r' {
				out = append(out, byte(r))
			} else {
				out = append(out, '*')
			}
		}
		done = h.end
	}
	return append(out, f.Text[done:]...)
}
