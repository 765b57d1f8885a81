// Package triage decides which findings count: what excuses them (ignores, exceptions, a
// baseline), what severity they have, which are the same.
package triage

import (
	"strings"

	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/catalogue"
	"github.com/composelint/composelint/rules/config"
)

// Judged is a project with what the policies find in it.
type Judged struct {
	Catalogue catalogue.Catalogue
	Project   model.Project
	Sources   *model.Sources
	// Choice is what ran.
	Choice catalogue.Choice
	// Exceptions are those of its configuration.
	Exceptions []config.Exception
	// Mask takes the secrets out of what a baseline says. It may be nil.
	Mask func(string) string
	// Partial is true where some of the project was not looked at: what an ignore is for may
	// be there.
	Partial bool
	// Findings are those that count, Suppressed those that something excuses. Both are in
	// order.
	Findings, Suppressed []rules.Finding
}

// shown is a text without secrets.
func (p *Judged) shown(text string) string {
	if p.Mask == nil {
		return text
	}
	return p.Mask(text)
}

// containers are the nodes of a service: its own, and those of its hooks.
func (p *Judged) containers(service string) []string {
	var ats []string
	for _, s := range p.Project.Services {
		if s.Name == service || s.Owner == service {
			ats = append(ats, s.At)
		}
	}
	return ats
}

// uri is the path of a file relative to the root of the repository.
func (p *Judged) uri(file string) string { return model.URIOf(p.Sources.Files, file) }

// files are the paths of all of its files.
func (p *Judged) files() []string {
	var uris []string
	for file := range p.Sources.Files {
		uris = append(uris, p.uri(file))
	}
	return uris
}

// within is true for a node of the model and for what is part of it.
func within(at, node string) bool {
	rest, ok := strings.CutPrefix(at, node)
	return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
}
