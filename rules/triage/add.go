package triage

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"slices"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
)

// Accepting is a project of whose findings some are to be accepted, the others not.
type Accepting struct {
	*Judged
	Accepted, Others []rules.Finding
}

// Ignored is the text of a file with so many ignores that are new, or are for more rules.
type Ignored struct {
	File    *model.File
	Text    []byte
	Ignores int
}

// Refused is a finding that no ignore was added for, and why: a phrase that ends with what else to do. It
// stands where that is to be done, in the files as they are with the ignores.
type Refused struct {
	rules.Finding
	Why string
}

// AddIgnores writes ignores with a [Placeholder] for what is to be accepted, one a line, into the texts
// of its files. Nothing that they say to docker compose changes, and no finding about another service
// is excused with one.
func AddIgnores(projects []Accepting, today string) (files []Ignored, refused []Refused) {
	a := &adder{projects: projects, today: today, files: map[string]*annotated{}, declared: map[*Judged]map[model.Location][]string{}}
	for _, p := range projects {
		for _, f := range p.Accepted {
			if no := a.add(p.Judged, f); no != nil {
				refused = append(refused, *no)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(a.files)) {
		file := a.files[name]
		added := file.harmless(slices.SortedFunc(maps.Values(file.remarks), func(a, b *remark) int { return a.at.Offset - b.at.Offset }))
		if len(added) > 0 {
			files = append(files, Ignored{file.source.File, file.with(added), len(added)})
		}
		for _, r := range file.remarks {
			if !slices.Contains(added, r) {
				for _, f := range r.findings {
					refused = append(refused, Refused{f, elsewhere("no comment can stand there", f, file.shown)})
				}
			}
		}
		file.added = added
	}
	for i, r := range refused {
		refused[i].Location = a.files[r.Location.File].moved(r.Location)
	}
	slices.SortStableFunc(refused, func(a, b Refused) int { return rules.Compare(a.Finding, b.Finding) })
	return files, refused
}

// adder adds ignores to the files of projects.
type adder struct {
	projects []Accepting
	today    string
	files    map[string]*annotated
	// declared are the nodes by the lines at which projects declare them, of those that were asked.
	declared map[*Judged]map[model.Location][]string
}

// annotated is a file to which comments are added.
type annotated struct {
	source   *yamltree.Source
	docs     []*yamltree.Node
	problems int
	// fault says why it cannot have a comment, empty where it can.
	fault    string
	rooms    *yamltree.Rooms
	comments map[model.Location]yamltree.Comment
	// ignores are those that it has, remarks those to add, by their offsets.
	ignores []*excuse
	remarks map[int]*remark
	// added are those of the remarks that the file has then.
	added []*remark
	shown func(string) string
}

// remark is an ignore that is added to a file, or what is added to one that stands there.
type remark struct {
	at       yamltree.Room
	extends  *yamltree.Comment
	rules    []string
	findings []rules.Finding
}

// add adds an ignore for a finding, or says why it does not.
func (a *adder) add(p *Judged, f rules.Finding) *Refused {
	if !Acceptable(f.Rule) {
		return &Refused{f, "correct it instead: " + p.shown(f.Message)}
	}
	file := a.file(p, f.Location.File)
	if file.fault != "" {
		return &Refused{f, elsewhere(file.fault, f, p.shown)}
	}
	r, first := &remark{}, 0
	for _, e := range file.ignores {
		switch {
		case e.fault != "":
		case e.expired(a.today):
			e.nodes = a.declaredAt(p, e.file.Path, e.first)
			if slices.Contains(e.rules, f.Rule) && e.matches(f, p) {
				f.Location = e.Location
				return &Refused{f, fmt.Sprintf("the one here expired on %s: set a new date", e.Expires)}
			}
		case e.first <= f.Location.Start.Line && f.Location.Start.Line <= e.last:
			comment := file.comments[e.Location]
			r = &remark{at: yamltree.Room{Offset: comment.Span.Start, First: e.first, Last: e.last}, extends: &comment}
			first = e.first
		}
	}
	if first == 0 {
		var ok bool
		if r.at, ok = file.rooms.For(f.Location.Start.Line); !ok {
			return &Refused{f, elsewhere("no comment can stand there", f, p.shown)}
		}
	}
	if other := a.beside(f, r.at, file.source.File); other != "" {
		return &Refused{f, elsewhere(fmt.Sprintf("a comment there would accept that of %q too", other), f, p.shown)}
	}
	file.remark(r, f)
	return nil
}

// Acceptable is false for rules about what is wrong with files and excuses, which is to be corrected.
func Acceptable(rule string) bool { return rule != rules.InvalidCompose && rule != UnusedIgnore }

// Placeholder is the reason of an ignore or an exception that somebody has yet to give.
const Placeholder = "FILL IN: why this is accepted"

// ExceptionFor is an exception for a finding, as the configuration writes it, for its service where it is
// about one.
func ExceptionFor(f rules.Finding, shown func(string) string) string {
	key, of := excepted(f, shown)
	return fmt.Sprintf("{rule: %s, %s: %q, reason: %q}", f.Rule, key, of, Placeholder)
}

// ExceptionFields are the same by their keys.
func ExceptionFields(f rules.Finding, shown func(string) string) map[string]any {
	key, of := excepted(f, shown)
	return map[string]any{"rule": f.Rule, key: of, "reason": Placeholder}
}

// excepted is what an exception for a finding is about.
func excepted(f rules.Finding, shown func(string) string) (key, of string) {
	if f.Service.Name == "" {
		return "at", shown(f.At)
	}
	return "service", f.Service.Name
}

// elsewhere says why there is no ignore for a finding, and what to write instead.
func elsewhere(why string, f rules.Finding, shown func(string) string) string {
	return fmt.Sprintf("%s: add %s to the exceptions in .composelint.yaml", why, ExceptionFor(f, shown))
}

// file is that of a path.
func (a *adder) file(p *Judged, name string) *annotated {
	if file := a.files[name]; file != nil {
		return file
	}
	file := &annotated{remarks: map[int]*remark{}, comments: map[model.Location]yamltree.Comment{}, shown: p.shown}
	a.files[name] = file
	of := p.Sources.Files[name]
	switch {
	case of == nil:
		file.fault = "it has no place in a Compose file"
		return file
	case !of.Compose:
		file.fault = "ignores are added to Compose files alone"
		return file
	case path.Ext(name) == ".json" || json.Valid(bytes.TrimPrefix(of.Text, []byte("\ufeff"))):
		file.fault = "JSON has no comments"
		return file
	}
	file.source = yamltree.NewSource(of)
	docs, problems, fatal := yamltree.Parse(file.source)
	if fatal != nil {
		file.fault = "the file cannot be read"
		return file
	}
	comments := yamltree.Comments(file.source, docs)
	for _, c := range comments {
		file.comments[c.Span.Location()] = c
	}
	file.docs, file.problems, file.rooms = docs, len(problems), yamltree.NewRooms(file.source, docs, comments)
	file.ignores = ignoresOf(of, p.Sources.Directives[name], p.Catalogue)
	return file
}

// declaredAt are the nodes that a project declares at a line.
func (a *adder) declaredAt(p *Judged, file string, line int) []string {
	if a.declared[p] == nil {
		a.declared[p] = p.declared()
	}
	return a.declared[p][lineOf(file, line)]
}

// beside is the service, or else the node, of a finding that is not to be accepted and that an ignore
// for the given one would be for as well, empty where there is none. Those about the same service are
// nobody's business: an ignore at the service is for all that is in it.
func (a *adder) beside(f rules.Finding, at yamltree.Room, file *model.File) string {
	for _, p := range a.projects {
		for _, other := range p.Others {
			if other.Rule != f.Rule || other.Service.Name != "" && other.Service.Name == f.Service.Name || other.At == f.At {
				continue
			}
			e := &excuse{file: file, first: at.First, last: at.Last, nodes: a.declaredAt(p.Judged, file.Path, at.First)}
			if e.matches(other, p.Judged) {
				return cmp.Or(other.Service.Name, p.shown(other.At))
			}
		}
	}
	return ""
}

// remark adds a finding to what is said at a place.
func (f *annotated) remark(r *remark, of rules.Finding) {
	if known := f.remarks[r.at.Offset]; known != nil {
		r = known
	}
	f.remarks[r.at.Offset] = r
	r.findings = append(r.findings, of)
	if !slices.Contains(r.rules, of.Rule) {
		r.rules = append(r.rules, of.Rule)
		slices.Sort(r.rules)
	}
}

// harmless are those of the remarks with which the file says the same as without them.
func (f *annotated) harmless(remarks []*remark) []*remark {
	switch {
	case len(remarks) == 0 || f.same(f.with(remarks)):
		return remarks
	case len(remarks) == 1:
		return nil
	}
	half := len(remarks) / 2
	return slices.Concat(f.harmless(remarks[:half]), f.harmless(remarks[half:]))
}

// same is true for a text with the values of the file.
func (f *annotated) same(text []byte) bool {
	docs, problems, fatal := yamltree.Parse(yamltree.NewSource(&model.File{Path: f.source.Path, Text: text}))
	return fatal == nil && len(problems) == f.problems && slices.EqualFunc(docs, f.docs, func(a, b *yamltree.Node) bool {
		return fmt.Sprintf("%#v", a.Plain()) == fmt.Sprintf("%#v", b.Plain()) // .nan is nothing that equals itself
	})
}

// moved is a place of the file with what is added to it, of which some are lines of their own.
func (f *annotated) moved(at model.Location) model.Location {
	if f == nil {
		return at // of a file to which nothing is added
	}
	lines := 0
	for _, r := range f.added {
		if r.at.After != "" && r.at.First <= at.Start.Line {
			lines++
		}
	}
	at.Start.Line += lines
	at.End.Line += lines
	return at
}

// with is the text of the file with remarks, which are in its order.
func (f *annotated) with(remarks []*remark) []byte {
	var text bytes.Buffer
	done := 0
	put := func(offset int, what string) {
		text.Write(f.source.Text[done:offset])
		text.WriteString(what)
		done = offset
	}
	for _, r := range remarks {
		if r.extends == nil {
			put(r.at.Offset, r.at.Before+"# "+newIgnore(r.rules)+r.at.After)
			continue
		}
		start := r.extends.Span.Start
		for _, i := range extended(string(f.source.Text[start:r.extends.Span.End]), r.rules) {
			put(start+i.at, i.text)
		}
	}
	put(len(f.source.Text), "")
	return text.Bytes()
}
