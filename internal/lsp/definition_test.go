package lsp

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
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

// TestDefinitionInProjects finds what each of several projects says, once, in the text that an editor has.
func TestDefinitionInProjects(t *testing.T) {
	files := map[string]string{
		"parts/web.yml":  "services:\n  web:\n    image: nginx:1.29.3\n    depends_on: [db]\n    volumes_from: [shared]\n",
		"a/compose.yaml": "include: [../parts/web.yml]\nservices:\n  db: {image: \"postgres:18.1\"}\n",
		"b/compose.yaml": "include: [../parts/web.yml]\nservices:\n  db: {image: \"mariadb:12.1\"}\n",
	}
	c := open(t, files, `{}`)
	c.didOpen("a/compose.yaml", "# not saved yet\n"+files["a/compose.yaml"])
	c.didOpen("b/compose.yaml", files["b/compose.yaml"])
	c.diagnostics("a/compose.yaml", 1)
	c.diagnostics("b/compose.yaml", 1)
	c.didOpen("parts/web.yml", files["parts/web.yml"])
	var got []location
	c.call("textDocument/definition", c.askedAt(question{"parts/web.yml", files["parts/web.yml"], strings.Index(files["parts/web.yml"], "db")}, utf16Encoding), &got)
	want := []location{
		{c.uri("a/compose.yaml"), textRange{position{3, 2}, position{3, 4}}},
		{c.uri("b/compose.yaml"), textRange{position{2, 2}, position{2, 4}}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("locations (-want +got):\n%s", diff)
	}
}
