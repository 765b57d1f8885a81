package yamltree

import (
	"bytes"
	"sort"
)

// Rooms tells where comments can be put into a file.
type Rooms struct {
	source   *Source
	scalars  []stretch
	comments map[int]bool // the lines that have one
}

// NewRooms looks at a file, given its documents and comments.
func NewRooms(source *Source, docs []*Node, comments []Comment) *Rooms {
	r := &Rooms{source: source, scalars: scalarsOf(docs), comments: map[int]bool{}}
	for _, c := range comments {
		r.comments[source.position(c.Span.Start).Line] = true
	}
	return r
}

// Room is a place where a comment can be put, so that no value becomes another.
type Room struct {
	// Offset is where it begins in the text, with Before and After around it.
	Offset        int
	Before, After string
	// First and Last are the lines that it will speak of, by their numbers without it.
	First, Last int
}

// For is the room for a comment that speaks of a line: at its end, or where a comment stands there
// already, on a line of its own above. In a scalar of several lines there is none, but what stands where
// it begins speaks of all of them. It reports false where there is no room at all.
func (r *Rooms) For(line int) (Room, bool) {
	if line < 1 || line > len(r.source.starts) {
		return Room{}, false
	}
	first := r.source.position(r.beginning(line)).Line
	for _, at := range []struct {
		line int
		room func(int) (Room, bool)
	}{{first, r.behind}, {first, r.above}, {line, r.behind}} {
		if room, ok := at.room(at.line); ok && room.First <= line && line <= room.Last {
			return room, true
		}
	}
	return Room{}, false
}

// beginning is where the scalar begins in which a line does, or that of the line itself.
func (r *Rooms) beginning(line int) int {
	start := r.source.starts[line-1]
	if s := r.around(start); s != nil {
		return s.begin
	}
	return start
}

// around is the scalar that an offset is within, nil where it is in none. At the end of a block scalar
// is still within it: what is added there is part of its text.
func (r *Rooms) around(offset int) *stretch {
	i := sort.Search(len(r.scalars), func(i int) bool { return r.scalars[i].end >= offset })
	if i == len(r.scalars) {
		return nil
	}
	s := &r.scalars[i]
	if s.begin < offset && (offset < s.end || s.begin < s.start && !isLineStart(r.source.Text, offset)) {
		return s
	}
	return nil
}

func isLineStart(text []byte, offset int) bool {
	return offset == 0 || text[offset-1] == '\n' || text[offset-1] == '\r'
}

// behind is the room at the end of a line.
func (r *Rooms) behind(line int) (Room, bool) {
	text := r.source.Text
	end := len(text)
	if line < len(r.source.starts) {
		end = r.source.starts[line]
	}
	next := end
	end -= len(text[:end]) - len(bytes.TrimRight(text[:end], "\r\n"))
	if s := r.around(end); r.comments[line] || s != nil && s.start <= end {
		return Room{}, false
	}
	room := Room{Offset: end, Before: " ", First: line, Last: r.last(line, next)}
	if end > 0 && isBlank(text[end-1]) {
		room.Before = ""
	}
	return room, true
}

// above is the room for a line of its own before another one, as far in as that.
func (r *Rooms) above(line int) (Room, bool) {
	text, start := r.source.Text, r.source.starts[line-1]
	if r.around(start) != nil {
		return Room{}, false
	}
	if line == 1 && bytes.HasPrefix(text, bom) {
		start = len(bom)
	}
	next, lineBreak := len(text), "\n"
	if line < len(r.source.starts) {
		next = r.source.starts[line]
		lineBreak = string(text[len(bytes.TrimRight(text[:next], "\r\n")):next])
	} else if line > 1 {
		lineBreak = string(text[len(bytes.TrimRight(text[:start], "\r\n")):start])
	}
	indent := text[start : next-len(bytes.TrimLeft(text[start:next], " \t"))]
	return Room{Offset: start, Before: string(indent), After: lineBreak, First: line, Last: r.last(line, next)}, true
}

func (r *Rooms) last(line, end int) int {
	start := r.source.starts[line-1]
	first := sort.Search(len(r.scalars), func(i int) bool { return r.scalars[i].end > start })
	return r.source.lastLine(line-1, end, r.scalars[first:])
}
