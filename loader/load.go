// Package loader turns Compose files into the model, exactly as docker compose would
// read them, and remembers where every value stands.
//
// It drives the functions of compose-go step by step, and after each one gives the values
// their places back (provenance.go). The way of a file: read.go and yamltree make the tree;
// interpolate.go replaces the variables; steps.go merges, and brings it into the long
// form; schema.go and check.go report what docker compose would refuse; project.go and its
// neighbours write the model.
package loader

import (
	"context"
	"fmt"
	"io"
	"path/filepath"

	"github.com/sirupsen/logrus"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// Options say which project to load.
type Options struct {
	// Files are merged in order, later ones over earlier ones.
	Files []string
	// EnvFiles replace the .env file beside the project.
	EnvFiles []string
	// ProjectDirectory is where relative paths start: by default, the first file's.
	ProjectDirectory string
	// ProcessEnvironment lets the process's own environment variables take part.
	ProcessEnvironment bool
}

// directory is the project's.
func (o Options) directory() string {
	if o.ProjectDirectory != "" {
		return o.ProjectDirectory
	}
	return filepath.Dir(o.Files[0])
}

// Result is a loaded project.
type Result struct {
	Project  model.Project
	Problems []model.Problem
	Unknown  []model.Unknown
	Sources  *model.Sources
	// Incomplete is true when a part of the project could not be read at all, so that the
	// findings are not all there are.
	Incomplete bool
}

// Input is what the policies see of the project, given the rules to evaluate.
func (r *Result) Input(enabled []string, strict bool) model.Input {
	return model.Input{
		Project: r.Project, Problems: r.Problems, Unknown: r.Unknown,
		Config: model.Config{Enabled: enabled, Strict: strict},
	}
}

func init() {
	// compose-go warns through the global logger, about variables above all; what matters
	// of it becomes a finding.
	logrus.SetOutput(io.Discard)
}

// loading is the state of one Load.
type loading struct {
	sources *model.Sources
	env     map[string]string
	// unset stands in the tree for a variable that nobody set.
	unset      func(name string) string
	problems   []problem
	incomplete bool
}

// problem is what docker compose would refuse at a place.
type problem struct {
	at, message string
	node        *yamltree.Node
}

func newLoading() *loading {
	return &loading{sources: model.NewSources(), unset: placeholder}
}

// Load reads a project. What docker compose would refuse is among the problems and the
// rest is loaded; the error is about a file that cannot be read.
func Load(ctx context.Context, o Options) (*Result, error) {
	go func() { _, _ = composeSchema() }() // compiling it takes longer than reading
	if len(o.Files) == 0 {
		return nil, fmt.Errorf("no compose file to load")
	}
	l := newLoading()
	var documents []*yamltree.Node
	for _, file := range o.Files {
		parsed, err := l.parse(file)
		if err != nil {
			return nil, err
		}
		documents = append(documents, parsed...)
	}
	if err := l.readEnvironment(o, documents); err != nil {
		return nil, err
	}
	root := &yamltree.Node{Kind: yamltree.Mapping}
	for _, document := range documents {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		var err error
		if root, err = l.merge(root, document); err != nil {
			return nil, err
		}
	}
	root = validateStep.run(root, nil, l.report)
	return l.result(root), nil
}

// parse reads the documents of a file. A file that is not YAML, or not a mapping, is a
// problem, and the result is incomplete.
func (l *loading) parse(path string) ([]*yamltree.Node, error) {
	text, err := readFile(path)
	if err != nil {
		return nil, err
	}
	source := l.source(path, text)
	parsed, problems, fatal := yamltree.Parse(source)
	if fatal != nil {
		l.refuse(fatal.Span, fatal.Message)
	}
	for _, p := range problems {
		l.report(&yamltree.Node{Span: p.Span}, fileKey(source), p.Message)
	}
	var documents []*yamltree.Node
	for _, document := range parsed {
		hideSecrets(document)
		if document.Kind != yamltree.Mapping {
			l.refuse(document.Span, "the file must be a mapping with services")
			continue
		}
		documents = append(documents, document)
	}
	if len(parsed) == 0 && fatal == nil {
		l.refuse(yamltree.Span{Source: source}, "the file is empty")
	}
	return documents, nil
}

// refuse records that a file, or a document of it, could not be read at all.
func (l *loading) refuse(at yamltree.Span, message string) {
	l.incomplete = true
	l.report(&yamltree.Node{Span: at}, fileKey(at.Source), message)
}

// fileKey is the place of what is wrong with a file rather than with the project.
func fileKey(source *yamltree.Source) keyPath { return keyPath{"file", source.Path} }

// merge puts one document over root, in the order of compose-go's loadYamlFile.
func (l *loading) merge(root, document *yamltree.Node) (*yamltree.Node, error) {
	in := &interpolator{lookup: l.lookup, unset: l.unset, report: l.report}
	document = in.document(document)
	promote(document, l.report)
	root = mergeStep.run(root, document, l.report)
	root = uniqueStep.run(root, nil, l.report)
	root, err := fitSchema(root, l.report)
	if err != nil {
		return nil, err
	}
	root = without(root, []string{"version"}) // obsolete, and ignored by Compose
	root = canonicalStep.run(root, nil, l.report)
	return uniqueStep.run(root, nil, l.report), nil
}

func (l *loading) lookup(name string) (string, bool) {
	value, ok := l.env[name]
	return value, ok
}

// placeholder stands for a variable that is not set, so that the value around it can
// still be taken apart.
func placeholder(name string) string { return "__UNSET_" + name + "__" }

// report records what docker compose would refuse at a place.
func (l *loading) report(n *yamltree.Node, p keyPath, message string) {
	l.problems = append(l.problems, problem{at: p.at(), message: message, node: n})
}
