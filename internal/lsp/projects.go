package lsp

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"github.com/composelint/composelint/loader"
)

// project is one that an open document is part of.
type project struct {
	loader.Found
	// version is raised whenever something that it may read changes.
	version int
	// cancel ends the work on an older version, busy is held by who judges.
	cancel context.CancelFunc
	busy   chan struct{}
	// judged is the newest judgement, nil before the first; settled is closed while it is of the newest version.
	judged  *judgement
	settled chan struct{}
	// searched is true for one that was found because it reads a document.
	searched bool
}

// keyOf tells projects apart.
func keyOf(found loader.Found) string {
	var all []string
	for _, file := range found.Files {
		all = append(all, loader.Absolute(file))
	}
	return strings.Join(all, "\x00")
}

// named is a path as a run in the base would name it.
func (s *server) named(path string) string {
	if s.base != "" {
		if rel, err := filepath.Rel(s.base, path); err == nil && filepath.IsLocal(rel) {
			return rel
		}
	}
	return path
}

// mayRead is true where a change of a file may change what is found.
func (p *project) mayRead(path string) bool {
	return p.judged != nil && p.judged.reads[path] || isOf(p.Found, path)
}

// isOf is true for one of the files that a project begins with.
func isOf(found loader.Found, path string) bool {
	return slices.ContainsFunc(found.Files, func(f string) bool { return loader.Absolute(f) == path })
}

// adopt has the projects judged that a document may be part of. Those that are known stay as they are.
func (s *server) adopt(d *document, known map[string]*project) {
	if !d.compose {
		if loader.MayBePart(d.path, []byte(d.content)) {
			s.search(d)
		}
		return
	}
	part := false
	for _, found := range s.linter.Over(textsOf(s.documents)).ProjectsOf(s.named(d.path)) {
		part = part || found.Part
		if p := known[keyOf(found)]; p != nil {
			s.projects[keyOf(found)] = p
		}
		s.add(found)
	}
	if part {
		s.search(d)
	}
}

// add has a project judged, unless it is there.
func (s *server) add(found loader.Found) *project {
	key := keyOf(found)
	if s.projects[key] == nil {
		s.projects[key] = &project{Found: found, busy: make(chan struct{}, 1)}
		s.touch(s.projects[key])
	}
	return s.projects[key]
}

// adoptAll looks anew for what the open documents are part of: files have come or gone.
func (s *server) adoptAll() {
	before := s.projects
	s.projects = map[string]*project{}
	for key, p := range before {
		if p.searched { // which is let go when it does not read the document any more
			s.projects[key] = p
		}
	}
	for _, d := range s.documents {
		s.adopt(d, before)
	}
	for key, p := range before {
		if s.projects[key] == nil {
			p.drop()
		}
	}
	s.beside.start(s.publish)
}

// mostSearched is how many projects of a folder are read for those that a file is part of.
const mostSearched = 1000

// search looks through the folder of a document for projects that read it: its name is none that Compose would look
// for, so that it may be a part that others include.
func (s *server) search(d *document) {
	folder := ""
	for _, f := range s.folders {
		if rel, err := filepath.Rel(f, d.path); err == nil && filepath.IsLocal(rel) && len(f) > len(folder) {
			folder = f
		}
	}
	if folder == "" {
		return
	}
	linter, start := s.linter.Over(textsOf(s.documents)), s.named(folder)
	s.beside.start(func() {
		all, _, _ := linter.Find([]string{start}, nil) // what cannot be read includes nothing
		if len(all) > mostSearched {
			return
		}
		result, err := linter.Configure(s.ctx, all, func() {})
		if err != nil {
			return
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		for _, p := range result.Projects {
			for file := range p.Sources.Files {
				if s.documents[d.path] != nil && loader.Absolute(file) == d.path {
					s.add(p.Found).searched = true
				}
			}
		}
	})
}

// release lets go of the projects of which no file is open any more.
func (s *server) release() {
	for key, p := range s.projects {
		open := p.judged == nil
		for path, d := range s.documents {
			open = open || d.compose && p.mayRead(path)
		}
		if !open {
			p.drop()
			delete(s.projects, key)
		}
	}
}

// isRead is true for a file that a project reads.
func (s *server) isRead(path string) bool {
	for _, p := range s.projects {
		if p.mayRead(path) {
			return true
		}
	}
	return false
}

// touchReaders has the projects judged again that may read a file.
func (s *server) touchReaders(path string) {
	for _, p := range s.projects {
		if p.mayRead(path) {
			s.touch(p)
		}
	}
}

func (s *server) touchAll() {
	for _, p := range s.projects {
		s.touch(p)
	}
}

// ofDocument are the projects that a document is part of, each judged as the documents are now. One that is a part of
// another one is none of its own.
func (s *server) ofDocument(ctx context.Context, d *document) ([]*judgement, error) {
	for {
		s.mu.Lock()
		if !d.is(s.documents[d.path]) {
			s.mu.Unlock()
			return nil, errModified
		}
		var all []*judgement
		var waiting chan struct{}
		for _, p := range s.projects {
			switch {
			case !p.mayRead(d.path) && p.judged != nil:
			case !p.isSettled():
				waiting = p.settled
			case !s.isPart(p):
				all = append(all, p.judged)
			}
		}
		s.mu.Unlock()
		if waiting == nil {
			slices.SortFunc(all, func(a, b *judgement) int { return strings.Compare(keyOf(a.Found), keyOf(b.Found)) })
			return all, nil
		}
		select {
		case <-waiting:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// isPart is true for a project whose file another one includes.
func (s *server) isPart(p *project) bool {
	if !p.Part {
		return false
	}
	for _, other := range s.projects {
		if other != p && !other.Part && other.judged != nil && other.judged.reads[loader.Absolute(p.Files[0])] {
			return true
		}
	}
	return false
}

// drop ends the work on a project that is let go. Who waits for it looks again.
func (p *project) drop() {
	p.cancel()
	p.version++
	if !p.isSettled() {
		close(p.settled)
	}
}

func (p *project) isSettled() bool {
	select {
	case <-p.settled:
		return true
	default:
		return false
	}
}
