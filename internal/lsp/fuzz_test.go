package lsp

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/composelint/composelint/internal/lint"
)

// FuzzMessages sends any parameters with any method, about a document with any text. The server answers each request,
// without an internal error, and ends when it is told to.
func FuzzMessages(f *testing.F) {
	for method := range requests {
		f.Add(method, `{"textDocument": {"uri": "file:///tmp/compose.yaml"}, "position": {"line": 2, "character": 5}, "range": {"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}}, "context": {}}`, privileged)
	}
	for method := range notifications {
		f.Add(method, `{"textDocument": {"uri": "file:///tmp/compose.yaml", "version": 3}, "contentChanges": [{"range": {"start": {"line": 1, "character": 2}, "end": {"line": 1, "character": 3}}, "text": "b"}]}`, privileged)
	}
	f.Fuzz(func(t *testing.T, method, params, text string) {
		if strings.Contains(method, "exit") || method == "initialize" || method == "shutdown" {
			return
		}
		log, out := &lockedBuffer{}, &lockedBuffer{}
		in, send := io.Pipe()
		message := func(body string) { _, _ = fmt.Fprintf(send, "Content-Length: %d\r\n\r\n%s", len(body), body) }
		go func() {
			message(`{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}}`)
			message(fmt.Sprintf(`{"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": {"uri": "file:///tmp/compose.yaml", "text": %s}}}`, quoted(text)))
			message(fmt.Sprintf(`{"jsonrpc": "2.0", "method": %s, "params": %s}`, quoted(method), params))
			message(fmt.Sprintf(`{"jsonrpc": "2.0", "id": 2, "method": %s, "params": %s}`, quoted(method), params))
			message(`{"jsonrpc": "2.0", "id": 3, "method": "textDocument/codeAction", "params": {"textDocument": {"uri": "file:///tmp/compose.yaml"}}}`)
			for end := time.Now().Add(clientPatience); !strings.Contains(out.String(), `"id":3`); time.Sleep(time.Millisecond) {
				if time.Now().After(end) {
					t.Errorf("the last request is not answered; the server says %s", log)
					break
				}
			}
			message(`{"jsonrpc": "2.0", "id": 4, "method": "shutdown"}`)
			message(`{"jsonrpc": "2.0", "method": "exit"}`)
		}()
		if status := Serve(context.Background(), in, out, Options{Lint: lint.Options{Target: "compose", NoConfig: true}, Log: log}); status != 0 {
			t.Errorf("the status is %d", status)
		}
		_ = in.Close()
		if said := log.String() + out.String(); strings.Contains(said, "internal error") {
			t.Errorf("the server says %s", said)
		}
	})
}

// quoted is a text as JSON writes it.
func quoted(text string) string {
	data, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return string(data)
}
