package yamltree

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestComments finds the comments of a text, and the lines that each speaks of.
func TestComments(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"on the line", "a: 1 # one\nb: 2 ## two \n", "1-1 one\n2-2 two\n"},
		{"above", "# one\na: 1\n\n  # two\n\n# three\nb: 2\n", "2-2 one\n7-7 two\n7-7 three\n"},
		{"at the end", "a: 1\n# last", "0-0 last\n"},
		{"with CR LF and a byte order mark", "\ufeff# one\r\na: 1 # two\r\n", "2-2 one\n2-2 two\n"},
		{"not in scalars", "a: 'x # y'\nb: \"x # y\"\nc: x#y\n\"k # k\": # here\n  - 1\n", "4-4 here\n"},
		{"not in block scalars", "a: | # header\n  # text\n  x\n# above b\nb: >-\n  # text\nc: 1\n", "1-3 header\n5-6 above b\n"},
		{"a scalar of several lines", "# one\na: 'x\n  # y'\nb: x\n  y # two\n", "2-3 one\n5-5 two\n"},
		{"in flow collections", "# one\na: {b: [x, # two\n  y], # three\n  c: z}\n", "2-2 one\n2-2 two\n3-3 three\n"},
		{"through anchors", "a: &a {b: 'x # y'} # one\nc: *a # two\n", "1-1 one\n2-2 two\n"},
		{"no document", "# one\n", "0-0 one\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := source(c.text)
			docs, _, err := Parse(s)
			if err != nil {
				t.Fatal(err)
			}
			var got strings.Builder
			for _, comment := range Comments(s, docs) {
				fmt.Fprintf(&got, "%d-%d %s\n", comment.First, comment.Last, comment.Text())
			}
			if diff := cmp.Diff(c.want, got.String()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
