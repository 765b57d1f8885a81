package lsp

import (
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/composelint/composelint/internal/golden"
)

func (c *client) hintsIn(name string, in textRange) (hints []inlayHint) {
	c.t.Helper()
	c.call("textDocument/inlayHint", map[string]any{"textDocument": textDocumentIdentifier{c.uri(name)}, "range": in}, &hints)
	return hints
}

// all is the range of any text.
var all = textRange{position{}, position{1 << 20, 0}}

// TestInlayHints writes the hints of the Compose files of archives into these, as clients do that count in the one
// encoding or the other.
func TestInlayHints(t *testing.T) {
	golden.Archives(t, "testdata/hints/*.txtar", func(t *testing.T, a *txtar.Archive) string {
		utf8, utf16 := withHints(t, a, utf8Encoding), withHints(t, a, utf16Encoding)
		if utf8 != utf16 {
			t.Errorf("in UTF-8:\n%s\nin UTF-16:\n%s", utf8, utf16)
		}
		return utf8
	})
}

func withHints(t *testing.T, a *txtar.Archive, encoding string) string {
	files, _ := marked(a)
	c := open(t, files, capabilitiesOf(markdownText, encoding))
	var b strings.Builder
	for _, f := range a.Files {
		c.didOpen(f.Name, files[f.Name])
	}
	for _, f := range a.Files {
		text := newText(files[f.Name], encoding)
		hints := c.hintsIn(f.Name, all)
		if len(hints) == 0 {
			continue
		}
		var tips []string
		shown, end := "", 0
		for _, h := range slices.SortedFunc(slices.Values(hints), func(x, y inlayHint) int { return text.offset(x.Position) - text.offset(y.Position) }) {
			at := text.offset(h.Position)
			shown += text.content[end:at] + " «" + h.Label + "»"
			end = at
			if h.Tooltip != nil {
				tips = append(tips, fmt.Sprintf("%s: %s", h.Label, h.Tooltip.Value))
			}
		}
		fmt.Fprintf(&b, "==== %s\n%s\n%s\n", f.Name, shown+text.content[end:], strings.Join(append(tips, ""), "\n"))
	}
	return b.String()
}

// TestInlayHintsOfTheGuide is about the deployment of the guide, and the range that is asked for.
func TestInlayHintsOfTheGuide(t *testing.T) {
	text, err := os.ReadFile("../../testdata/guide/docker-compose.prod.yml")
	if err != nil {
		t.Fatal(err)
	}
	c := open(t, map[string]string{"docker-compose.prod.yml": string(text)}, `{}`)
	c.didOpen("docker-compose.prod.yml", string(text))
	client := inlayHint{Position: position{4, 16}, Label: `reaches the Docker API through "docker-proxy", reached from outside by the Traefik router "claude-studio"`, PaddingLeft: true}
	proxy := inlayHint{
		Position: position{28, 15}, Label: "44 of 108 operations allowed, root possible", PaddingLeft: true,
		Tooltip: &markupContent{plainText, "whoever reaches it can: start a privileged container; mount the host's root directory; mount the engine's own socket; start a container with SYS_ADMIN"},
	}
	for _, row := range []struct {
		in   textRange
		want []inlayHint
	}{
		{all, []inlayHint{client, proxy}},
		{textRange{position{20, 0}, position{40, 0}}, []inlayHint{proxy}},
		{textRange{position{30, 0}, position{60, 0}}, []inlayHint{}},
		{textRange{position{40, 0}, position{-1, -7}}, []inlayHint{}},
	} {
		if got := c.hintsIn("docker-compose.prod.yml", row.in); !reflect.DeepEqual(got, row.want) {
			t.Errorf("%v: %+v, want %+v", row.in, got, row.want)
		}
	}
}

// TestInlayHintsAnew has the server say that hints may be others, also those of a file that did not change.
func TestInlayHintsAnew(t *testing.T) {
	const base = "services:\n  web:\n    image: nginx:1.31.0\n"
	c := open(t, map[string]string{"compose.yaml": base, "compose.override.yaml": "services: {}\n"}, `{"workspace":{"inlayHint":{"refreshSupport":true}}}`)
	refreshed := func() (n int) {
		for _, method := range c.asked {
			if method == "workspace/inlayHint/refresh" {
				n++
			}
		}
		return n
	}
	c.didOpen("compose.yaml", base)
	c.didOpen("compose.override.yaml", "services: {}\n")
	if got := c.hintsIn("compose.yaml", all); len(got) > 0 {
		t.Errorf("%+v", got)
	}
	c.eventually("a refresh", func() bool { return refreshed() > 0 })
	c.mu.Lock()
	before := refreshed()
	c.mu.Unlock()
	c.didChange("compose.override.yaml", 2, contentChange{Text: "services:\n  web:\n    ports: [\"8080:80\"]\n"})
	want := []inlayHint{{Position: position{1, 6}, Label: "reached from outside by port 8080 on 0.0.0.0", PaddingLeft: true}}
	if got := c.hintsIn("compose.yaml", all); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	c.eventually("another refresh", func() bool { return refreshed() > before })
}
