package triage

import (
	"path"
	"slices"
	"strings"

	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/config"
)

// concerns is true for a project that has what the exception names, so that it can be for
// something in it. One configuration serves several projects.
func concerns(e *config.Exception, p *Judged) bool {
	if e.File != "" && !slices.Contains(p.files(), e.File) {
		return false
	}
	if e.Service != "" && len(p.containers(e.Service)) == 0 {
		return beside(e, p)
	}
	if _, ok := p.Sources.Locate(e.At, ""); e.At == "" || ok {
		return true
	}
	// What is gone from a service is still the service's matter.
	return slices.ContainsFunc(p.Project.Services, func(s model.Service) bool { return within(e.At, s.At) })
}

// beside is true for a project in the directory of the configuration. One further down may
// be any of several, of which another has what the exception names.
func beside(e *config.Exception, p *Judged) bool {
	return e.File == "" && slices.ContainsFunc(p.files(), func(uri string) bool { return path.Dir(uri) == path.Dir(e.Configuration.URI) })
}

// excepts is true for a finding that the exception is for.
func excepts(e *config.Exception, f rules.Finding, p *Judged) bool {
	if e.File != "" && p.uri(f.Location.File) != e.File {
		return false
	}
	if e.Service != "" && !slices.ContainsFunc(p.containers(e.Service), func(at string) bool { return within(f.At, at) }) {
		return false
	}
	return e.At == "" || within(f.At, e.At) || strings.Contains(e.At, "*") && within(p.shown(f.At), e.At) // as reports show it, with stars
}

// exceptionFor is what excuses the findings that an exception is for.
func exceptionFor(e *config.Exception) *excuse {
	return &excuse{
		Suppression: rules.Suppression{Kind: "exception", Reason: e.Reason, Expires: e.Expires, Owner: e.Owner, Location: e.Location},
		rules:       []string{e.Rule}, file: e.Configuration, exception: e,
	}
}
