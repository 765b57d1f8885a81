package lint

import (
	"path"
	"slices"

	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
)

// paths are those of files, as locations write them.
type paths map[string]bool

func asPaths(names []string) paths {
	p := paths{}
	for _, name := range names {
		p[loader.Shown(name)] = true
	}
	return p
}

// has is true for a file, however its path is written.
func (p paths) has(name string) bool { return p[loader.Shown(name)] }

// changedOnly are the outcomes of the projects that one of the files is part of.
func changedOnly[T any](changed paths, all []outcome[T]) []outcome[T] {
	return slices.DeleteFunc(all, func(o outcome[T]) bool {
		return !changed.has(o.configuration) && !slices.ContainsFunc(o.Files, changed.has) && !slices.ContainsFunc(o.read, changed.has)
	})
}

// Narrow leaves of the findings those that the files which changed have to do with, and those on the
// lines that the patch adds. A baseline, which is about all of them, has to come before.
func (t *Triaged) Narrow() error {
	if t.options.Changed != nil {
		changed := asPaths(t.options.Changed)
		t.leave(func(p *Judged) func(rules.Finding) bool { return changed.concerning(p) })
	}
	if t.options.NewFromPatch == "" {
		return nil
	}
	added, err := readPatch(t.options.Load, t.options.NewFromPatch)
	if err != nil {
		return err
	}
	t.leave(func(p *Judged) func(rules.Finding) bool {
		return func(f rules.Finding) bool { return added.touches(f, p.Sources.Files) }
	})
	return nil
}

// leave leaves of the findings of each project those that are to be told, and counts the others.
func (t *Triaged) leave(toldOf func(*Judged) func(rules.Finding) bool) {
	for _, p := range t.projects {
		all, told := len(p.judged.Findings), toldOf(p)
		p.judged.Findings = slices.DeleteFunc(p.judged.Findings, func(f rules.Finding) bool { return !told(f) })
		t.elsewhere += all - len(p.judged.Findings)
	}
}

// concerning tells which findings of a project one of the files has to do with: one of their places is
// there. An env file and a configuration have to do with all.
func (p paths) concerning(project *Judged) func(rules.Finding) bool {
	all := project.configuration != nil && p[project.configuration.Path]
	for file := range project.Sources.Files {
		if ending := path.Ext(file); p[file] && ending != ".yaml" && ending != ".yml" {
			all = true
		}
	}
	return func(f rules.Finding) bool {
		return all || slices.ContainsFunc(placesOf(f), func(at model.Location) bool { return p[at.File] })
	}
}

// placesOf are all places of a finding: its own, that of its service, those beside it and on its path.
func placesOf(f rules.Finding) []model.Location {
	places := []model.Location{f.Location, f.Service.Location}
	for _, related := range slices.Concat(f.Related, f.Path) {
		places = append(places, related.Location)
	}
	return places
}
