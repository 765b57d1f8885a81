package lint

import (
	"bytes"
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"

	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/severity"
)

// placed are findings without secrets, where they stand in the files as these are at that time. What is found at
// another time alone has its file for a place.
func (s *state) placed(all []FixedFinding) []FixedFinding {
	shown := loader.Masked(s.triaged.mask(), all)
	for i, fixed := range all {
		start := model.Position{Line: 1, Column: 1}
		shown[i].Location = model.Location{File: fixed.Location.File, Start: start, End: start}
		if place, ok := s.places()[FixedFinding{Finding: fixed.Finding}.key()]; ok {
			shown[i].Location = place
		}
	}
	return shown
}

func (s *state) has(f FixedFinding) bool {
	_, ok := s.places()[FixedFinding{Finding: f.Finding}.key()]
	return ok
}

// state is what projects are at some time.
type state struct {
	judged  []*Judged
	triaged *Triaged
	// whole are the findings of all rules, by what they are about: those that are chosen are fewer, perhaps.
	whole tally
	// texts are those of the files that changed so far.
	texts map[string][]byte
	// places are where findings stand.
	places func() map[string]model.Location
}

// state is that of projects.
func (l *Linter) state(ctx context.Context, projects []*Judged, baseline string) (*state, error) {
	s := &state{places: sync.OnceValue(func() map[string]model.Location { return findingPlaces(projects) }), judged: projects, triaged: l.Triage(projects), whole: tallyOf(projects), texts: maps.Clone(l.Load.Texts)}
	if baseline != "" {
		if err := s.triaged.Accept(baseline); err != nil {
			return nil, err
		}
	}
	if err := s.triaged.Narrow(); err != nil {
		return nil, err
	}
	s.triaged.ResolveFixes()
	if len(l.Select) > 0 || len(l.Ignore) > 0 {
		o := l.Options
		o.Select, o.Ignore = nil, nil
		result, err := l.again(o).Judge(ctx, foundOf(projects), func() {})
		if err != nil {
			return nil, err
		}
		s.whole = tallyOf(result.Projects)
	}
	return s, nil
}

func findingPlaces(projects []*Judged) map[string]model.Location {
	places := map[string]model.Location{}
	for _, p := range projects {
		for _, finding := range p.judged.Findings {
			places[FixedFinding{Finding: finding}.key()] = finding.Location
		}
	}
	return places
}

// again is a linter with other options, which has the policies that this one has read.
func (l *Linter) again(o Options) *Linter {
	return &Linter{Options: o, engines: l.engines, guard: l.guard, whole: l.whole}
}

func foundOf(projects []*Judged) []loader.Found {
	var all []loader.Found
	for _, p := range projects {
		all = append(all, p.Found)
	}
	return all
}

// tally is how many findings there are, by the project, the rule and what they are about; problems of the
// project are findings too.
type tally map[tallied]int

type tallied struct {
	project, rule, of string
	severity          severity.Severity
}

func tallyOf(projects []*Judged) tally {
	t := tally{}
	for _, p := range projects {
		for _, f := range slices.Concat(p.judged.Findings, p.judged.Suppressed) {
			t[talliedOf(f)]++
		}
		for _, problem := range p.Problems {
			t[tallied{project: p.Files[0], of: problem.At, severity: severity.Error}]++
		}
		if p.Incomplete {
			t[tallied{project: p.Files[0], severity: severity.Error}]++
		}
	}
	return t
}

func talliedOf(f rules.Finding) tallied {
	return tallied{f.Project, f.Rule, cmp.Or(f.About, f.Service.Name, f.At), f.Severity}
}

// subjectOf is what a finding is about, and its project.
func subjectOf(f rules.Finding) [2]string {
	key := talliedOf(f)
	return [2]string{key.project, key.of}
}

// file is one of the files.
func (s *state) file(path string) *model.File {
	for _, p := range s.judged {
		if f := p.Sources.Files[path]; f != nil {
			return f
		}
	}
	return &model.File{Path: path}
}

// changedFiles are the files that are others in a state than they were.
func changedFiles(first, now *state) []FixedFile {
	files := map[string]FixedFile{}
	for i, p := range now.judged {
		for path, file := range p.Sources.Files {
			if was := first.judged[i].Sources.Files[path]; was != nil && !bytes.Equal(was.Text, file.Text) {
				files[path] = FixedFile{was, file}
			}
		}
	}
	return inOrder(files)
}

func inOrder(files map[string]FixedFile) []FixedFile {
	var all []FixedFile
	for _, path := range slices.Sorted(maps.Keys(files)) {
		all = append(all, files[path])
	}
	return all
}
