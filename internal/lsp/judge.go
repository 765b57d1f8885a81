package lsp

import (
	"context"
	"maps"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/composelint/composelint/internal/collector"
	"github.com/composelint/composelint/internal/lint"
	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/report"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/config"
)

// pause is how long the keys have rested when judging begins: what is typed at once is judged once.
const pause = 5 * time.Millisecond

// long is how long a judgement takes that leaves so much garbage that it is worth to be collected before the next key.
const long = 100 * time.Millisecond

// judgement is what was found in a project, of the documents as they were.
type judgement struct {
	loader.Found
	linter    *lint.Linter
	documents map[string]*document
	encoding  string
	// project is nil where it could not be judged; errors say why, or what else went wrong.
	project *lint.Judged
	triaged *lint.Triaged
	errors  []error
	report  report.Report
	// reads are the absolute paths of the files that were read.
	reads map[string]bool
	// texts are those of its files, by the paths that places have.
	texts       map[string]*text
	diagnostics map[string][]diagnostic
	// isBroken is true where a document is not judged as it is, since it cannot be read.
	isBroken bool

	// late guards what is worked out when it is asked for: texts, and whether the report has fixes.
	late    sync.Mutex
	isFixed bool
	fixed   report.Report
	// modelMask hides what hovers may not show; deployment and steering are worked out when they are asked for, too.
	modelMask  *loader.Mask
	deployment *kept[*deployment]
	steering   *kept[map[string]map[string]rules.FlagEffect]
}

// touch has a project judged again.
func (s *server) touch(p *project) {
	if p.cancel != nil {
		p.cancel()
	}
	p.version++
	if p.settled == nil || p.isSettled() {
		p.settled = make(chan struct{})
	}
	var ctx context.Context
	ctx, p.cancel = context.WithCancel(s.ctx)
	version, documents, linter := p.version, maps.Clone(s.documents), s.linter
	s.beside.start(func() {
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return
		}
		select {
		case p.busy <- struct{}{}:
		case <-ctx.Done():
			return
		}
		start := time.Now()
		judged := s.judgeAsTyped(ctx, p.Found, documents, linter)
		took := time.Since(start)
		<-p.busy
		if ctx.Err() == nil && s.settle(p, version, judged) {
			s.publish()
			s.refreshHints()
		}
		if took > long {
			collector.Idle()
		}
	})
}

// settle takes over what was found, unless it is out of date.
func (s *server) settle(p *project, version int, judged *judgement) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p.version != version {
		return false
	}
	p.judged = judged
	s.recognise(judged)
	for path := range judged.reads {
		if !s.documents[path].is(judged.documents[path]) { // which was not known to be read
			s.touch(p)
			return false
		}
	}
	close(p.settled)
	s.release()
	return true
}

// recognise takes the documents for files of Compose that a project has read as such, whatever they say by themselves.
func (s *server) recognise(judged *judgement) {
	for _, file := range judged.report.Files {
		path := loader.Absolute(file.Path)
		d := judged.documents[path]
		if !file.Compose || d == nil || d.compose || !d.is(s.documents[path]) {
			continue
		}
		of := *d
		of.compose = true
		s.documents[path], judged.documents[path] = &of, &of
	}
}

// judgeAsTyped judges a project. Where a document cannot be read, what is found without the line that is to blame is
// told, too, and nothing is changed; where a configuration is not whole yet, what is found with the one that was saved.
func (s *server) judgeAsTyped(ctx context.Context, found loader.Found, documents map[string]*document, linter *lint.Linter) *judgement {
	j := s.judge(ctx, found, documents, linter)
	if saved := withoutConfigurations(documents); j.project == nil && len(saved) < len(documents) {
		j = j.along(s.judge(ctx, found, saved, linter))
	}
	readable := j.readable()
	if readable == nil {
		return j
	}
	rest := s.judge(ctx, found, readable, linter)
	rest.isBroken = true
	return j.along(rest)
}

// withoutConfigurations are the documents that are none.
func withoutConfigurations(documents map[string]*document) map[string]*document {
	others := maps.Clone(documents)
	maps.DeleteFunc(others, func(path string, _ *document) bool { return slices.Contains(config.FileNames, filepath.Base(path)) })
	return others
}

// along is another judgement of the project, of documents that can be read, with what this one has found besides; it is
// this one where the other one came to nothing.
func (j *judgement) along(other *judgement) *judgement {
	if other.project == nil {
		return j
	}
	for path, found := range other.diagnostics {
		for _, d := range found {
			if !other.isBroken || d.Code != rules.InvalidCompose { // which may be about the line that it lacks
				j.diagnostics[path] = append(j.diagnostics[path], d)
			}
		}
	}
	for path := range j.reads {
		other.reads[path] = true
	}
	other.documents, other.diagnostics = j.documents, j.diagnostics
	return other
}

// judge judges a project. A panic is an error of the project: no input may take down the server.
func (s *server) judge(ctx context.Context, found loader.Found, documents map[string]*document, linter *lint.Linter) (j *judgement) {
	j = &judgement{Found: found, documents: documents, encoding: s.encoding, reads: map[string]bool{}, texts: map[string]*text{}, diagnostics: map[string][]diagnostic{}}
	j.deployment, j.steering = newKept[*deployment](), newKept[map[string]map[string]rules.FlagEffect]()
	for _, file := range found.Files {
		j.reads[loader.Absolute(file)] = true
	}
	defer func() {
		if v := recover(); v != nil {
			s.logf("could not judge %q: internal error: %v", found.Files[0], v)
		}
	}()
	j.linter = linter.Over(textsOf(documents))
	result, err := j.linter.Judge(ctx, []loader.Found{found}, func() {})
	if ctx.Err() != nil {
		return j
	}
	if j.errors = result.Errors; err != nil {
		j.errors = append(j.errors, err)
	}
	for _, path := range result.Read {
		j.reads[loader.Absolute(path)] = true
	}
	j.triaged = j.linter.Triage(result.Projects)
	if len(result.Projects) > 0 {
		j.project = result.Projects[0]
	}
	j.report = j.triaged.Report()
	s.diagnose(j)
	return j
}

// textsOf are those of documents, by their paths.
func textsOf(documents map[string]*document) map[string][]byte {
	texts := map[string][]byte{}
	for path, d := range documents {
		texts[path] = []byte(d.content)
	}
	return texts
}

// textOf is that of a file by the path that places have; nil where it was not read.
func (j *judgement) textOf(path string) *text {
	j.late.Lock()
	defer j.late.Unlock()
	if t := j.texts[path]; t != nil {
		return t
	}
	if d := j.documents[loader.Absolute(path)]; d != nil {
		j.texts[path] = d.text
	} else if file := j.report.Files[path]; file != nil {
		j.texts[path] = newText(string(file.Text), j.encoding)
	}
	return j.texts[path]
}

// withFixes is the report, with the changes that fixes are.
func (j *judgement) withFixes() report.Report {
	j.late.Lock()
	defer j.late.Unlock()
	if !j.isFixed {
		j.triaged.ResolveFixes()
		j.fixed, j.isFixed = j.triaged.Report(), true
	}
	return j.fixed
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
