package lsp

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/composelint/composelint/internal/lint"
	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/rules/config"
)

// TestClosers closes what a line leaves open.
func TestClosers(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"", ""}, {"a: b", ""}, {"a: [b, {c: d", "}]"}, {"a: {b: [c]", "}"}, {`- "a`, `"`}, {`- 'a`, "'"}, {"it's", ""},
		{`["a`, `"]`}, {`"a\"`, `"`}, {"a: [b # [", "]"}, {"a: b#[", "]"}, {"a: ${B", ""}, {"a: ${B:-[}", "]"}, {"]}", ""},
	} {
		if got := closers(c.line); got != c.want {
			t.Errorf("%q is closed by %q, not %q", c.line, got, c.want)
		}
	}
}

// TestMatches tells paths by their forms.
func TestMatches(t *testing.T) {
	for _, c := range []struct {
		path []string
		form string
		want bool
	}{
		{[]string{"services", "web", "networks", "[0]"}, "services.*.networks.[]", true},
		{[]string{"services", "web", "networks", "front"}, "services.*.networks.*", true},
		{[]string{"services", "web", "networks", "front"}, "services.*.networks.[]", false},
		{[]string{"services", "web", "networks", "[0]"}, "services.*.networks.*", false},
		{[]string{"services", "a.b", "image"}, "services.*.image", true},
		{[]string{"services", "web"}, "services.*.image", false},
		{[]string{"services", "web", "image", "x"}, "services.*.image", false},
		{nil, "services", false},
	} {
		if got := matches(c.path, c.form); got != c.want {
			t.Errorf("%q is of the form %s: %v", c.path, c.form, got)
		}
	}
}

// FuzzRequests asks at any place of any text: nothing fails, and all ends in time.
func FuzzRequests(f *testing.F) {
	for _, pattern := range []string{"testdata/completion/flags.txtar", "testdata/completion/names.txtar", "testdata/completion/ignores.txtar", "testdata/completion/configuration.txtar", "testdata/definition/values.txtar"} {
		a, err := txtar.ParseFile(pattern)
		if err != nil {
			f.Fatal(err)
		}
		questions, _ := questionsOf(a)
		for i, q := range questions {
			if i%4 == 0 {
				line := newText(q.content, utf16Encoding).position(q.offset)
				f.Add(q.content, line.Line, line.Character, strings.HasSuffix(q.name, "composelint.yaml"))
			}
		}
	}
	f.Add("a: [\xff\x00\r\r\n\t-", 2, 1, false)
	f.Add("\ufeffservices: {a: &a {b: *a}}", 0, 25, false)
	f.Add("a: \ue000", 0, 4, true)
	dir := f.TempDir()
	s := newServer(f.Context(), Options{Lint: lint.Options{Load: loader.Options{}, NoConfig: true, Target: "compose", Today: "2026-11-30"}, Log: &lockedBuffer{}})
	s.isUp, s.encoding = true, utf16Encoding
	if _, err := s.linter.Engine(); err != nil { // which takes its time once
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, content string, line, character int, configuration bool) {
		start := time.Now()
		d := &document{text: newText(content, utf16Encoding), uri: uriOf(dir + "/compose.yaml"), path: dir + "/compose.yaml", edited: [2]int{-1, -1}, compose: true}
		if configuration {
			d.path, d.compose = dir+"/.composelint.yaml", false
		}
		at := position{line, character}
		found := loader.Found{Files: []string{d.path}}
		s.mu.Lock()
		s.documents = map[string]*document{d.path: d}
		s.projects = map[string]*project{}
		if !configuration {
			s.projects = map[string]*project{"": settled(s, found, d)}
		}
		s.mu.Unlock()
		result, err := s.completion(t.Context(), d, completionParams{Position: at})
		if err != nil {
			t.Fatal(err)
		}
		if list, ok := result.(completionList); ok {
			offset := d.offset(at)
			for _, item := range list.Items {
				from, to := d.offset(item.TextEdit.Range.Start), d.offset(item.TextEdit.Range.End)
				if from > offset || to < offset || item.TextEdit.Range.Start.Line != item.TextEdit.Range.End.Line {
					t.Fatalf("the edit %+v does not hold the place %+v", item.TextEdit, at)
				}
			}
		}
		if _, err = s.definition(t.Context(), d, textDocumentPosition{at}); err != nil {
			t.Fatal(err)
		}
		symbols, err := s.symbols(t.Context(), d, struct{}{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err = json.Marshal(symbols); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("it took %v", took)
		}
	})
}

// settled is a project that was judged with a document.
func settled(s *server, found loader.Found, d *document) *project {
	p := &project{Found: found, busy: make(chan struct{}, 1), settled: make(chan struct{})}
	p.judged = s.judgeAsTyped(s.ctx, found, map[string]*document{d.path: d}, s.linter)
	close(p.settled)
	return p
}

// FuzzCursor looks at any place of any text, as all requests do before they ask more.
func FuzzCursor(f *testing.F) {
	for _, pattern := range []string{"testdata/completion/*.txtar", "testdata/definition/*.txtar", "testdata/symbols/*.txtar"} {
		paths, err := filepath.Glob(pattern)
		if err != nil || len(paths) == 0 {
			f.Fatal(pattern, err)
		}
		for _, path := range paths {
			a, err := txtar.ParseFile(path)
			if err != nil {
				f.Fatal(err)
			}
			questions, _ := questionsOf(a)
			for _, q := range questions {
				f.Add(q.content, q.offset)
			}
		}
	}
	known := config.Known{Rules: []string{"host-network", "privileged"}, Kinds: []string{"tecnativa"}, Needs: []string{"ContainerList"}}
	f.Fuzz(func(t *testing.T, content string, offset int) {
		d := &document{text: newText(content, utf16Encoding), compose: true}
		offset = max(0, min(offset, len(content)))
		start := d.starts[d.position(offset).Line]
		if offset = min(offset, start+len(lineOf(d, offset))); start > offset {
			t.Fatalf("the line of %d starts at %d", offset, start)
		}
		for typed := range typings(content, start, offset) {
			if typed.start > offset || typed.end < offset || typed.start < start || len(content) < typed.end {
				t.Fatalf("what is typed at %d stands at %d to %d", offset, typed.start, typed.end)
			}
			if r, ok := typed.reference(); ok {
				if from, to, ok := r.name(content[typed.start:typed.end], len(typed.typed)); ok && (from > to || typed.start+to > typed.end) {
					t.Fatalf("the name is at %d to %d of %q", from, to, content[typed.start:typed.end])
				}
			}
			config.Choices(known, typed.path, typed.role == atKey)
		}
		commentAt(content, offset)
		tree := repaired(content)
		l := looking{document: d, tree: tree, spot: tree.at(offset), offset: offset}
		if name, ok := l.alias(); ok {
			l.anchor(name)
		}
		if l.role != nowhere && (l.start > l.end || l.end > len(content)) {
			t.Fatalf("a token stands at %d to %d", l.start, l.end)
		}
		for _, s := range symbolsOf(d) {
			if s.Name == "" || d.offset(s.Range.Start) > d.offset(s.SelectionRange.Start) || d.offset(s.SelectionRange.End) > d.offset(s.Range.End) {
				t.Fatalf("the symbol %q is not within its range: %+v", s.Name, s)
			}
		}
	})
}

// lineOf is the line of an offset.
func lineOf(d *document, offset int) string {
	line, _ := d.line(d.position(offset).Line)
	return line
}
