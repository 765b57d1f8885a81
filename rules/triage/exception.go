package rules

import (
	"path"
	"slices"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// Exception is an entry of the configuration that excuses findings of a rule. It is for those
// that fit all that it names.
type Exception struct {
	Suppression
	Rule string
	// File is where they stand, relative to the root of the repository.
	File string
	// Service and At are what they are about, or what they are part of.
	Service, At string
	// in is the configuration.
	in *model.File
}

func exceptionsOf(n *yamltree.Node, file *model.File) []Exception {
	var all []Exception
	if n == nil {
		return nil
	}
	for _, item := range n.Items {
		e := Exception{
			Suppression: Suppression{
				Kind: "exception", Reason: textOf(item.Field("reason")), Expires: textOf(item.Field("expires")),
				Owner: textOf(item.Field("owner")), Location: item.Place().Location(),
			},
			Rule: textOf(item.Field("rule")), File: textOf(item.Field("file")),
			Service: textOf(item.Field("service")), At: textOf(item.Field("at")), in: file,
		}
		if e.File != "" {
			e.File = path.Join(path.Dir(file.URI), e.File)
		}
		all = append(all, e)
	}
	return all
}

// concerns is true for a project that has what the exception names, so that it can be for
// something in it. One configuration serves several projects.
func (e *Exception) concerns(p *Judged) bool {
	if e.File != "" && !slices.ContainsFunc(p.files(), func(uri string) bool { return uri == e.File }) {
		return false
	}
	if e.Service != "" && len(p.containers(e.Service)) == 0 {
		return e.beside(p)
	}
	if _, ok := p.Sources.Locate(e.At, ""); e.At == "" || ok {
		return true
	}
	// What is gone from a service is still the service's matter.
	return slices.ContainsFunc(p.Project.Services, func(s model.Service) bool { return within(e.At, s.At) })
}

// beside is true for a project in the directory of the configuration. One further down may
// be any of several, of which another has what the exception names.
func (e *Exception) beside(p *Judged) bool {
	return e.File == "" && slices.ContainsFunc(p.files(), func(uri string) bool { return path.Dir(uri) == path.Dir(e.in.URI) })
}

// matches is true for a finding that the exception is for.
func (e *Exception) matches(f Finding, p *Judged) bool {
	if e.File != "" && p.uri(f.Location.File) != e.File {
		return false
	}
	if e.Service != "" && !slices.ContainsFunc(p.containers(e.Service), func(at string) bool { return within(f.At, at) }) {
		return false
	}
	return e.At == "" || within(f.At, e.At)
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
func (p *Judged) uri(file string) string {
	if f := p.Sources.Files[file]; f != nil && f.URI != "" {
		return f.URI
	}
	return file
}

func (p *Judged) files() []string {
	var uris []string
	for file := range p.Sources.Files {
		uris = append(uris, p.uri(file))
	}
	return uris
}
