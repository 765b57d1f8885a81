package lsp

import (
	"reflect"
	"slices"

	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/report"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/severity"
)

// source is what diagnostics are said to come from.
const source = "composelint"

// diagnose makes the diagnostics of what was found in a project, by the absolute paths of its files.
func (s *server) diagnose(j *judgement) {
	for _, f := range j.report.Findings {
		path := loader.Absolute(f.Location.File)
		j.diagnostics[path] = append(j.diagnostics[path], s.diagnosticOf(j, f))
	}
	for _, err := range j.errors {
		at, message, ok := report.TroubleAt(err.Error())
		if !ok {
			at.File = j.Files[0]
			at.Start = model.Position{Line: 1, Column: 1}
			at.End = at.Start
		}
		path := loader.Absolute(at.File)
		d := diagnostic{Severity: severityError, Code: report.NotJudged, Source: source, Message: report.Shown(message)}
		if t := j.textOf(at.File); t != nil {
			d.Range = t.rangeOf(at)
		}
		j.diagnostics[path] = append(j.diagnostics[path], d)
	}
}

func (s *server) diagnosticOf(j *judgement, f rules.Finding) diagnostic {
	d := diagnostic{Code: f.Rule, Source: source, Message: report.Shown(f.Message), Severity: severityOf(f.Severity)}
	if rule, ok := j.report.Rules.Find(f.Rule); ok {
		if page := rule.HelpURI(); page != "" {
			d.CodeDescription = &codeDescription{page}
		}
		d.Tags = tagsOf(rule.Tags)
	}
	if t := j.textOf(f.Location.File); t != nil {
		d.Range = t.rangeOf(f.Location)
	}
	if !s.params.Capabilities.TextDocument.PublishDiagnostics.RelatedInformation {
		return d
	}
	for _, r := range slices.Concat(f.Related, f.Path) {
		if t := j.textOf(r.Location.File); t != nil {
			d.RelatedInformation = append(d.RelatedInformation, relatedInformation{location{j.uriOf(r.Location.File), t.rangeOf(r.Location)}, report.Shown(r.Label)})
		}
	}
	return d
}

func severityOf(s severity.Severity) int {
	switch s {
	case severity.Error:
		return severityError
	case severity.Warning:
		return severityWarning
	}
	return severityInformation
}

// tagsOf are those of the protocol among the tags of a rule.
func tagsOf(tags []string) (all []int) {
	if slices.Contains(tags, "unnecessary") {
		all = append(all, tagUnnecessary)
	}
	if slices.Contains(tags, "deprecated") {
		all = append(all, tagDeprecated)
	}
	return all
}

// uriOf is the URI of a file by the path that places have, as the client writes that of an open one.
func (j *judgement) uriOf(path string) string {
	if d := j.documents[loader.Absolute(path)]; d != nil {
		return d.uri
	}
	return uriOf(loader.Absolute(path))
}

// publish tells the client of what has changed in the diagnostics of all projects.
func (s *server) publish() {
	s.sending.Lock()
	defer s.sending.Unlock()
	now := s.diagnostics()
	for _, path := range sortedKeys(s.published) {
		if _, ok := now[path]; !ok {
			cleared := publishDiagnosticsParams{URI: s.published[path].URI, Diagnostics: []diagnostic{}}
			delete(s.published, path)
			_ = s.client.Notify(s.ctx, "textDocument/publishDiagnostics", cleared)
		}
	}
	for _, path := range sortedKeys(now) {
		if !reflect.DeepEqual(s.published[path], now[path]) {
			s.published[path] = now[path]
			_ = s.client.Notify(s.ctx, "textDocument/publishDiagnostics", now[path])
		}
	}
}

// sameness is what a reader would see twice, of several projects.
type sameness struct {
	textRange
	code, message string
}

// diagnostics are those of all projects together, each once, by path: of every open document of Compose, and of other
// files where there are any.
func (s *server) diagnostics() map[string]publishDiagnosticsParams {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := map[string]publishDiagnosticsParams{}
	seen := map[string]map[sameness]bool{}
	for _, key := range sortedKeys(s.projects) {
		p := s.projects[key]
		if p.judged == nil || s.isPart(p) {
			continue
		}
		for path := range p.judged.reads {
			if d := s.documents[path]; d != nil && d.is(p.judged.documents[path]) {
				if _, ok := all[path]; !ok {
					all[path] = publishDiagnosticsParams{URI: d.uri, Version: &d.version, Diagnostics: []diagnostic{}}
				}
			}
		}
		for path, found := range p.judged.diagnostics {
			params, ok := all[path]
			if !ok {
				params = publishDiagnosticsParams{URI: p.judged.uriOf(path)}
			}
			if seen[path] == nil {
				seen[path] = map[sameness]bool{}
			}
			for _, d := range found {
				if same := (sameness{d.Range, d.Code, d.Message}); !seen[path][same] {
					seen[path][same] = true
					params.Diagnostics = append(params.Diagnostics, d)
				}
			}
			all[path] = params
		}
	}
	return all
}
