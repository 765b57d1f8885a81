package lsp

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/composelint/composelint/internal/golden"
)

// TestDefinition shows the places that the marks lead to, with what stands there.
func TestDefinition(t *testing.T) {
	golden.Archives(t, "testdata/definition/*.txtar", func(t *testing.T, a *txtar.Archive) string {
		return inEncodings(t, a, `{}`, func(c *client, q question, encoding string) string {
			var found []location
			c.call("textDocument/definition", c.askedAt(q, encoding), &found)
			var b strings.Builder
			for _, l := range found {
				b.WriteString(c.shownLocation(l, q, encoding) + "\n")
			}
			if b.Len() == 0 {
				return "nothing\n"
			}
			return b.String()
		})
	})
}

// shownLocation is a place with its text: in code points, so that it is the same for all encodings.
func (c *client) shownLocation(l location, q question, encoding string) string {
	c.t.Helper()
	path, _ := pathOf(l.URI)
	name, inside := strings.CutPrefix(path, c.dir+"/")
	if !inside {
		c.t.Errorf("%s is outside of the folder", l.URI)
	}
	content := q.content
	if name != q.name {
		data, err := os.ReadFile(path)
		if err != nil {
			c.t.Fatal(err)
		}
		content = string(data)
	}
	t := newText(content, encoding)
	at := t.modelPosition(l.Range.Start)
	return fmt.Sprintf("%s:%d:%d %q", name, at.Line, at.Column, t.content[t.offset(l.Range.Start):t.offset(l.Range.End)])
}
