package yamltree

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/model"
)

// TestRooms puts a comment that speaks of a line into a text.
func TestRooms(t *testing.T) {
	for _, c := range []struct {
		name, text string
		line       int
		want       string // the text with the comment, empty where there is no room
	}{
		{"at the end of the line", "a: 1\nb: 2\n", 1, "a: 1 # new\nb: 2\n"},
		{"at the end of the file", "a: 1", 1, "a: 1 # new"},
		{"behind blanks", "a: 1  \nb: 2\n", 1, "a: 1  # new\nb: 2\n"},
		{"behind a key", "a:\n  b: 1\n", 1, "a: # new\n  b: 1\n"},
		{"with CR LF and a byte order mark", "\ufeffa: 1\r\nb: 2\r\n", 1, "\ufeffa: 1 # new\r\nb: 2\r\n"},
		{"with CR", "a: 1\rb: 2\r", 2, "a: 1\rb: 2 # new\r"},
		{"above a line with a comment", "a:\n  b: 1 # old\n", 2, "a:\n  # new\n  b: 1 # old\n"},
		{"above the first line", "\ufeffa: 1 # old\r\n", 1, "\ufeff# new\r\na: 1 # old\r\n"},
		{"above the last line", "a: 1\r\nb: 2 # old", 2, "a: 1\r\n# new\r\nb: 2 # old"},
		{"above the only line", "a: 1 # old", 1, "# new\na: 1 # old"},
		{"above an item", "a:\n\t\n  - b # old\n", 3, "a:\n\t\n  # new\n  - b # old\n"},
		{"a # in quotes", "a: 'x # y'\n", 1, "a: 'x # y' # new\n"},
		{"a text of several lines", "a:\n  b: x\n    y\n    z\n", 3, "a:\n  # new\n  b: x\n    y\n    z\n"},
		{"a quoted text of several lines", "a: \"x\n  y\"\nb: 1\n", 1, "# new\na: \"x\n  y\"\nb: 1\n"},
		{"a block", "a: |\n  x\n  y\nb: 1\n", 3, "a: | # new\n  x\n  y\nb: 1\n"},
		{"a block with CR LF", "a: >-\r\n  x\r\n  y\r\n", 2, "a: >- # new\r\n  x\r\n  y\r\n"},
		{"a block with a comment", "a:\n  b: | # old\n    x", 3, "a:\n  # new\n  b: | # old\n    x"},
		{"behind a block", "a: |\n  x\nb: 1 # old\n", 3, "a: |\n  x\n# new\nb: 1 # old\n"},
		{"in a flow collection", "a: {b: 1,\n  c: [x,\n  y]}\n", 2, "a: {b: 1,\n  c: [x, # new\n  y]}\n"},
		{"behind the end of a text", "a: ['x\n  y', z,\n  'v\n  w', u]\n", 4, "a: ['x\n  y', z,\n  # new\n  'v\n  w', u]\n"},
		{"between the ends of two texts", "a: ['x\n  y', 'z\n  w']\n", 2, "# new\na: ['x\n  y', 'z\n  w']\n"},
		{"no room", "a: ['x\n  y', 'z\n  v\n  w', u\n  t]\n", 3, ""},
		{"no such line", "a: 1\n", 9, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			docs, comments := parsedWithComments(t, c.text)
			s := docs[0].Span.Source
			room, ok := NewRooms(s, docs, comments).For(c.line)
			got := ""
			if ok {
				got = string(s.Text[:room.Offset]) + room.Before + "# new" + room.After + string(s.Text[room.Offset:])
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Fatalf("(-want +got):\n%s", diff)
			}
			if !ok {
				return
			}
			after, comments := parsedWithComments(t, got)
			if diff := cmp.Diff(docs[0].Plain(), after[0].Plain()); diff != "" {
				t.Errorf("the values change (-want +got):\n%s", diff)
			}
			for _, comment := range comments {
				moved := bytes.Count([]byte(room.After), []byte("\n")) // what stands below
				if comment.Text() == "new" && (comment.First-moved != room.First || comment.Last-moved != room.Last) {
					t.Errorf("it speaks of %d-%d, not of %d-%d", comment.First-moved, comment.Last-moved, room.First, room.Last)
				}
			}
		})
	}
}

func parsedWithComments(t *testing.T, text string) ([]*Node, []Comment) {
	t.Helper()
	s := NewSource(&model.File{Path: "compose.yaml", Text: []byte(text)})
	docs, _, err := Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return docs, Comments(s, docs)
}
