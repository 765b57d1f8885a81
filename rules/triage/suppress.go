package triage

import (
	"maps"
	"slices"

	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
)

// UnusedIgnore is the rule about ignores and exceptions that excuse nothing. What it judges
// is what the other rules find, so that it is written here and not in Rego.
const UnusedIgnore = "unused-ignore"

// Suppress takes out the findings that an ignore in the files or an exception of the
// configuration excuses, and adds those of the rule unused-ignore. Files and configurations
// may be shared: what excuses a finding in one project of the run is in use. Today is a day
// as 2027-01-31.
func Suppress(projects []*Judged, today string) {
	all := map[model.Location]*excuse{}
	for _, p := range projects {
		here := p.excuses(all)
		var left []rules.Finding
		declarations(p, here)
		index := indexOf(here)
		for _, f := range p.Findings {
			if by := p.excusing(f, index.candidates(f), today); by != nil {
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
		rules.Sort(p.Findings)
	}
}

// Excusable is true where an ignore or an exception may excuse a finding. Where none does,
// Suppress needs no more of the project than its files.
func (p *Judged) Excusable() bool {
	return len(p.Exceptions) > 0 || len(p.Sources.Directives) > 0
}

// excuses are the ignores and exceptions that can be for a project. All holds those of the
// run, by their places.
func (p *Judged) excuses(all map[model.Location]*excuse) []*excuse {
	var found []*excuse
	for _, path := range slices.Sorted(maps.Keys(p.Sources.Files)) {
		found = append(found, ignoresOf(p.Sources.Files[path], p.Sources.Directives[path], p.Catalogue)...)
	}
	for i := range p.Exceptions {
		if e := &p.Exceptions[i]; concerns(e, p) {
			found = append(found, exceptionFor(e))
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

// declarations gives the ignores of a project the nodes that are declared at the lines which they
// speak of.
func declarations(p *Judged, excuses []*excuse) {
	if !slices.ContainsFunc(excuses, func(e *excuse) bool { return e.exception == nil }) {
		return
	}
	found := p.declared()
	for _, e := range excuses {
		if e.exception == nil {
			e.nodes = found[lineOf(e.file.Path, e.first)]
		}
	}
}

// declared are the nodes of the project by the lines at which they are declared.
func (p *Judged) declared() map[model.Location][]string {
	found := map[model.Location][]string{}
	for _, at := range p.Sources.Ats() {
		for _, place := range p.Sources.Declared(at) {
			line := lineOf(place.File, place.Start.Line)
			found[line] = append(found[line], at)
		}
	}
	return found
}

// index finds the excuses that can be for a finding, of thousands: those of its rule at its line, at a
// node that it is in, and those that are for neither a line nor a node. The numbers are their order.
type index struct {
	all    []*excuse
	at     map[spot][]int
	others map[string][]int
}

// spot is a line or a node, where a rule is excused.
type spot struct {
	rule, node string
	line       model.Location
}

// longest is how many lines an ignore may speak of to be found by each of them.
const longest = 100

func indexOf(excuses []*excuse) index {
	x := index{all: excuses, at: map[spot][]int{}, others: map[string][]int{}}
	for i, e := range excuses {
		if e.fault != "" {
			continue
		}
		for _, rule := range slices.Compact(slices.Sorted(slices.Values(e.rules))) {
			if e.exception != nil || e.last-e.first > longest {
				x.others[rule] = append(x.others[rule], i)
				continue
			}
			for line := e.first; line <= e.last; line++ {
				at := spot{rule: rule, line: lineOf(e.file.Path, line)}
				x.at[at] = append(x.at[at], i)
			}
			for _, node := range e.nodes {
				at := spot{rule: rule, node: node}
				x.at[at] = append(x.at[at], i)
			}
		}
	}
	return x
}

// candidates are the excuses that can be for a finding, in their order.
func (x index) candidates(f rules.Finding) []*excuse {
	found := slices.Concat(x.others[f.Rule], x.at[spot{rule: f.Rule, line: lineOf(f.Location.File, f.Location.Start.Line)}])
	for end := range len(f.At) + 1 {
		if end == len(f.At) || f.At[end] == '.' || f.At[end] == '[' {
			found = append(found, x.at[spot{rule: f.Rule, node: f.At[:end]}]...)
		}
	}
	slices.Sort(found)
	var excuses []*excuse
	for _, i := range slices.Compact(found) {
		excuses = append(excuses, x.all[i])
	}
	return excuses
}

func lineOf(file string, line int) model.Location {
	return model.Location{File: file, Start: model.Position{Line: line}}
}

// excusing is the first of the excuses for its rule that excuses a finding, nil where there is none.
// What has expired excuses nothing, but would still be in use.
func (p *Judged) excusing(f rules.Finding, excuses []*excuse, today string) *rules.Suppression {
	var by *rules.Suppression
	for _, e := range excuses {
		if !e.matches(f, p) {
			continue
		}
		e.used[f.Rule] = true
		if by == nil && !e.expired(today) {
			by = &e.Suppression
		}
	}
	return by
}
