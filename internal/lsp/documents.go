package lsp

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/composelint/composelint/loader"
)

// document is an open file of an editor. It never changes: an edit makes another one.
type document struct {
	*text
	uri, path string
	version   int
	// edited are the first and the last line of what was changed last, -1 before anything was.
	edited [2]int
	// compose is true for a file of Compose, once it was one.
	compose bool
}

// is true for the same version of a document, or for none and none.
func (d *document) is(other *document) bool {
	return d == other || d != nil && other != nil && d.text == other.text && d.version == other.version
}

// isCompose is true for a document that is taken for a file of Compose by what it says.
func (d *document) isCompose() bool { return loader.IsCompose(d.path, []byte(d.content)) }

// isNamed is true for a document that is one of a project by name, whatever it says: that of the configuration,
// of COMPOSE_FILE or its own.
func (s *server) isNamed(d *document) bool {
	return slices.ContainsFunc(s.linter.Over(textsOf(s.documents)).ProjectsOf(s.named(d.path)), func(found loader.Found) bool {
		return isOf(found, d.path) && (len(found.Files) > 1 || !found.Part && !loader.HasComposeName(d.path))
	})
}

func (s *server) didOpen(p didOpenParams) {
	path, ok := pathOf(p.TextDocument.URI)
	if !ok {
		return // what is in no file has no project
	}
	d := &document{text: newText(p.TextDocument.Text, s.encoding), uri: p.TextDocument.URI, path: path, version: p.TextDocument.Version, edited: [2]int{-1, -1}}
	d.compose = p.TextDocument.LanguageID == "dockercompose" || d.isCompose() || s.isNamed(d)
	s.documents[path] = d
	s.touchReaders(path)
	s.adopt(d, nil)
}

func (s *server) didChange(p didChangeParams) {
	path, _ := pathOf(p.TextDocument.URI)
	before := s.documents[path]
	if before == nil {
		return
	}
	d := *before
	d.version = p.TextDocument.Version
	for _, change := range p.ContentChanges {
		d.text = d.with(change)
		if change.Range != nil {
			first := min(change.Range.Start.Line, change.Range.End.Line)
			d.edited = [2]int{first, first + strings.Count(change.Text, "\n")}
		}
	}
	d.compose = d.compose || d.isCompose()
	s.documents[path] = &d
	s.touchReaders(path)
	if d.compose && !before.compose {
		s.adopt(&d, nil)
	}
}

func (s *server) didClose(p didCloseParams) {
	path, _ := pathOf(p.TextDocument.URI)
	if s.documents[path] == nil {
		return
	}
	delete(s.documents, path)
	s.touchReaders(path) // what was not saved is gone
	s.release()
	s.beside.start(s.publish)
}

// didSave looks at the other files anew, where the client does not tell when they change.
func (s *server) didSave(p didSaveParams) {
	path, _ := pathOf(p.TextDocument.URI)
	if isPolicy(path) {
		s.renew()
	}
	if isPolicy(path) || !s.params.Capabilities.Workspace.DidChangeWatchedFiles.DynamicRegistration {
		s.adoptAll()
		s.touchAll()
	}
}

// isPolicy is true for the path of what belongs to a policy of the user.
func isPolicy(path string) bool { return filepath.Ext(path) == ".rego" }

func (s *server) didChangeWatchedFiles(p didChangeWatchedFilesParams) {
	others, policies := false, false
	for _, change := range p.Changes {
		path, ok := pathOf(change.URI)
		switch {
		case !ok:
		case isPolicy(path):
			policies = true
		case change.Type != fileChanged: // what was looked for may be there now
			others = true
		case s.documents[path] == nil && s.isRead(path):
			s.touchReaders(path)
		case s.documents[path] == nil && loader.MayBeCompose(path): // it may read what is open from now on
			s.adoptAll()
		}
	}
	if policies {
		s.renew()
	}
	if others || policies {
		s.adoptAll()
		s.touchAll()
	}
}
