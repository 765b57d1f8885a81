package lsp

import (
	"os"
	"strings"
	"testing"
)

func (c *client) hoverAt(name, text, needle string) *hover {
	c.t.Helper()
	i := strings.Index(text, needle)
	if i < 0 {
		c.t.Fatalf("%q is not in the text", needle)
	}
	var h *hover
	c.call("textDocument/hover", map[string]any{"textDocument": map[string]any{"uri": c.uri(name)}, "position": newText(text, utf16Encoding).position(i)}, &h)
	return h
}

func TestXX(t *testing.T) {
	files := map[string]string{}
	for _, f := range []string{"compose.yaml", "compose.override.yaml", "base.yml", ".env"} {
		b, _ := os.ReadFile("/tmp/hh/p/" + f)
		files[f] = string(b)
	}
	g, _ := os.ReadFile("../../testdata/guide/docker-compose.prod.yml")
	files["prod/compose.yaml"] = string(g)
	c := open(t, files, `{"textDocument":{"hover":{"contentFormat":["markdown"]}}}`)
	c.didOpen("compose.yaml", files["compose.yaml"])
	c.didOpen("prod/compose.yaml", files["prod/compose.yaml"])
	show := func(f, n string) {
		h := c.hoverAt(f, files[f], n)
		if h == nil {
			t.Logf("==== %s %q: nil", f, n)
			return
		}
		t.Logf("==== %s %q %v\n%s", f, n, h.Range, h.Contents.Value)
	}
	for _, n := range []string{"LOG:", "hunter2", "read_only", "*hard", "base}", "{TAG", "image", "*env", "{PW", "ports:", "80:8080", "127.0", "data:/data", "back]", "app:", "back:", "data: }", "command", "x-env"} {
		show("compose.yaml", n)
	}
	for _, n := range []string{"CONTAINERS", "EXEC", "POST", "DELETE", "VOLUMES: 0", "docker-proxy:\n", "claude-studio:\n", "2G", "coolify:", "docker.sock:ro", "Host("} {
		show("prod/compose.yaml", n)
	}
}
