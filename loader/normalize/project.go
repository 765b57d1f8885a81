// Package normalize writes the model of a project from its merged tree: one spelling for each thing,
// and the defaults filled in.
package normalize

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/composelint/composelint/loader/address"
	"github.com/composelint/composelint/loader/compose"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// Result is the model of a project, but for what follows from how its containers are connected.
type Result struct {
	Project  model.Project
	Problems []model.Problem
	Unknown  []model.Unknown
	Missing  []model.MissingFile
}

// Options say how the project is run.
type Options struct {
	// Profiles enable some services, or all if there are none.
	Profiles []string
	// Swarm takes the project for one of docker stack deploy.
	Swarm bool
	// Daemon is the configuration of the engine, nil where it is not known.
	Daemon *model.Daemon
}

// Project writes the model of a project. Sources get the places of its nodes, and problems what is beyond a
// limit.
func Project(of compose.Project, problems *compose.Problems, o Options, sources *model.Sources) Result {
	w := newWriter(of, sources)
	w.engine = engine{o.Daemon, o.Swarm}
	w.lacksDotEnv = slices.ContainsFunc(problems.Missing, func(f compose.MissingFile) bool {
		return f.Kind == "env_file" && path.Clean(f.Node.String()) == ".env"
	})
	p := &project{of: of, problems: problems, profiles: o.Profiles, nodes: map[string]*yamltree.Node{}, byName: map[string]int{}, containerOf: map[string]string{}}
	p.write(w)
	// Problems are placed last: a node of the model keeps its place.
	refused := problemsOf(w, problems.All)
	missing := missingFiles(w, problems.Missing)
	if of.AnyUnknown {
		unresolved(w)
	}
	unread(w, problems.Unknown)
	return Result{Project: p.Project, Problems: refused, Unknown: append([]model.Unknown{}, w.unknown...), Missing: missing}
}

// project is the model as far as it is written, with what its parts are found by.
type project struct {
	model.Project
	of       compose.Project
	problems *compose.Problems
	// profiles are those asked for.
	profiles []string
	// nodes are those of the services and jobs, by their names in the model, byName their
	// indexes.
	nodes  map[string]*yamltree.Node
	byName map[string]int
	// containerOf are the services and jobs that state the name of their container, by that
	// name.
	containerOf map[string]string
}

func (p *project) write(w *writer) {
	p.Project = model.Project{
		Name:     w.root.Field("name").String(),
		Services: []model.Service{}, Networks: []model.Network{}, Volumes: volumes(w),
		Secrets: secrets(w), Configs: configs(w), Models: models(w),
		Overrides: []model.Override{}, Slips: []model.Slip{}, Unused: []model.Definition{},
	}
	for _, o := range p.of.Overrides {
		at := w.mark("include.overrides["+yamltree.Path{o.Section, o.Name}.At()+"]", o.Definition)
		p.Overrides = append(p.Overrides, model.Override{At: at, Section: o.Section, Name: o.Name})
	}
	for _, s := range p.of.Slips {
		p.Slips = append(p.Slips, model.Slip{At: w.mark("slips["+s.Text+"]", s.Node), Kind: s.Kind, Text: s.Text, Means: s.Means})
	}
	for _, section := range compose.ContainerSections {
		p.addServices(w, section)
	}
	p.Networks = networks(w, p)
	if !p.problems.Incomplete && len(p.of.Partial) == 0 {
		p.Unused = unused(w)
	}
	p.volumesFrom(w)
	p.addHooks(w)
}

// find returns the service or job of that name, or nil.
func (p *project) find(name string) *model.Service {
	i, ok := p.byName[name]
	if !ok {
		return nil
	}
	return &p.Services[i]
}

// ofContainer is the service or job whose container has that name, which it states or Compose made
// of it; else empty.
func (p *project) ofContainer(name string) string {
	return cmp.Or(p.containerOf[name], address.ServiceOfContainer(name, func(service string) bool {
		s := p.find(service)
		return s != nil && s.ContainerName != nil && *s.ContainerName == ""
	}))
}

// missingFiles are the files that are not here, marked.
func missingFiles(w *writer, files []compose.MissingFile) []model.MissingFile {
	all := []model.MissingFile{}
	for _, f := range files {
		all = append(all, model.MissingFile{At: w.mark(f.At, f.Node.Alone()), Kind: f.Kind, File: f.File, URI: f.URI, Elsewhere: f.Elsewhere})
	}
	return all
}

// problemsOf are the problems in their one order, marked.
func problemsOf(w *writer, problems []compose.Problem) []model.Problem {
	slices.SortStableFunc(problems, func(a, b compose.Problem) int {
		return cmp.Or(strings.Compare(a.At, b.At), strings.Compare(a.Message, b.Message))
	})
	all := []model.Problem{}
	for _, p := range problems {
		stage := "load"
		if p.Creation {
			stage = "create"
		}
		all = append(all, model.Problem{
			At: w.mark(p.At, p.Node.Alone()), Message: p.Message, Stage: stage, Meant: meant(p.Message), Undefined: undefined(p.Message),
		})
	}
	return all
}
