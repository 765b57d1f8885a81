package rules

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/composelint/composelint/model"
)

// unusedIgnore is the rule about ignores and exceptions that excuse nothing. What it judges
// is what the other rules find, so that it is written here and not in Rego.
const unusedIgnore = "unused-ignore"

// Judged is a project with what the policies find in it.
type Judged struct {
	Catalogue Catalogue
	Project   model.Project
	Sources   *model.Sources
	// Choice is what ran.
	Choice Choice
	// Exceptions are those of its configuration.
	Exceptions []Exception
	// Partial is true where some of the project was not looked at: what an ignore is for may
	// be there.
	Partial bool
	// Findings are those that count, Suppressed those that something excuses. Both are in
	// order.
	Findings, Suppressed []Finding
}

// excuse is an ignore or an exception on its way through the projects of a run.
type excuse struct {
	Suppression
	// fault says why it does not count at all.
	fault string
	rules []string
	// file is where it stands. Of an ignore, first and last are the lines it speaks of.
	file        *model.File
	first, last int
	// exception is what it was read from, nil for an ignore.
	exception *Exception
	// home is the first project that it can be for. Of the rules that ran, judged are those
	// in such a project, used those of which it excuses a finding.
	home         *Judged
	judged, used map[string]bool
}

// Suppress takes out the findings that an ignore in the files or an exception of the
// configuration excuses, and adds those of the rule unused-ignore. Files and configurations
// may be shared: what excuses a finding in one project of the run is in use. Today is a day
// as 2027-01-31.
func Suppress(projects []*Judged, today string) {
	all := map[model.Location]*excuse{}
	for _, p := range projects {
		here := p.excuses(all)
		var left []Finding
		declared := declarations(p, here)
		for _, f := range p.Findings {
			if by := p.excusing(f, here, declared, today); by != nil {
				f.Suppression = by
				p.Suppressed = append(p.Suppressed, f)
			} else {
				left = append(left, f)
			}
		}
		p.Findings = left
	}
	for _, e := range all {
		e.addIdle(today)
	}
	for _, p := range projects {
		Sort(p.Findings)
	}
}

// Excusable is true where an ignore or an exception may excuse a finding. Where none does,
// Suppress needs no more of the project than its files.
func (p *Judged) Excusable() bool {
	return len(p.Exceptions) > 0 || slices.ContainsFunc(slices.Collect(maps.Values(p.Sources.Files)), mayIgnore)
}

// excuses are the ignores and exceptions that can be for a project. All holds those of the
// run, by their places.
func (p *Judged) excuses(all map[model.Location]*excuse) []*excuse {
	var found []*excuse
	for _, path := range slices.Sorted(maps.Keys(p.Sources.Files)) {
		found = append(found, ignoresIn(p.Sources.Files[path], p.Catalogue)...)
	}
	for i := range p.Exceptions {
		if e := &p.Exceptions[i]; e.concerns(p) {
			found = append(found, &excuse{Suppression: e.Suppression, rules: []string{e.Rule}, file: e.in, exception: e})
		}
	}
	for i, e := range found {
		if known := all[e.Location]; known != nil {
			e = known
			found[i] = e
		} else {
			e.home, e.judged, e.used = p, map[string]bool{}, map[string]bool{}
			all[e.Location] = e
		}
		for _, rule := range e.rules {
			if slices.Contains(p.Choice.Rules, rule) && !p.Partial {
				e.judged[rule] = true
			}
		}
	}
	return found
}

// declarations are the nodes that are declared at the lines of a project which ignores speak
// of, by file and line.
func declarations(p *Judged, excuses []*excuse) map[model.Location][]string {
	if !slices.ContainsFunc(excuses, func(e *excuse) bool { return e.exception == nil }) {
		return nil
	}
	found := map[model.Location][]string{}
	for _, at := range p.Sources.Ats() {
		for _, place := range p.Sources.Declared(at) {
			line := lineOf(place.File, place.Start.Line)
			found[line] = append(found[line], at)
		}
	}
	return found
}

func lineOf(file string, line int) model.Location {
	return model.Location{File: file, Start: model.Position{Line: line}}
}

// excusing is the first that excuses a finding, nil where there is none. One that speaks of
// several services needs an excuse for each.
func (p *Judged) excusing(f Finding, excuses []*excuse, declared map[model.Location][]string, today string) *Suppression {
	if len(excuses) == 0 {
		return nil
	}
	by := p.excusingOne(f, excuses, declared, today)
	for _, other := range p.others(f) {
		if p.excusingOne(other, excuses, declared, today) == nil {
			by = nil
		}
	}
	return by
}

// others are the further services that a finding on what services lack speaks of, each as a
// finding of its own: they are related places that declare a service.
func (p *Judged) others(f Finding) []Finding {
	var others []Finding
	if !slices.ContainsFunc(p.Project.Services, func(s model.Service) bool { return s.At == f.At }) {
		return nil
	}
	for _, related := range f.Related {
		for _, s := range p.Project.Services {
			if s.At != f.At && related.Label == s.Called && slices.Contains(p.Sources.Declared(s.At), related.Location) {
				others = append(others, Finding{Rule: f.Rule, At: s.At, Location: related.Location})
			}
		}
	}
	return others
}

// excusingOne is the first that excuses a finding on one node. What has expired excuses
// nothing, but would still be in use.
func (p *Judged) excusingOne(f Finding, excuses []*excuse, declared map[model.Location][]string, today string) *Suppression {
	var by *Suppression
	for _, e := range excuses {
		if e.fault != "" || !slices.Contains(e.rules, f.Rule) || !e.matches(f, p, declared) {
			continue
		}
		e.used[f.Rule] = true
		if by == nil && !e.expired(today) {
			by = &e.Suppression
		}
	}
	return by
}

func (e *excuse) expired(today string) bool { return e.Expires != "" && e.Expires < today }

// matches is true for a finding that an ignore or exception is for.
func (e *excuse) matches(f Finding, p *Judged, declared map[model.Location][]string) bool {
	if e.exception != nil {
		return e.exception.matches(f, p)
	}
	if f.Location.File == e.file.Path && e.first <= f.Location.Start.Line && f.Location.Start.Line <= e.last {
		return true
	}
	return slices.ContainsFunc(declared[lineOf(e.file.Path, e.first)], func(at string) bool { return within(f.At, at) })
}

// within is true for a node of the model and for what is part of it.
func within(at, node string) bool {
	rest, ok := strings.CutPrefix(at, node)
	return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
}

// addIdle adds to an ignore's or exception's project what is wrong with it.
func (e *excuse) addIdle(today string) {
	rule, ok := e.home.Catalogue.Find(unusedIgnore)
	if !ok || !slices.Contains(e.home.Choice.Rules, unusedIgnore) {
		return
	}
	add := func(id, message string) {
		e.home.Findings = append(e.home.Findings, Finding{
			Rule: unusedIgnore, Severity: rule.HighestSeverity(), Message: message, At: e.at(), Key: id, Location: e.Location,
		})
	}
	if e.fault != "" {
		add("", e.fault)
		return
	}
	for _, id := range e.rules {
		idle := e.judged[id] && !e.used[id]
		switch what := fmt.Sprintf("the %s of %q", e.Kind, id); {
		case e.expired(today) && idle:
			add(id, fmt.Sprintf("%s expired on %s and matches no finding: remove it", what, e.Expires))
		case e.expired(today):
			add(id, fmt.Sprintf("%s expired on %s: correct what the rule finds, or set a new date", what, e.Expires))
		case idle:
			add(id, fmt.Sprintf("%s matches no finding: remove it", what))
		}
	}
}

// at names the file that an ignore or exception stands in.
func (e *excuse) at() string {
	return fmt.Sprintf("file[%q]", cmp.Or(e.file.URI, e.file.Path))
}
