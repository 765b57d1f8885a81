// Package lsp is a language server: it judges the projects of the files that are open in an editor, with the texts
// that they have there, and says what it finds, how it can be fixed and what stands behind it.
//
// One goroutine reads messages (wire.go) and gives them to who does what they ask for (dispatch.go). It keeps the
// texts (text.go, documents.go) and the projects that they are part of (projects.go), each of which is judged beside it
// (judge.go). A request is answered by another goroutine, of the texts as they were when it came: diagnostics.go,
// actions.go and so on, a file for each thing that an editor asks.
package lsp

import (
	"context"
	"encoding/json"
	"io"
	"log"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/sourcegraph/jsonrpc2"

	"github.com/composelint/composelint/internal/lint"
)

// Options is what a server is run with.
type Options struct {
	// Lint is what projects are judged by, unless the client's Settings say otherwise.
	Lint lint.Options
	// Version is that of the program.
	Version string
	// Log gets what goes wrong with the protocol.
	Log io.Writer
}

// Settings are what a client can set, when it starts the server and later.
type Settings struct {
	// Strict judges what is absent in every service; it is nil where the configuration of a project has the say.
	Strict *bool `json:"strict"`
	// Configuration is the path of that of every project; where it is empty, each has the nearest one.
	Configuration string `json:"configuration"`
}

// Serve answers one client until it leaves, and returns the exit status that the protocol demands: 0 after a
// shutdown, 1 without one.
func Serve(ctx context.Context, in io.Reader, out io.Writer, o Options) (status int) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s := newServer(ctx, o)
	stream := jsonrpc2.NewBufferedStream(connection{in, out}, codec{passed: func(err error) { s.logf("%v", err) }})
	s.mu.Lock() // the first message waits until there is somebody to answer to
	s.client = jsonrpc2.NewConn(ctx, stream, s, jsonrpc2.SetLogger(log.New(io.Discard, "", 0)))
	s.mu.Unlock()
	select {
	case <-s.client.DisconnectNotify():
	case <-s.exited:
	}
	cancel()
	s.beside.end(patience)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.isDown {
		return 0
	}
	return 1
}

// logf says what goes wrong with the protocol.
func (s *server) logf(format string, args ...any) {
	log.New(s.Log, "composelint: ", 0).Printf(format, args...)
}

// connection is the two streams of a client.
type connection struct {
	io.Reader
	io.Writer
}

// Close implements io.Closer. The standard streams stay open: what reads them ends with the process.
func (connection) Close() error { return nil }

// server is one and its client.
type server struct {
	Options
	ctx    context.Context
	client *jsonrpc2.Conn
	// exit closes exited, once.
	exit   func()
	exited chan struct{}
	// beside are the goroutines that answer and judge.
	beside goroutines

	// mu guards all that follows.
	mu sync.Mutex
	// isUp is true between initialize and shutdown, isDown from then on.
	isUp, isDown bool
	params       initializeParams
	encoding     string
	settings     Settings
	folders      []string
	// base is the first folder, which is the working directory: what is said names files as a run in there does. It
	// is empty where there is none, and files have their whole paths.
	base string
	// answering are what ends the requests that are not answered yet, by their ids.
	answering map[jsonrpc2.ID]context.CancelFunc
	documents map[string]*document
	projects  map[string]*project
	linter    *lint.Linter

	// sending guards published, the diagnostics that the client has, by path. It is taken before mu, which nobody
	// holds who waits for the client.
	sending   sync.Mutex
	published map[string]publishDiagnosticsParams
}

// goroutines are those that a server starts, until it ends.
type goroutines struct {
	sync.Mutex
	sync.WaitGroup
	ended bool
}

func (g *goroutines) start(do func()) {
	g.Lock()
	defer g.Unlock()
	if !g.ended {
		g.Go(do)
	}
}

// patience is how long those that run are waited for at the end: a client may read nothing any more, and one who looks
// through a file system cannot be stopped.
const patience = time.Second

// end lets none start any more, and waits for those that run.
func (g *goroutines) end(patience time.Duration) {
	g.Lock()
	g.ended = true
	g.Unlock()
	done := make(chan struct{})
	go func() {
		g.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(patience):
	}
}

func newServer(ctx context.Context, o Options) *server {
	s := &server{
		Options: o, ctx: ctx, exited: make(chan struct{}), answering: map[jsonrpc2.ID]context.CancelFunc{},
		documents: map[string]*document{}, projects: map[string]*project{}, published: map[string]publishDiagnosticsParams{},
	}
	s.exit = sync.OnceFunc(func() { close(s.exited) })
	s.renew()
	return s
}

// renew makes a linter of what is set now, which has read no policies yet.
func (s *server) renew() {
	o := s.Lint
	o.Whole = true
	if s.settings.Strict != nil {
		o.Strict = s.settings.Strict
	}
	if s.settings.Configuration != "" {
		o.Config, o.NoConfig = s.settings.Configuration, false
	}
	s.linter = lint.New(o)
}

func (s *server) initialize(params json.RawMessage) (answer, error) {
	if s.isUp || s.isDown {
		return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidRequest, Message: "the server is initialised already"}
	}
	var p initializeParams
	if err := json.Unmarshal(params, &p); err != nil {
		return nil, invalid("the parameters cannot be read: %v", err)
	}
	s.isUp, s.params, s.encoding = true, p, utf16Encoding
	if slices.Contains(p.Capabilities.General.PositionEncodings, utf8Encoding) {
		s.encoding = utf8Encoding
	}
	folders := p.WorkspaceFolders
	if folders == nil && p.RootURI != "" {
		folders = []workspaceFolder{{p.RootURI}}
	}
	for _, folder := range folders {
		if path, ok := pathOf(folder.URI); ok {
			s.folders = append(s.folders, path)
		}
	}
	if len(s.folders) > 0 && os.Chdir(s.folders[0]) == nil {
		s.base = s.folders[0]
		_ = os.Setenv("PWD", s.base) // which is by what name the directory is known, where links lead to it
	}
	s.set(p.Options)
	return func(context.Context) (any, error) {
		return initializeResult{capabilities(s.encoding), serverInfo{"composelint", s.Version}}, nil
	}, nil
}

func capabilities(encoding string) serverCapabilities {
	c := serverCapabilities{PositionEncoding: encoding, TextDocumentSync: syncOptions{OpenClose: true, Change: incremental, Save: true}}
	c.CodeActionProvider = &codeActionOptions{[]string{quickFix, fixAll}}
	c.HoverProvider, c.InlayHintProvider = true, true
	c.CompletionProvider = &completionOptions{[]string{" ", ":", ",", "-"}}
	c.DefinitionProvider, c.DocumentSymbolProvider = true, true
	c.Workspace.WorkspaceFolders.Supported, c.Workspace.WorkspaceFolders.ChangeNotifications = true, true
	return c
}

// set takes over the settings of a client. What cannot be read changes nothing.
func (s *server) set(settings json.RawMessage) {
	var stated Settings
	if len(settings) == 0 || json.Unmarshal(settings, &stated) != nil {
		return
	}
	s.settings = stated
	s.renew()
}

// watched are the files whose changes a client is asked to tell: those that a project can read.
var watched = fileSystemWatchers{[]fileSystemWatcher{{"**/*.{yml,yaml,json,env,rego}"}, {"**/.env*"}, {"**/*.env.*"}}}

func (s *server) initialized(struct{}) {
	if !s.params.Capabilities.Workspace.DidChangeWatchedFiles.DynamicRegistration {
		return
	}
	s.ask("client/registerCapability", registrationParams{[]registration{{"watched-files", "workspace/didChangeWatchedFiles", watched}}})
}

// ask asks the client for something that has no result.
func (s *server) ask(method string, params any) {
	s.beside.start(func() { _ = s.client.Call(s.ctx, method, params, nil) })
}

func (s *server) didChangeConfiguration(p didChangeConfigurationParams) {
	s.set(p.Settings.Composelint)
	s.touchAll()
}

func (s *server) didChangeWorkspaceFolders(p didChangeWorkspaceFoldersParams) {
	for _, folder := range p.Event.Removed {
		if path, ok := pathOf(folder.URI); ok {
			s.folders = slices.DeleteFunc(s.folders, func(f string) bool { return f == path })
		}
	}
	for _, folder := range p.Event.Added {
		if path, ok := pathOf(folder.URI); ok {
			s.folders = append(s.folders, path)
		}
	}
	s.adoptAll()
}
