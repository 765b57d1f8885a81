package lsp

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"

	"github.com/sourcegraph/jsonrpc2"
)

// Handle implements jsonrpc2.Handler. It is called of one message after the other.
func (s *server) Handle(_ context.Context, _ *jsonrpc2.Conn, message *jsonrpc2.Request) {
	var params json.RawMessage
	if message.Params != nil {
		params = *message.Params
	}
	if message.Notif {
		s.notified(message.Method, params)
		return
	}
	s.mu.Lock()
	answer, err := s.request(message.Method, params)
	s.mu.Unlock()
	if err != nil {
		s.reply(message.ID, nil, err)
		return
	}
	ctx, cancel := context.WithCancel(s.ctx)
	s.mu.Lock()
	s.answering[message.ID] = cancel
	s.mu.Unlock()
	s.beside.start(func() {
		defer func() {
			cancel()
			s.mu.Lock()
			delete(s.answering, message.ID)
			s.mu.Unlock()
		}()
		result, err := guarded(ctx, answer)
		if err == nil && ctx.Err() != nil {
			err = errCancelled
		}
		s.reply(message.ID, result, err)
	})
}

// answer is what works out the result of a request.
type answer func(context.Context) (any, error)

// guarded is what an answer gives. A panic is an error: no input may take down the server.
func guarded(ctx context.Context, a answer) (result any, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &jsonrpc2.Error{Code: jsonrpc2.CodeInternalError, Message: fmt.Sprintf("internal error: %v", v)}
		}
	}()
	return a(ctx)
}

// The errors of the protocol that jsonrpc2 does not name.
var (
	errNotInitialized = &jsonrpc2.Error{Code: -32002, Message: "the server is not initialised: send initialize first"}
	errModified       = &jsonrpc2.Error{Code: -32801, Message: "the document has changed since"}
	errCancelled      = &jsonrpc2.Error{Code: -32800, Message: "the request was cancelled"}
)

func invalid(format string, args ...any) error {
	return &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidParams, Message: fmt.Sprintf(format, args...)}
}

func (s *server) reply(id jsonrpc2.ID, result any, err error) {
	if err == nil {
		_ = s.client.Reply(s.ctx, id, result) // a client that is gone needs no answer
		return
	}
	failed, ok := err.(*jsonrpc2.Error)
	if !ok {
		failed = &jsonrpc2.Error{Code: jsonrpc2.CodeInternalError, Message: err.Error()}
		if s.ctx.Err() != nil || err == context.Canceled {
			failed = errCancelled
		}
	}
	_ = s.client.ReplyWithError(s.ctx, id, failed)
}

// request is what answers a request, of the documents as they are now.
func (s *server) request(method string, params json.RawMessage) (answer, error) {
	switch {
	case method == "initialize":
		return s.initialize(params)
	case !s.isUp && !s.isDown:
		return nil, errNotInitialized
	case s.isDown:
		return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidRequest, Message: "the server is shut down: send exit"}
	case method == "shutdown":
		s.isUp, s.isDown = false, true
		return func(context.Context) (any, error) { return nil, nil }, nil
	}
	ask, ok := requests[method]
	if !ok {
		return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeMethodNotFound, Message: fmt.Sprintf("there is no method %q here", method)}
	}
	return ask(s, params)
}

// requests are those about documents.
var requests = map[string]func(*server, json.RawMessage) (answer, error){
	"textDocument/codeAction":     asked((*server).codeActions),
	"textDocument/completion":     asked((*server).completion),
	"textDocument/definition":     asked((*server).definition),
	"textDocument/hover":          asked((*server).hover),
	"textDocument/inlayHint":      asked((*server).inlayHints),
	"textDocument/documentSymbol": asked((*server).symbols),
}

// asked is a request about a document, with its other parameters. It is answered of the document as it is when the
// request comes, null of one that is not open.
func asked[P any](do func(*server, context.Context, *document, P) (any, error)) func(*server, json.RawMessage) (answer, error) {
	return func(s *server, params json.RawMessage) (answer, error) {
		var of struct {
			TextDocument textDocumentIdentifier `json:"textDocument"`
		}
		var p P
		if err := cmp.Or(json.Unmarshal(params, &of), json.Unmarshal(params, &p)); err != nil {
			return nil, invalid("the parameters cannot be read: %v", err)
		}
		path, _ := pathOf(of.TextDocument.URI)
		d := s.documents[path]
		return func(ctx context.Context) (any, error) {
			if d == nil {
				return nil, nil
			}
			return do(s, ctx, d, p)
		}, nil
	}
}

// notified does what a notification asks for.
func (s *server) notified(method string, params json.RawMessage) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if method == "exit" {
		s.exit()
		return
	}
	do, ok := notifications[method]
	if !ok || !s.isUp {
		return // those that are not known are to be passed over
	}
	defer func() {
		if v := recover(); v != nil {
			s.logf("%s: internal error: %v", method, v)
		}
	}()
	if err := do(s, params); err != nil {
		s.logf("%s: %v", method, err)
	}
}

var notifications = map[string]func(*server, json.RawMessage) error{
	"initialized":                         told((*server).initialized),
	"textDocument/didOpen":                told((*server).didOpen),
	"textDocument/didChange":              told((*server).didChange),
	"textDocument/didClose":               told((*server).didClose),
	"textDocument/didSave":                told((*server).didSave),
	"workspace/didChangeConfiguration":    told((*server).didChangeConfiguration),
	"workspace/didChangeWatchedFiles":     told((*server).didChangeWatchedFiles),
	"workspace/didChangeWorkspaceFolders": told((*server).didChangeWorkspaceFolders),
	"$/cancelRequest":                     told((*server).cancelRequest),
}

// told is a notification with parameters.
func told[P any](do func(*server, P)) func(*server, json.RawMessage) error {
	return func(s *server, params json.RawMessage) error {
		var p P
		if len(params) > 0 {
			if err := json.Unmarshal(params, &p); err != nil {
				return fmt.Errorf("the parameters cannot be read: %w", err)
			}
		}
		do(s, p)
		return nil
	}
}

func (s *server) cancelRequest(p cancelParams) {
	var id jsonrpc2.ID
	if json.Unmarshal(p.ID, &id) == nil && s.answering[id] != nil {
		s.answering[id]()
	}
}
