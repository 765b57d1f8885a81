package lsp

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// definition is where what stands at a place is defined: in each project that the document is part of.
func (s *server) definition(ctx context.Context, d *document, p textDocumentPosition) (any, error) {
	if !d.compose {
		return nil, nil
	}
	offset := d.offset(p.Position)
	if _, ok := commentAt(d.content, offset); ok {
		return nil, nil
	}
	t := repaired(d.content)
	l := looking{server: s, document: d, tree: t, spot: t.at(offset), offset: offset, locations: []location{}}
	if name, ok := l.alias(); ok {
		l.anchor(name)
		return l.locations, nil
	}
	if l.role == nowhere || l.node.Via != nil && l.role != atKey {
		return nil, nil
	}
	judged, err := s.ofDocument(ctx, d)
	if err != nil {
		return nil, err
	}
	for _, look := range []func([]*judgement) bool{l.variable, l.file, l.extended, l.referred, l.host, l.declared} {
		if look(judged) {
			break
		}
	}
	return l.locations, nil
}

// looking is for what stands at a place of a document.
type looking struct {
	*server
	document *document
	tree     tree
	spot
	offset    int
	locations []location
}

// token is the text of what stands there.
func (l *looking) token() string { return l.document.content[l.start:l.end] }

// found adds a place, once.
func (l *looking) found(at location) {
	if !slices.Contains(l.locations, at) {
		l.locations = append(l.locations, at)
	}
}

// here adds a stretch of the document.
func (l *looking) here(start, end int) {
	l.found(location{l.document.uri, textRange{l.document.position(start), l.document.position(end)}})
}

// places adds places of the model.
func (l *looking) places(j *judgement, at ...model.Location) {
	for _, place := range at {
		if t := j.textOf(place.File); t != nil {
			l.found(location{j.uriOf(place.File), t.rangeOf(place)})
		}
	}
}

// endsOfName are the characters that no anchor has.
const endsOfName = " \t\r\n,[]{}"

// alias is the name of the alias that the place is in.
func (l *looking) alias() (name string, ok bool) {
	content := l.document.content
	start, end := l.offset, l.offset
	start = strings.LastIndexAny(content[:start], endsOfName) + 1
	if i := strings.IndexAny(content[end:], endsOfName); i >= 0 {
		end += i
	} else {
		end = len(content)
	}
	if end-start < 2 || content[start] != '*' {
		return "", false
	}
	if l.role == nowhere || l.node.Via != nil && l.role != atKey {
		return content[start+1 : end], true
	}
	return "", false
}

// anchor finds the last anchor of a name before the place: a later one of the same name is another one.
func (l *looking) anchor(name string) {
	if l.tree.source == nil {
		return
	}
	text := string(l.tree.source.Text)
	comments := yamltree.Comments(l.tree.source, l.tree.docs)
	for before := l.offset; ; {
		i := strings.LastIndex(text[:before], "&"+name)
		if i < 0 {
			return
		}
		before = i
		end := i + 1 + len(name)
		isWhole := (i == 0 || strings.IndexByte(endsOfName, text[i-1]) >= 0) && (end == len(text) || strings.IndexByte(endsOfName, text[end]) >= 0)
		inComment := slices.ContainsFunc(comments, func(c yamltree.Comment) bool { return c.Span.Start < i && i < c.Span.End })
		if isWhole && !inComment && l.tree.at(i).role == nowhere {
			l.here(i, end)
			return
		}
	}
}

// variable finds where the variable at the place is set: one in a value, or one that a service gets from the
// environment. A place at the end of a reference is one in it.
func (l *looking) variable(judged []*judgement) bool {
	name, _, _ := variableAt(l.token(), l.offset-l.start)
	if name == "" {
		name, _, _ = variableAt(l.token(), l.offset-l.start-1)
	}
	isPassed := matches(l.path, "services.*.environment.*") && l.role == atKey && l.node.Kind == yamltree.Scalar && l.node.Value == nil ||
		matches(l.path, "services.*.environment.[]") && !strings.Contains(l.token(), "=")
	if name == "" && isPassed {
		name = l.token()
	}
	if name == "" {
		return false
	}
	for _, j := range judged {
		if j.project != nil && j.project.Sources.Variables[name] != nil {
			l.places(j, j.project.Sources.Variables[name].Declared()...)
		}
	}
	return true
}

// filesNamed are the places that name a file.
var filesNamed = []string{
	"include.[]", "include.[].path", "include.[].path.[]", "include.[].env_file", "include.[].env_file.[]",
	"services.*.extends.file", "services.*.env_file", "services.*.env_file.[]", "services.*.env_file.[].path",
	"services.*.label_file", "services.*.label_file.[]", "secrets.*.file", "configs.*.file",
}

// file finds the file that the place names.
func (l *looking) file(judged []*judgement) bool {
	if l.role == atKey || !slices.ContainsFunc(filesNamed, func(form string) bool { return matches(l.path, form) }) {
		return false
	}
	for _, j := range judged {
		if path, ok := l.fileOf(j, l.node.String()); ok {
			l.found(location{URI: j.uriOf(path)})
		}
	}
	return true
}

// fileOf is the path of a file that the document names: as seen from the project, whose own files name them so, or
// from the document. None outside of the project's root is looked for.
func (l *looking) fileOf(j *judgement, name string) (path string, ok bool) {
	if j.project == nil || name == "" {
		return "", false
	}
	dirs := []string{filepath.Dir(l.document.path), filepath.Dir(loader.Absolute(j.Files[0]))}
	if slices.ContainsFunc(j.Files, func(f string) bool { return loader.Absolute(f) == l.document.path }) {
		slices.Reverse(dirs)
	}
	for _, dir := range dirs {
		path := filepath.FromSlash(name)
		if !filepath.IsAbs(path) {
			path = filepath.Join(dir, path)
		}
		if j.project.Confined(path) != nil {
			continue
		}
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			return path, true
		}
	}
	return "", false
}

// extended finds the service of another file that a service extends.
func (l *looking) extended(judged []*judgement) bool {
	if l.role != atValue || !matches(l.path, "services.*.extends.service") || l.parent().Field("file") == nil {
		return false
	}
	for _, j := range judged {
		path, ok := l.fileOf(j, l.parent().Field("file").String())
		if !ok {
			continue
		}
		if t := j.textAt(path); t != nil {
			base := repaired(t.content)
			for _, doc := range base.docs {
				if key := definedIn(doc, "services", l.node.String()); !key.IsZero() {
					l.found(location{j.uriOf(path), textRange{t.position(key.Start), t.position(key.End)}})
				}
			}
		}
	}
	return true
}

// textAt is the text of a file by its absolute path; nil where it was not read.
func (j *judgement) textAt(path string) *text {
	for shown := range j.report.Files {
		if loader.Absolute(shown) == path {
			return j.textOf(shown)
		}
	}
	return nil
}

// definedIn is the key under which a document defines something; it is no place where the document does not.
func definedIn(doc *yamltree.Node, section, name string) yamltree.Span {
	defined := doc.Field(section).Field(name)
	if defined == nil || defined.Key.IsZero() {
		return yamltree.Span{}
	}
	return defined.Key
}

// referred finds what a reference names.
func (l *looking) referred(judged []*judgement) bool {
	r, ok := l.reference()
	if !ok || l.node.Kind != yamltree.Scalar && l.role != atKey {
		return false
	}
	start, end, ok := r.name(l.token(), l.offset-l.start)
	if ok {
		l.definitions(judged, r.section, l.token()[start:end])
	}
	return ok
}

// definitions finds all places where the projects declare something, or the document alone where it cannot be read
// as a part of one.
func (l *looking) definitions(judged []*judgement, section, name string) {
	for _, j := range judged {
		if j.project == nil {
			continue
		}
		for _, d := range definitionsOf(j.project.Project, section) {
			if d.Name == name {
				l.places(j, j.project.Sources.Declared(d.At)...)
			}
		}
	}
	if len(l.locations) > 0 {
		return
	}
	for _, doc := range l.tree.docs {
		if key := definedIn(doc, section, name); !key.IsZero() {
			l.here(key.Start, key.End)
		}
	}
}

// host finds the services that a host in an address names.
func (l *looking) host(judged []*judgement) bool {
	at := l.document.modelPosition(l.document.position(l.offset))
	for _, j := range judged {
		if j.project == nil {
			continue
		}
		for _, s := range j.project.Project.Services {
			for _, e := range s.Endpoints {
				place, ok := j.project.Sources.Locate(e.At, "")
				if ok && loader.Absolute(place.File) == l.document.path && isWithin(place.Location, at) {
					for _, name := range e.Services {
						l.definitions([]*judgement{j}, "services", name)
					}
				}
			}
		}
	}
	return len(l.locations) > 0
}

func isWithin(l model.Location, p model.Position) bool {
	before := func(a, b model.Position) bool { return a.Line < b.Line || a.Line == b.Line && a.Column < b.Column }
	return !before(p, l.Start) && !before(l.End, p)
}

// declared finds all places that declare what the place declares.
func (l *looking) declared(judged []*judgement) bool {
	if l.role == atKey && len(l.path) == 2 {
		l.definitions(judged, l.path[0], l.path[1])
	}
	return len(l.locations) > 0
}
