package lsp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/sourcegraph/jsonrpc2"

	"github.com/composelint/composelint/loader"
)

const privileged = "services:\n  app:\n    image: nginx:1.31.0\n    privileged: true\n"

// TestLifeCycle goes from what comes too early to exit.
func TestLifeCycle(t *testing.T) {
	c := start(t, map[string]string{"compose.yaml": privileged})
	c.refused("textDocument/codeAction", map[string]any{}, -32002)
	got, err := json.Marshal(c.initialize(`{"general": {"positionEncodings": ["utf-32", "utf-8", "utf-16"]}}`).ServerInfo)
	if err != nil || string(got) != `{"name":"composelint","version":"1.2.3"}` {
		t.Errorf("the server is %s %v", got, err)
	}
	c.refused("initialize", map[string]any{}, jsonrpc2.CodeInvalidRequest)
	c.didOpen("compose.yaml", privileged)
	before := codes(c.diagnostics("compose.yaml", 1))
	if want := []string{"new-privileges-allowed 1", "resource-limits-missing 1", "privileged 3"}; !reflect.DeepEqual(before, want) {
		t.Errorf("at first there is %v", before)
	}
	c.didChange("compose.yaml", 2, contentChange{&textRange{position{3, 16}, position{3, 20}}, "false"})
	if after := codes(c.diagnostics("compose.yaml", 2)); !reflect.DeepEqual(after, before[:2]) {
		t.Errorf("after the change there is %v", after)
	}
	c.notify("textDocument/didClose", didCloseParams{textDocumentIdentifier{c.uri("compose.yaml")}})
	c.eventually("an empty list", func() bool { return len(c.published[c.uri("compose.yaml")].Diagnostics) == 0 })
	c.call("shutdown", nil, nil)
	c.refused("shutdown", nil, jsonrpc2.CodeInvalidRequest)
	c.notify("exit", nil)
	if status := <-c.status; status != 0 {
		t.Errorf("the status is %d", status)
	}
}

// TestExit without a shutdown, and of a client that is gone, is status 1.
func TestExit(t *testing.T) {
	for _, leave := range []func(*client){
		func(c *client) { c.notify("exit", nil) },
		func(c *client) { _ = c.conn.Close() },
		func(c *client) {
			c.notify("exit", nil)
			_ = c.conn.Notify(context.Background(), "exit", nil) // which may come too late
		},
	} {
		c := open(t, nil, `{}`)
		leave(c)
		if status := <-c.status; status != 1 {
			t.Errorf("the status is %d", status)
		}
	}
}

// refused wants a request to have an error of that code.
func (c *client) refused(method string, params any, code int64) {
	c.t.Helper()
	var failed *jsonrpc2.Error
	if err := c.ask(method, params, nil); !errors.As(err, &failed) || failed.Code != code {
		c.t.Errorf("%s is answered by %v, not by the error %d", method, err, code)
	}
}

// TestDiagnostic is one of each form: with its range in the encoding of the client, related places, a page, a tag.
func TestDiagnostic(t *testing.T) {
	const content = "x-base: &base\n  privileged: true # 😀\nservices:\n  app:\n    image: nginx:1.31.0 \n    labels: {\"😀\": \"😀\", a: \"${UNSET?}\"}\n    <<: *base\nnetworks: {\"😀\": {}, idle: {}}\n"
	strict := true
	for _, encoding := range []string{utf8Encoding, utf16Encoding} {
		c := start(t, nil)
		c.initializeWith(fmt.Sprintf(`{"general": {"positionEncodings": [%q]}, "textDocument": {"publishDiagnostics": {"relatedInformation": true}}}`, encoding), Settings{Strict: &strict})
		c.didOpen("compose.yaml", content)
		found := map[string]diagnostic{}
		for _, d := range c.diagnostics("compose.yaml", 1) {
			found[d.Code+" "+d.Message] = d
		}
		idle := map[string]int{utf8Encoding: 23, utf16Encoding: 21}[encoding]
		want := []diagnostic{{
			Range: textRange{position{1, 14}, position{1, 18}}, Severity: severityError, Code: "privileged", Source: "composelint",
			Message:            `service "app" is privileged, which is root on the host: grant single capabilities or devices instead`,
			CodeDescription:    &codeDescription{"https://github.com/composelint/composelint/blob/main/docs/rules/privileged.md"},
			RelatedInformation: []relatedInformation{{location{c.uri("compose.yaml"), textRange{position{6, 8}, position{6, 13}}}, "merged from *base"}},
		}, {
			Range: textRange{position{7, idle}, position{7, idle + 4}}, Severity: severityInformation, Code: "unused-definition", Source: "composelint",
			Message:         `nothing uses the network "idle": use it where it was meant to be, or remove it`,
			CodeDescription: &codeDescription{"https://github.com/composelint/composelint/blob/main/docs/rules/unused-definition.md"},
			Tags:            []int{tagUnnecessary},
		}}
		for _, d := range want {
			if got := found[d.Code+" "+d.Message]; !reflect.DeepEqual(got, d) {
				t.Errorf("%s: %+v, not %+v; there are %v", encoding, got, d, found)
			}
		}
	}
}

// TestBrokenLine tells what is found in the rest of a document while a line of it is being typed.
func TestBrokenLine(t *testing.T) {
	const content = "services:\n  app:\n    image: nginx:1.31.0\n    privileged: true\n  b:\n    image: redis:8.2.1\n    network_mode: host\n"
	tests := []struct {
		name   string
		change contentChange
		want   []string
	}{
		{"a key without its colon", contentChange{&textRange{position{4, 0}, position{4, 0}}, "    pri\n"}, []string{"invalid-compose 5", "privileged 3", "host-network 7"}},
		{"an open quote", contentChange{&textRange{position{4, 0}, position{4, 0}}, "    user: \"10\n"}, []string{"invalid-compose 4", "privileged 3", "host-network 7"}},
		{"an open bracket", contentChange{&textRange{position{4, 0}, position{4, 0}}, "    ports: [\n"}, []string{"invalid-compose 5", "privileged 3", "host-network 7"}},
		{"an open quote that was pasted with its line", contentChange{nil, strings.Replace(content, "  b:\n", "    user: \"10\n  b:\n", 1)}, []string{"invalid-compose 4", "privileged 3", "host-network 7"}},
		{"two colons", contentChange{&textRange{position{4, 0}, position{4, 0}}, "    user: a: b\n"}, []string{"invalid-compose 4", "privileged 3", "host-network 7"}},
		{"a tab", contentChange{&textRange{position{4, 0}, position{4, 0}}, "\tuser: a\n"}, []string{"invalid-compose 4", "privileged 3", "host-network 7"}},
		{"all of it", contentChange{nil, "services: {{{\n"}, []string{"invalid-compose 0"}},
	}
	for _, test := range tests {
		c := open(t, nil, `{}`)
		c.didOpen("compose.yaml", content)
		c.diagnostics("compose.yaml", 1)
		c.didChange("compose.yaml", 2, test.change)
		var got []string
		for _, code := range codes(c.diagnostics("compose.yaml", 2)) {
			if rule, _, _ := strings.Cut(code, " "); rule == "invalid-compose" || rule == "privileged" || rule == "host-network" {
				got = append(got, code)
			}
		}
		if !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: %v, not %v", test.name, got, test.want)
		}
		if actions := c.actions("compose.yaml", textRange{position{0, 0}, position{99, 0}}, nil); len(actions) > 0 {
			t.Errorf("%s: there are actions, of a text that is another one: %v", test.name, actions)
		}
	}
}

// TestHostile sends what no editor sends. The server goes on.
func TestHostile(t *testing.T) {
	c := open(t, nil, `{}`)
	c.didOpen("compose.yaml", privileged)
	want := c.diagnostics("compose.yaml", 1)
	uri := c.uri("compose.yaml")
	notifications := []struct{ method, params string }{
		{"no/such", `{}`},
		{"$/no/such", `{}`},
		{"textDocument/didOpen", `{"textDocument": 7}`},
		{"textDocument/didOpen", `[]`},
		{"textDocument/didOpen", `null`},
		{"textDocument/didOpen", `{"textDocument": {"uri": "untitled:one", "text": "services: {a: {privileged: true}}"}}`},
		{"textDocument/didOpen", `{"textDocument": {"uri": "file:///%zz", "text": "a"}}`},
		{"textDocument/didOpen", `{"textDocument": {"uri": "http://example.com/compose.yaml", "text": "a"}}`},
		{"textDocument/didOpen", `{"textDocument": {"uri": "file:///dev/zero/compose.yaml", "text": "services: {a: {image: b}}"}}`},
		{"textDocument/didClose", `{"textDocument": {"uri": "file:///dev/zero/compose.yaml"}}`},
		{"textDocument/didChange", `{"textDocument": {"uri": "file:///nowhere"}, "contentChanges": [{"text": "x"}]}`},
		{"textDocument/didChange", fmt.Sprintf(`{"textDocument": {"uri": %q}, "contentChanges": "x"}`, uri)},
		{"textDocument/didClose", `{"textDocument": {"uri": "file:///nowhere"}}`},
		{"textDocument/didSave", `{}`},
		{"workspace/didChangeConfiguration", `{"settings": 7}`},
		{"workspace/didChangeConfiguration", `{"settings": {"composelint": [1]}}`},
		{"workspace/didChangeConfiguration", `{"settings": null}`},
		{"workspace/didChangeWatchedFiles", `{"changes": [{"uri": "\u0000"}]}`},
		{"workspace/didChangeWorkspaceFolders", `{"event": {"added": [{"uri": "x"}], "removed": [{"uri": "file:///"}]}}`},
		{"$/cancelRequest", `{"id": "no"}`},
		{"$/cancelRequest", `{"id": {}}`},
		{"initialize", `{}`},
	}
	for _, n := range notifications {
		c.notify(n.method, json.RawMessage(n.params))
	}
	c.refused("no/such", nil, jsonrpc2.CodeMethodNotFound)
	for method := range requests {
		c.refused(method, json.RawMessage(`{"textDocument": "x"}`), jsonrpc2.CodeInvalidParams)
		c.refused(method, json.RawMessage(`[1]`), jsonrpc2.CodeInvalidParams)
		c.refused(method, nil, jsonrpc2.CodeInvalidParams)
		c.call(method, json.RawMessage(`{"textDocument": {"uri": "file:///nowhere"}}`), nil)
		for _, at := range []string{`{"line": -1, "character": -1}`, `{"line": 99999999, "character": 99999999}`, `{"line": 1, "character": 99999}`} {
			params := fmt.Sprintf(`{"textDocument": {"uri": %q}, "position": %s, "range": {"start": %s, "end": {"line": 0, "character": 0}}}`, uri, at, at)
			c.call(method, json.RawMessage(params), nil)
		}
	}
	c.didChange("compose.yaml", 2,
		contentChange{&textRange{position{-5, -5}, position{-1, 0}}, ""},
		contentChange{&textRange{position{99, 0}, position{1 << 40, 1 << 40}}, ""},
		contentChange{&textRange{position{2, 4}, position{1, 99}}, "\n    "}, // from its end to its start
	)
	if got := c.diagnostics("compose.yaml", 2); !reflect.DeepEqual(got, want) {
		t.Errorf("afterwards there is %v, not %v", got, want)
	}
	if said := c.log.String(); strings.Contains(said, "internal error") {
		t.Errorf("the server says %s", said)
	}
}

// TestWire sends what is no message, or none that is whole.
func TestWire(t *testing.T) {
	initialize := `{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}}`
	framed := func(body string) string { return fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body) }
	tests := []struct {
		name, sent string
		// answered is true where the server goes on to answer, logged what it says.
		answered bool
		logged   string
	}{
		{"a message", framed(initialize), true, ""},
		{"another header, in any case", "content-type: x\r\ncontent-length:" + fmt.Sprint(len(initialize)) + "\r\n\r\n" + initialize, true, ""},
		{"line feeds alone", fmt.Sprintf("Content-Length: %d\n\n%s", len(initialize), initialize), true, ""},
		{"no JSON before", framed("{") + framed(initialize), true, "a message cannot be read: unexpected end of JSON input"},
		{"a list before", framed("[]") + framed(initialize), true, "a message cannot be read"},
		{"nothing before", framed("") + framed(initialize), true, "a message cannot be read"},
		{"invalid UTF-16 before", framed(`{"jsonrpc": "2.0", "method": "\ud800"}`) + framed(initialize), true, ""},
		{"a huge one before", fmt.Sprintf("Content-Length: %d\r\n\r\n%s", maxMessage+1, strings.Repeat(" ", maxMessage+1)) + framed(initialize), true, "larger than the limit of 64 MiB"},
		{"no length", "X: 1\r\n\r\n" + framed(initialize), false, "has no Content-Length"},
		{"a length that is none", "Content-Length: many\r\n\r\n", false, `the Content-Length "many" is no number of bytes`},
		{"a negative length", "Content-Length: -1\r\n\r\n", false, `the Content-Length "-1" is no number of bytes`},
		{"no header", initialize, false, ""},
		{"a header without an end", "Content-Length: 2\r\n" + strings.Repeat("X: y\r\n", 2000), false, "the headers of a message do not end"},
		{"half a message", "Content-Length: 100\r\n\r\n{", false, ""},
	}
	for _, test := range tests {
		log, out := &lockedBuffer{}, &lockedBuffer{}
		in, send := io.Pipe()
		go func() {
			_, _ = io.WriteString(send, test.sent) // of which not all is read where the server ends
			for end := time.Now().Add(clientPatience); test.answered && !strings.Contains(out.String(), `"result"`) && time.Now().Before(end); {
				time.Sleep(time.Millisecond)
			}
			_ = send.Close()
		}()
		status := Serve(context.Background(), in, out, Options{Log: log})
		_ = in.Close()
		if answered := strings.Contains(out.String(), `"result":{"capabilities"`); status != 1 || answered != test.answered {
			t.Errorf("%s: status %d, answered is %v; the server says %s", test.name, status, answered, log)
		}
		if !strings.Contains(log.String(), test.logged) || test.logged == "" && strings.Contains(log.String(), "limit") {
			t.Errorf("%s: the server says %q, not %q", test.name, log, test.logged)
		}
	}
}

// TestLargeText passes over a text beyond the limit of files as the command line does.
func TestLargeText(t *testing.T) {
	c := open(t, map[string]string{"compose.yaml": privileged}, `{}`)
	c.didOpen("compose.yaml", privileged+"#"+strings.Repeat("x", loader.MaxFileSize))
	found := c.diagnostics("compose.yaml", 1)
	if len(found) != 1 || found[0].Code != "not-judged" || !strings.Contains(found[0].Message, "larger than the limit") {
		t.Errorf("there is %v", found)
	}
}

// TestCancel ends a request before its answer.
func TestCancel(t *testing.T) {
	c := open(t, nil, `{}`)
	c.didOpen("compose.yaml", privileged)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	call, err := c.conn.DispatchCall(ctx, "textDocument/codeAction", codeActionParamsOf(c.uri("compose.yaml"), textRange{}, []string{fixAll}), jsonrpc2.PickID(jsonrpc2.ID{Num: 4711}))
	if err != nil {
		t.Fatal(err)
	}
	c.notify("$/cancelRequest", map[string]any{"id": 4711})
	var failed *jsonrpc2.Error
	if err := call.Wait(ctx, nil); err != nil && (!errors.As(err, &failed) || failed.Code != -32800) {
		t.Errorf("the answer is %v", err)
	}
	c.call("textDocument/codeAction", codeActionParamsOf(c.uri("compose.yaml"), textRange{}, nil), nil)
}
