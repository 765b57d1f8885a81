package lsp

import (
	"fmt"
	"path"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/composelint/composelint/internal/golden"
)

// cursorMark stands in the texts of tests where the cursor is.
const cursorMark = "‸"

// question is a file of an archive with a mark, at which something is asked.
type question struct {
	name, content string
	offset        int
}

// questionsOf are those of an archive, with the files as they are written. In a directory "windows" lines end with
// CR LF.
func questionsOf(a *txtar.Archive) (all []question, files map[string]string) {
	files = map[string]string{}
	for _, f := range a.Files {
		text := string(f.Data)
		if strings.HasPrefix(f.Name, "windows/") {
			text = strings.ReplaceAll(text, "\n", "\r\n")
		}
		before, after, ok := strings.Cut(text, cursorMark)
		if ok {
			all = append(all, question{f.Name, before + after, len(before)})
		}
		files[f.Name] = before + after
	}
	delete(files, "want")
	return all, files
}

// asked are the parameters of a request at the mark.
func (c *client) askedAt(q question, encoding string) map[string]any {
	return map[string]any{
		"textDocument": map[string]any{"uri": c.uri(q.name)}, "position": newText(q.content, encoding).position(q.offset),
		"context": map[string]any{"triggerKind": 1},
	}
}

// inEncodings asks all questions of an archive by clients of both encodings, which are to get the same answers.
func inEncodings(t *testing.T, a *txtar.Archive, capabilities string, answer func(*client, question, string) string) string {
	t.Helper()
	questions, files := questionsOf(a)
	var answers [2]string
	for i, encoding := range []string{utf16Encoding, utf8Encoding} {
		c := open(t, files, fmt.Sprintf(`{"general": {"positionEncodings": [%q]}, "textDocument": %s}`, encoding, capabilities))
		var b strings.Builder
		for _, q := range questions {
			if beside := path.Dir(q.name) + "/compose.yaml"; files[beside] != "" && beside != q.name {
				c.didOpen(beside, files[beside])
			}
			c.didOpen(q.name, q.content)
			fmt.Fprintf(&b, "%s\n%s\n", q.name, answer(c, q, encoding))
		}
		answers[i] = b.String()
	}
	if diff := cmp.Diff(answers[0], answers[1]); diff != "" {
		t.Errorf("the answers in UTF-16 and UTF-8 differ:\n%s", diff)
	}
	return answers[0]
}

// TestCompletion shows the line that each completion leaves, of those that an editor offers for what is typed, with
// its detail, and what the first one is documented by.
func TestCompletion(t *testing.T) {
	golden.Archives(t, "testdata/completion/*.txtar", func(t *testing.T, a *txtar.Archive) string {
		return inEncodings(t, a, `{"completion": {"completionItem": {"documentationFormat": ["markdown"]}}}`, func(c *client, q question, encoding string) string {
			var list completionList
			c.call("textDocument/completion", c.askedAt(q, encoding), &list)
			return shownCompletions(t, list, newText(q.content, encoding), q.offset)
		})
	})
}

func shownCompletions(t *testing.T, list completionList, text *text, offset int) string {
	t.Helper()
	var b strings.Builder
	for i, item := range list.Items {
		if sort := fmt.Sprintf("%04d", i); item.SortText != sort {
			t.Errorf("item %d is sorted by %s", i, item.SortText)
		}
		start, end := text.offset(item.TextEdit.Range.Start), text.offset(item.TextEdit.Range.End)
		if start > offset || end < offset || strings.ContainsAny(text.content[start:end], "\r\n") {
			t.Errorf("the edit %+v does not hold the cursor on its line", item.TextEdit)
			continue
		}
		typed := strings.TrimSpace(text.content[start:offset])
		if !strings.HasPrefix(strings.ToLower(item.Label), strings.ToLower(typed)) {
			continue
		}
		after := text.with(contentChange{&item.TextEdit.Range, item.TextEdit.NewText})
		line, _ := after.line(item.TextEdit.Range.Start.Line)
		if item.Detail != "" {
			line += "  | " + item.Detail
		}
		if item.Documentation != nil && b.Len() == 0 {
			line += "\n    " + strings.ReplaceAll(strings.TrimRight(item.Documentation.Value, "\n"), "\n", "\n    ")
		}
		b.WriteString(line + "\n")
	}
	if b.Len() == 0 {
		return "nothing\n"
	}
	return b.String()
}

// TestUnaskedCompletion offers nothing at the start of a comment that nobody has asked about, and plain texts to a
// client that shows no others.
func TestUnaskedCompletion(t *testing.T) {
	const text = "services: # \n  proxy:\n    image: tecnativa/docker-socket-proxy:v0.4.1\n    environment: {ALLOW_ST}\n"
	c := open(t, map[string]string{"compose.yaml": text}, `{}`)
	c.didOpen("compose.yaml", text)
	ask := func(at position, kind int) completionList {
		var list completionList
		c.call("textDocument/completion", map[string]any{
			"textDocument": map[string]any{"uri": c.uri("compose.yaml")}, "position": at, "context": map[string]any{"triggerKind": kind},
		}, &list)
		return list
	}
	if diff := cmp.Diff(completionList{Items: []completionItem{}}, ask(position{0, 12}, triggeredByCharacter)); diff != "" {
		t.Errorf("unasked (-want +got):\n%s", diff)
	}
	asked := completionList{Items: []completionItem{{
		Label: "composelint:ignore", Kind: completesKeyword, Detail: "accept findings of rules here, with a reason", SortText: "0000",
		TextEdit: textEdit{textRange{position{0, 12}, position{0, 12}}, "composelint:ignore "},
	}}}
	if diff := cmp.Diff(asked, ask(position{0, 12}, 1)); diff != "" {
		t.Errorf("asked (-want +got):\n%s", diff)
	}
	flag := completionItem{
		Label: "ALLOW_START", Kind: completesVariable, Detail: "opens 1 operation with POST, such as POST /containers/{id}/start", SortText: "0001",
		Documentation: &markupContent{"plaintext", "Opens with \"POST\":\n\n- \"POST /containers/{id}/start\"\n\nNo client of this project is known to need it."},
		TextEdit:      textEdit{textRange{position{3, 18}, position{3, 26}}, "ALLOW_START: 1"},
	}
	if diff := cmp.Diff(flag, ask(position{3, 26}, 1).Items[1]); diff != "" {
		t.Errorf("a flag (-want +got):\n%s", diff)
	}
}

// TestAbsent answers of no document with null.
func TestAbsent(t *testing.T) {
	c := open(t, nil, `{}`)
	c.didOpen("other.yaml", "a: b\n")
	for _, name := range []string{"compose.yaml", "other.yaml"} {
		for _, method := range []string{"completion", "definition", "documentSymbol"} {
			var got any
			c.call("textDocument/"+method, c.askedAt(question{name: name}, utf16Encoding), &got)
			if got != nil {
				t.Errorf("%s of %s is %v", method, name, got)
			}
		}
	}
}
