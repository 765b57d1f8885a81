package lsp

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/composelint/composelint/internal/golden"
)

// TestSymbols shows the tree of symbols, each with its line, its name in the text and the first line of it; a client
// that takes no trees gets those without sections.
func TestSymbols(t *testing.T) {
	golden.Archives(t, "testdata/symbols/*.txtar", func(t *testing.T, a *txtar.Archive) string {
		return inEncodings(t, a, `{"documentSymbol": {"hierarchicalDocumentSymbolSupport": true}}`, func(c *client, q question, encoding string) string {
			var all []documentSymbol
			c.call("textDocument/documentSymbol", c.askedAt(q, encoding), &all)
			return shownSymbols(all, newText(q.content, encoding), "")
		})
	})
}

func shownSymbols(all []documentSymbol, t *text, indent string) string {
	var b strings.Builder
	for _, s := range all {
		of := func(r textRange) string { return t.content[t.offset(r.Start):t.offset(r.End)] }
		fmt.Fprintf(&b, "%s%d %s kind %d, %s: %q\n", indent, s.Range.Start.Line+1, of(s.SelectionRange), s.Kind, s.Detail, of(s.Range))
		b.WriteString(shownSymbols(s.Children, t, indent+"  "))
	}
	return b.String()
}

// TestFlatSymbols has no trees for clients that do not take them.
func TestFlatSymbols(t *testing.T) {
	const text = "services:\n  web: {image: \"nginx:1.29.3\"}\nnetworks:\nx-a: 1\n"
	c := open(t, map[string]string{"compose.yaml": text}, `{}`)
	c.didOpen("compose.yaml", text)
	var got []symbolInformation
	c.call("textDocument/documentSymbol", map[string]any{"textDocument": map[string]any{"uri": c.uri("compose.yaml")}}, &got)
	at := func(line, start, end int) location {
		return location{c.uri("compose.yaml"), textRange{position{line, start}, position{line, end}}}
	}
	want := []symbolInformation{
		{"web", symbolClass, at(1, 2, 30), "services"},
		{"networks", symbolNamespace, at(2, 0, 9), ""},
		{"x-a", symbolVariable, at(3, 0, 6), ""},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("symbols (-want +got):\n%s", diff)
	}
}
