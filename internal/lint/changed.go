package lint

import (
	"maps"
	"path"
	"path/filepath"
	"slices"

	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
)

// changed are files by their paths, of which somebody wants to know what they do to the projects that
// they are part of.
type changed map[string]bool

func changedFiles(names []string) changed {
	c := changed{}
	for _, name := range names {
		c[filepath.ToSlash(filepath.Clean(name))] = true
	}
	return c
}

// concerns is true for a project that one of the files is part of.
func (c changed) concerns(h history) bool {
	has := func(name string) bool { return c[filepath.ToSlash(filepath.Clean(name))] }
	return has(h.configuration) || slices.ContainsFunc(h.Files, has) || slices.ContainsFunc(h.read, has)
}

// changedOnly are the outcomes of the projects that the files are part of.
func changedOnly[T any](c changed, all []outcome[T]) []outcome[T] {
	return slices.DeleteFunc(all, func(o outcome[T]) bool { return !c.concerns(o.history) })
}

// tells is true for a finding that one of the files has to do with: one of its places is there. An env
// file and a configuration have to do with all of a project.
func (c changed) tells(f rules.Finding, p *Judged) bool {
	reaching := p.configuration != nil && c[p.configuration.Path]
	for file := range maps.Keys(p.Sources.Files) {
		if ending := path.Ext(file); c[file] && ending != ".yaml" && ending != ".yml" {
			reaching = true
		}
	}
	return reaching || slices.ContainsFunc(placesOf(f), func(at model.Location) bool { return c[at.File] })
}

// placesOf are all places of a finding: its own, that of its service, those beside it and on its path.
func placesOf(f rules.Finding) []model.Location {
	places := []model.Location{f.Location, f.Service.Location}
	for _, related := range slices.Concat(f.Related, f.Path) {
		places = append(places, related.Location)
	}
	return places
}

// leave leaves of the findings those that are to be told, and counts the others.
func (t *Triaged) leave(told func(rules.Finding, *Judged) bool) {
	for _, p := range t.projects {
		all := len(p.judged.Findings)
		p.judged.Findings = slices.DeleteFunc(p.judged.Findings, func(f rules.Finding) bool { return !told(f, p) })
		t.elsewhere += all - len(p.judged.Findings)
	}
}
