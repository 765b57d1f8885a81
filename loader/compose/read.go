package compose

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/composelint/composelint/loader/files"
	"github.com/composelint/composelint/loader/schema"
	"github.com/composelint/composelint/loader/secret"
	"github.com/composelint/composelint/loader/template"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// reader reads the files of a project, each once.
type reader struct {
	*Problems
	root    files.Root
	sources *model.Sources
	// known are the secrets that were found so far.
	known *secret.Known
	// texts are those of files that need not be read, parsed the documents of the files read so
	// far, both by absolute path.
	texts  map[string][]byte
	parsed map[string]parsed
	// standIn stands in the tree for a variable that is not known; anyUnknown is true where it does.
	standIn    func(name string) string
	anyUnknown bool
	// whole and assume are those of template.Environment, choices the variables of which it is not
	// known which of two ways a value goes.
	whole   bool
	assume  template.Assumption
	choices map[string]bool
	// said are the subjects of what was said once.
	said map[string]bool
	// start is the directory of the project, where PWD leads.
	start string
	// assumed are the variables that every process has, where something stands for their values.
	assumed map[string]bool
	// preset are the profiles that an env file enables, nil where none does.
	preset *yamltree.Node
	// bytesRead is the size of the files that were read.
	bytesRead int
	// slips are what the files seem to say and do not.
	slips []Slip
}

func newReader(root files.Root, o Options, sources *model.Sources, problems *Problems) *reader {
	r := &reader{
		Problems: problems, root: root, sources: sources, known: o.secrets(), texts: map[string][]byte{}, parsed: map[string]parsed{},
		standIn: o.StandIn, whole: o.IsWhole(), assume: o.Assume, choices: map[string]bool{}, assumed: map[string]bool{}, said: map[string]bool{},
	}
	if r.standIn == nil {
		r.standIn = func(name string) string { return standInStart + name + "__" }
	}
	for file, text := range o.Texts {
		r.texts[files.Absolute(file)] = text
	}
	return r
}

// environment is what templates are interpolated with, given what finds variables.
func (r *reader) environment(lookup template.Lookup) template.Environment {
	return template.Environment{
		Lookup: lookup, StandIn: r.unknown, Whole: r.whole, Assume: r.assume, Chose: func(name string) { r.choices[name] = true },
	}
}

// unknown is the stand-in for a variable that is not known.
func (r *reader) unknown(name string) string {
	r.anyUnknown = true
	return r.standIn(name)
}

// requires notes a variable without which not all can be read.
func (r *reader) requires(v UnknownValue) { r.Unknown = append(r.Unknown, v) }

// nameUnknown notes a path that is not known, and is true for one.
func (r *reader) nameUnknown(path *yamltree.Node, at yamltree.Path) bool {
	if path.Unknown() {
		r.requires(UnknownValue{At: at.At(), Node: path, Variable: template.ValueOf(path).Unknown[0]})
	}
	return path.Unknown()
}

// parsed is what a file was read as.
type parsed struct {
	composeFile
	err error
}

// maxFiles bounds the number of files of a project.
const maxFiles = 1000

// maxProblems bounds how many duplicate keys and the like are listed of a file.
const maxProblems = 100

// parse reads the documents of a file, once. A file that is not YAML, or not a mapping, is
// a problem, and the result is incomplete.
func (r *reader) parse(path string) (composeFile, error) {
	key := files.Absolute(path)
	if p, ok := r.parsed[key]; ok {
		p.path = path
		return p.composeFile, p.err
	}
	if len(r.parsed) >= maxFiles {
		return composeFile{}, fmt.Errorf("could not read %q: the project has more files than the limit of %d", files.Shown(path), maxFiles)
	}
	text, err := r.read(path)
	if err != nil {
		r.parsed[key] = parsed{err: err}
		return composeFile{}, err
	}
	file := composeFile{path: path}
	source := r.source(path, yamltree.UTF8(text))
	source.Compose = true
	file.documents, file.partial = r.parseText(source)
	r.parsed[key] = parsed{composeFile: file}
	return file, nil
}

// read is the text of a file.
func (r *reader) read(path string) ([]byte, error) {
	if text, inHand := r.texts[files.Absolute(path)]; inHand {
		return text, files.Limited(path, text)
	}
	return files.Read(path)
}

// named refuses a file of the options that is a link out of its own root.
func (r *reader) named(path string) error {
	if _, inHand := r.texts[files.Absolute(path)]; inHand {
		return nil
	}
	return r.root.Named(path)
}

// parseText reads the documents of a text. partial is true where it has more than could be read.
func (r *reader) parseText(source *yamltree.Source) (documents []*yamltree.Node, partial bool) {
	all, problems, fatal := yamltree.Parse(source)
	if fatal != nil || len(problems) > 0 {
		if action := templateAction().FindIndex(source.Text); action != nil {
			r.known.HideUnreadable(source, schema.IsName)
			r.Refuse(yamltree.Span{Source: source, Start: action[1] - len("{{"), End: len(source.Text)}.FirstLine(), "the file seems to be a template, of Helm or Ansible or the like: judge what is made of it")
			return nil, true
		}
	}
	if fatal != nil {
		message := fatal.Message
		if r.known.HideUnreadable(source, schema.IsName) {
			message = secret.Unquoted(message)
		}
		r.Refuse(fatal.Span, message)
	}
	for _, p := range problems[:min(len(problems), maxProblems)] {
		r.reportText(source, p)
	}
	for _, p := range problems {
		if p.Lost != nil { // it is no part of the tree
			r.known.HideUnder(p.Key, p.Lost)
		}
	}
	if more := len(problems) - maxProblems; more > 0 {
		r.Report(&yamltree.Node{Span: problems[maxProblems].Span}, fileKey(source), fmt.Sprintf("from here on there are %d more of such problems", more))
	}
	if fatal != nil || len(problems) > 0 {
		r.known.HideInText(source) // the tree lacks some of it
	}
	if fatal == nil {
		r.direct(source, func() []yamltree.Comment { return yamltree.Comments(source, all) })
	}
	ofOthers := map[string]bool{}
	for _, document := range all {
		r.known.Hide(document)
		if document.Kind != yamltree.Mapping {
			r.Refuse(document.Span, "the file must be a mapping with services")
			partial = true
			continue
		}
		if kind := otherKind(document); kind != "" {
			if !ofOthers[kind] {
				r.Report(&yamltree.Node{Span: document.Span.FirstLine()}, fileKey(source), "this is no Compose file: it seems to be "+kind)
			}
			ofOthers[kind], partial = true, true
			continue
		}
		r.misspeltTags(document)
		documents = append(documents, document)
	}
	if len(all) == 0 && fatal == nil {
		// Only a project that is empty altogether is refused.
		documents = append(documents, &yamltree.Node{Kind: yamltree.Mapping, Span: yamltree.Span{Source: source}})
	}
	return documents, partial || fatal != nil
}

// direct hands over the comments of a file that are for composelint. It asks for the comments only
// where there may be one: nearly no file has any.
func (r *reader) direct(source *yamltree.Source, comments func() []yamltree.Comment) {
	if !bytes.Contains(source.Text, []byte(model.Directive)) {
		return
	}
	var directives []model.Comment
	for _, c := range comments() {
		if strings.HasPrefix(c.Text(), model.Directive) {
			directives = append(directives, model.Comment{Text: maskedReason(c.Text()), Location: c.Span.Location(), First: c.First, Last: c.Last})
		}
	}
	if len(directives) > 0 {
		r.sources.Directives[source.Path] = directives
	}
}

// maskedReason is a directive without what its reason gives away.
func maskedReason(text string) string {
	directive, reason, found := strings.Cut(text, " -- ")
	if !found {
		return secret.MaskProse(text)
	}
	return secret.MaskProse(directive) + " -- " + secret.MaskProse(reason)
}

// referred reads a file that another one names: path is the token, at its place, key the
// attribute, directory where it starts. It is nil, and the reason reported, where the file
// cannot be read.
func (r *reader) referred(path *yamltree.Node, at yamltree.Path, key, directory string) *composeFile {
	name, ok := path.Scalar().(string)
	switch {
	case !ok || name == "":
		r.Report(path, at, fmt.Sprintf("%q needs the path of a file", key))
		return nil
	case path.Unknown() && !r.whole: // where the project runs, somebody sets it
		r.nameUnknown(path, at)
		return nil
	case path.Unknown():
		name := template.ValueOf(path).Unknown[0].Name
		r.once(at, "$"+name, func() {
			r.refuseAt(path, at, fmt.Sprintf("the file that %q names depends on the variable %q, which is not set: what it says was not judged", key, name))
		})
		return nil
	case isRemote(name):
		r.refuseAt(path, at, fmt.Sprintf("%q is on the network, which composelint does not use: what it defines was not judged", name))
		return nil
	}
	file := files.Join(directory, name)
	var read composeFile
	err := r.root.Inside(file)
	if err == nil {
		read, err = r.parse(file)
	}
	if errors.Is(err, fs.ErrNotExist) {
		r.once(at, err.Error(), func() { r.Report(path, at, err.Error()) }) // there is nothing that was not seen
		return nil
	}
	if err != nil {
		r.once(at, err.Error(), func() { r.refuseAt(path, at, err.Error()) })
		return nil
	}
	return &read
}

// once says of a place what has not been said of another about the same subject.
func (r *reader) once(at yamltree.Path, subject string, say func()) {
	if r.said[subject] {
		r.Repeated = append(r.Repeated, at.At())
		return
	}
	r.said[subject] = true
	say()
}

// source makes the positions of a file that was read.
func (r *reader) source(path string, text []byte) *yamltree.Source {
	file := r.root.File(path, text)
	r.bytesRead += len(text)
	r.sources.Files[file.Path] = file
	source := yamltree.NewSource(file)
	source.Order, source.Outside = len(r.sources.Files), r.root.Outside(path)
	r.known.HideInComments(source)
	return source
}
