package lsp

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/sourcegraph/jsonrpc2"

	"github.com/composelint/composelint/internal/lint"
	"github.com/composelint/composelint/loader"
)

// clientPatience is how long a client waits for what must come.
const clientPatience = 20 * time.Second

// client is one that talks to a server as an editor does. Its texts are those that it has sent.
type client struct {
	t    testing.TB
	conn *jsonrpc2.Conn
	// dir is the workspace folder.
	dir    string
	status chan int
	// log is what the server says of the protocol.
	log *lockedBuffer
	// record gets what the server sends unasked, where it is not nil.
	record *lockedBuffer

	mu        sync.Mutex
	news      *sync.Cond
	published map[string]publishDiagnosticsParams
	// count is how often diagnostics came, asked what the server asked for.
	count map[string]int
	asked []string
}

type lockedBuffer struct {
	sync.Mutex
	text []byte
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.Lock()
	defer b.Unlock()
	b.text = append(b.text, p...)
	return len(p), nil
}

func (b *lockedBuffer) String() string {
	b.Lock()
	defer b.Unlock()
	return string(b.text)
}

// pipes are the two ends of a connection.
type pipes struct {
	io.Reader
	io.WriteCloser
}

// start is a server in a fresh directory with those files, and its client before it is initialised.
func start(t testing.TB, files map[string]string) *client {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	c := &client{t: t, dir: dir, status: make(chan int, 1), log: &lockedBuffer{}, published: map[string]publishDiagnosticsParams{}, count: map[string]int{}}
	c.news = sync.NewCond(&c.mu)
	for name, text := range files {
		c.write(name, text)
	}
	fromClient, toServer := io.Pipe()
	fromServer, toClient := io.Pipe()
	go func() {
		c.status <- Serve(context.Background(), fromClient, toClient, Options{Lint: lint.Options{Load: loader.Options{}, Target: "compose", Today: "2026-11-30"}, Version: "1.2.3", Log: c.log})
		_ = toClient.Close()
	}()
	stream := jsonrpc2.NewBufferedStream(pipes{fromServer, toServer}, jsonrpc2.VSCodeObjectCodec{})
	c.conn = jsonrpc2.NewConn(context.Background(), stream, c)
	t.Cleanup(func() { _ = c.conn.Close() })
	return c
}

// open is a server that is initialised with some capabilities.
func open(t testing.TB, files map[string]string, capabilities string) *client {
	t.Helper()
	c := start(t, files)
	c.initialize(capabilities)
	return c
}

func (c *client) initialize(capabilities string) initializeResult {
	c.t.Helper()
	return c.initializeWith(capabilities, Settings{})
}

func (c *client) initializeWith(capabilities string, settings Settings) initializeResult {
	c.t.Helper()
	var result initializeResult
	params := map[string]any{"processId": nil, "rootUri": uriOf(c.dir), "capabilities": json.RawMessage(capabilities), "initializationOptions": settings}
	c.call("initialize", params, &result)
	c.notify("initialized", struct{}{})
	return result
}

// Handle takes what the server sends.
func (c *client) Handle(ctx context.Context, conn *jsonrpc2.Conn, m *jsonrpc2.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.record != nil && m.Params != nil {
		_, _ = c.record.Write(*m.Params)
	}
	if m.Method == "textDocument/publishDiagnostics" {
		var p publishDiagnosticsParams
		if err := json.Unmarshal(*m.Params, &p); err != nil {
			c.t.Error(err)
		}
		c.published[p.URI] = p
		c.count[p.URI]++
	} else {
		c.asked = append(c.asked, m.Method)
	}
	if !m.Notif {
		go func() { _ = conn.Reply(ctx, m.ID, nil) }()
	}
	c.news.Broadcast()
}

func (c *client) write(name, text string) {
	c.t.Helper()
	path := filepath.Join(c.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		c.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		c.t.Fatal(err)
	}
}

func (c *client) uri(name string) string { return uriOf(filepath.Join(c.dir, name)) }

func (c *client) call(method string, params, result any) {
	c.t.Helper()
	if err := c.ask(method, params, result); err != nil {
		c.t.Fatalf("%s: %v", method, err)
	}
}

func (c *client) ask(method string, params, result any) error {
	ctx, cancel := context.WithTimeout(context.Background(), clientPatience)
	defer cancel()
	return c.conn.Call(ctx, method, params, result)
}

func (c *client) notify(method string, params any) {
	c.t.Helper()
	if err := c.conn.Notify(context.Background(), method, params); err != nil {
		c.t.Fatalf("%s: %v", method, err)
	}
}

// didOpen opens a file with a text, at version 1.
func (c *client) didOpen(name, text string) {
	c.t.Helper()
	var p didOpenParams
	p.TextDocument.URI, p.TextDocument.LanguageID, p.TextDocument.Version, p.TextDocument.Text = c.uri(name), "yaml", 1, text
	c.notify("textDocument/didOpen", p)
}

// didChange changes a file, which has a version then.
func (c *client) didChange(name string, version int, changes ...contentChange) {
	c.t.Helper()
	var p didChangeParams
	p.TextDocument.URI, p.TextDocument.Version, p.ContentChanges = c.uri(name), version, changes
	c.notify("textDocument/didChange", p)
}

// eventually waits until something is true of what the server sent.
func (c *client) eventually(what string, is func() bool) {
	c.t.Helper()
	late := time.AfterFunc(clientPatience, func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.news.Broadcast()
	})
	defer late.Stop()
	end := time.Now().Add(clientPatience)
	c.mu.Lock()
	defer c.mu.Unlock()
	for !is() {
		if time.Now().After(end) {
			c.t.Fatalf("%s did not come; the server says %q, the diagnostics are %+v", what, c.log, c.published)
		}
		c.news.Wait()
	}
}

// diagnostics are those of a version of a file.
func (c *client) diagnostics(name string, version int) []diagnostic {
	c.t.Helper()
	var found []diagnostic
	c.eventually("diagnostics", func() bool {
		p, ok := c.published[c.uri(name)]
		found = p.Diagnostics
		return ok && p.Version != nil && *p.Version == version
	})
	return found
}

// codes are those of diagnostics, with the lines that they begin at.
func codes(found []diagnostic) []string {
	all := []string{}
	for _, d := range found {
		all = append(all, fmt.Sprintf("%s %d", d.Code, d.Range.Start.Line))
	}
	return all
}

// actions are the code actions of a range of a file.
func (c *client) actions(name string, in textRange, only []string) []codeAction {
	c.t.Helper()
	var actions []codeAction
	c.call("textDocument/codeAction", codeActionParamsOf(c.uri(name), in, only), &actions)
	return actions
}

func codeActionParamsOf(uri string, in textRange, only []string) map[string]any {
	return map[string]any{"textDocument": map[string]any{"uri": uri}, "range": in, "context": map[string]any{"only": only, "diagnostics": []any{}}}
}

// testdata is that of the repository.
var testdata = filepath.Join(repository(), "testdata")

func repository() string {
	dir, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		panic(err)
	}
	return dir
}
