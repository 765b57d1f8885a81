package lsp

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// cursorMark stands in the texts of tests where the cursor is.
const cursorMark = "‸"

// placed is a text without its mark, and where that stands, as UTF-16 counts.
func placedAt(t *testing.T, marked, encoding string) (string, position) {
	t.Helper()
	before, after, ok := strings.Cut(marked, cursorMark)
	if !ok {
		t.Fatalf("%q has no mark", marked)
	}
	return before + after, newText(before+after, encoding).position(len(before))
}

// completed are the completions at the mark in a text of a file, and what becomes of the line by each.
func (c *client) completed(name, marked string) (items []completionItem, lines []string) {
	c.t.Helper()
	content, at := placedAt(c.t, marked, utf16Encoding)
	c.didOpen(name, content)
	var list completionList
	c.call("textDocument/completion", map[string]any{"textDocument": map[string]any{"uri": c.uri(name)}, "position": at, "context": map[string]any{"triggerKind": 1}}, &list)
	text := newText(content, utf16Encoding)
	for _, item := range list.Items {
		e := item.TextEdit
		if e.Range.Start.Line != at.Line || e.Range.End.Line != at.Line || e.Range.Start.Character > at.Character || e.Range.End.Character < at.Character {
			c.t.Errorf("the edit %+v does not hold the cursor at %+v", e, at)
		}
		line, _ := text.with(contentChange{&e.Range, e.NewText}).line(at.Line)
		lines = append(lines, fmt.Sprintf("%s | %s", line, item.Detail))
	}
	return list.Items, lines
}

func TestTry(t *testing.T) {
	for _, text := range []string{
		"services:\n  p:\n    image: tecnativa/docker-socket-proxy:v0.4.1\n    environment:\n      POST: 0\n      CON‸\n",
		"services:\n  p:\n    image: tecnativa/docker-socket-proxy:v0.4.1\n    environment:\n      POST: \"0\"\n      ‸\n",
		"services:\n  p:\n    image: tecnativa/docker-socket-proxy:v0.4.1\n    environment:\n      - POST=0\n      - ‸\n",
		"services:\n  p:\n    image: tecnativa/docker-socket-proxy:v0.4.1\n    environment: {POST: 0, ‸}\n",
		"services:\n  p:\n    image: tecnativa/docker-socket-proxy:v0.4.1\n    environment: {POST:‸}\n",
		"services:\n  p:\n    image: tecnativa/docker-socket-proxy:v0.4.1\n    environment:\n      POST:‸\n",
		"services:\n  p:\n    image: tecnativa/docker-socket-proxy:v0.4.1\n    environment:\n      - POST=‸\n",
	} {
		c := open(t, map[string]string{"compose.yaml": ""}, `{}`)
		_, lines := c.completed("compose.yaml", text)
		t.Log(text, len(lines), strings.Join(lines, "\n"))
	}
	_ = cmp.Diff
}
