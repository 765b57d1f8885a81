package lsp

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/composelint/composelint/internal/golden"
)

// cursor marks in the files of archives where something is asked for.
const cursor = "‸"

// marked are the files of an archive without the marks of cursors, and the offsets of those.
func marked(a *txtar.Archive) (files map[string]string, cursors map[string][]int) {
	files, cursors = map[string]string{}, map[string][]int{}
	for _, f := range a.Files {
		pieces := strings.Split(string(f.Data), cursor)
		text := pieces[0]
		for _, piece := range pieces[1:] {
			cursors[f.Name] = append(cursors[f.Name], len(text))
			text += piece
		}
		files[f.Name] = text
	}
	return files, cursors
}

func capabilitiesOf(kind, encoding string) string {
	return fmt.Sprintf(`{"general":{"positionEncodings":[%q]},"textDocument":{"hover":{"contentFormat":[%q]}}}`, encoding, kind)
}

// hoverAt is what is said at an offset of a file, and on which text.
func (c *client) hoverAt(name, text, encoding string, offset int) (said, token string) {
	c.t.Helper()
	t := newText(text, encoding)
	var h *hover
	c.call("textDocument/hover", map[string]any{"textDocument": textDocumentIdentifier{c.uri(name)}, "position": t.position(offset)}, &h)
	if h == nil {
		return "nothing\n", ""
	}
	return strings.TrimRight(h.Contents.Value, "\n") + "\n", text[t.offset(h.Range.Start):t.offset(h.Range.End)]
}

// TestHover hovers at the cursors in archives, as clients do that count in the one encoding or the other: the texts
// are the same. The comment of an archive names the kind of text, where that is not Markdown.
func TestHover(t *testing.T) {
	golden.Archives(t, "testdata/hover/*.txtar", func(t *testing.T, a *txtar.Archive) string {
		kind, _, _ := strings.Cut(string(a.Comment), "\n")
		if kind != plainText {
			kind = markdownText
		}
		utf8, utf16 := hovers(t, a, kind, utf8Encoding), hovers(t, a, kind, utf16Encoding)
		if utf8 != utf16 {
			t.Errorf("in UTF-8:\n%s\nin UTF-16:\n%s", utf8, utf16)
		}
		return utf8
	})
}

func hovers(t *testing.T, a *txtar.Archive, kind, encoding string) string {
	files, cursors := marked(a)
	c := open(t, files, capabilitiesOf(kind, encoding))
	var b strings.Builder
	for _, f := range a.Files {
		if len(cursors[f.Name]) > 0 {
			c.didOpen(f.Name, files[f.Name])
		}
		for _, offset := range cursors[f.Name] {
			said, token := c.hoverAt(f.Name, files[f.Name], encoding, offset)
			if strings.Contains(said, "hunter") || strings.Contains(said, "s3cret") {
				t.Errorf("a secret is told: %s", said)
			}
			fmt.Fprintf(&b, "==== %s:%d %q\n%s\n", f.Name, 1+strings.Count(files[f.Name][:offset], "\n"), token, said)
		}
	}
	return b.String()
}

// TestHoverOddly asks for places that are none, of documents that are not open and that are no Compose files.
func TestHoverOddly(t *testing.T) {
	c := open(t, map[string]string{"compose.yaml": privileged}, `{}`)
	c.didOpen("compose.yaml", privileged)
	c.didOpen("notes.txt", "privileged: true")
	for _, p := range []struct {
		file string
		position
	}{
		{"compose.yaml", position{-1, -1}}, {"compose.yaml", position{99, 0}}, {"compose.yaml", position{3, 999}}, {"compose.yaml", position{0, 1 << 40}},
		{"compose.yaml", position{4, 0}}, {"notes.txt", position{0, 3}}, {"closed.yaml", position{0, 0}},
	} {
		var h *hover
		c.call("textDocument/hover", map[string]any{"textDocument": textDocumentIdentifier{c.uri(p.file)}, "position": p.position}, &h)
		if h != nil {
			t.Errorf("%s %v: %+v", p.file, p.position, h)
		}
	}
	var odd json.RawMessage
	if err := c.ask("textDocument/hover", map[string]any{"textDocument": 7}, &odd); err == nil {
		t.Errorf("odd parameters give %s", odd)
	}
}

// TestHoverOfTheGuide is about the deployment of the guide.
func TestHoverOfTheGuide(t *testing.T) {
	text, err := os.ReadFile("../../testdata/guide/docker-compose.prod.yml")
	if err != nil {
		t.Fatal(err)
	}
	guide := string(text)
	c := open(t, map[string]string{"docker-compose.prod.yml": guide}, capabilitiesOf(plainText, utf16Encoding))
	c.didOpen("docker-compose.prod.yml", guide)
	const opened = `The socket proxy "docker-proxy" (Tecnativa docker-socket-proxy): 44 of 108 operations allowed; root on the host is possible (start a privileged container).`
	for needle, want := range map[string]string{
		"docker-proxy:\n": "Service \"docker-proxy\"\n\n- " + opened + `
- It is reached by "claude-studio".
- Outsiders come to it through "claude-studio".
- It is on the internal network "docker-api" with "claude-studio".
`,
		"EXEC": `"EXEC" would open 3 operations of the Docker API, denied as it is:

- GET "/exec/{id}/json"
- POST "/exec/{id}/resize", "/exec/{id}/start"

` + opened + `

Service "docker-proxy" after merge, from docker-compose.prod.yml:42:

environment:
  EXEC: 0
`,
	} {
		if said, _ := c.hoverAt("docker-compose.prod.yml", guide, utf16Encoding, strings.Index(guide, needle)); said != want {
			t.Errorf("at %q is said:\n%s\nwant:\n%s", needle, said, want)
		}
	}
}
