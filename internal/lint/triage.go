package lint

import (
	"cmp"
	"maps"
	"slices"

	"github.com/composelint/composelint/internal/fix"
	"github.com/composelint/composelint/internal/words"
	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/report"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/severity"
	"github.com/composelint/composelint/rules/triage"
)

// Triaged are the projects of a run, whose findings are told apart from what is excused.
type Triaged struct {
	projects []*Judged
	options  Options
	// baseline is the path of what was accepted, fixed are the findings of it that are no longer
	// found.
	baseline string
	fixed    []triage.Accepted
	// elsewhere is how many findings are not told, for what changed has nothing to do with them.
	elsewhere int
}

// Triage takes out of the projects the findings that ignores and exceptions excuse, and what a
// reader would see twice.
func (l *Linter) Triage(projects []*Judged) *Triaged {
	t := &Triaged{projects: projects, options: l.Options}
	if !l.NoIgnores {
		triage.Suppress(t.judged(), l.Today)
	}
	triage.DropRepeats(t.judged())
	for _, p := range projects {
		p.fail()
	}
	return t
}

// fail marks the findings at or above the lowest severity that fails the run, and those of the controls
// that do; excused ones as well: they would.
func (p *Judged) fail() {
	threshold, err := severity.Parse(p.failOn)
	for _, findings := range [][]rules.Finding{p.judged.Findings, p.judged.Suppressed} {
		for i, f := range findings {
			gated := slices.ContainsFunc(p.gates, func(g rules.Gate) bool { return g.Fails(f) })
			findings[i].Fails = err == nil && f.Severity >= threshold || gated // else none does
		}
	}
}

func (t *Triaged) judged() []*triage.Judged {
	all := make([]*triage.Judged, len(t.projects))
	for i, p := range t.projects {
		all[i] = p.judged
	}
	return all
}

// ResolveFixes has the report say of findings how they can be fixed in the files, of projects that are kept whole.
func (t *Triaged) ResolveFixes() {
	for _, p := range t.projects {
		fix.Resolve(p.judged.Findings, p.Project, p.Sources)
	}
}

// Empty is true where no project could be judged.
func (t *Triaged) Empty() bool { return len(t.projects) == 0 }

// Baseline is one that accepts all findings.
func (t *Triaged) Baseline() triage.Baseline {
	return triage.NewBaseline(t.judged())
}

// Accept takes out the findings that the baseline in a file holds.
func (t *Triaged) Accept(path string) error {
	file, err := loader.NamedFile(t.options.Load, path)
	if err != nil {
		return err
	}
	b, err := triage.ParseBaseline(path, file.Text)
	if err != nil {
		return err
	}
	t.baseline, t.fixed = path, b.Apply(t.judged())
	return nil
}

// Count is how many findings there are.
func (t *Triaged) Count() (n int) {
	for _, p := range t.projects {
		n += len(p.judged.Findings)
	}
	return n
}

// Failed is true where a finding fails the run.
func (t *Triaged) Failed() bool {
	return slices.ContainsFunc(t.projects, func(p *Judged) bool {
		return slices.ContainsFunc(p.judged.Findings, func(f rules.Finding) bool { return f.Fails })
	})
}

// mask hides the secrets of all projects: what is one in a project may turn up in another.
func (t *Triaged) mask() *loader.Mask {
	all := make([]*loader.Secrets, len(t.projects))
	for i, p := range t.projects {
		all[i] = p.Secrets
	}
	return loader.NewMask(all...)
}

// Report is that of all projects. Here texts leave for a reader, and every one passes the mask.
func (t *Triaged) Report() report.Report {
	mask := t.mask()
	r := report.Report{Files: map[string]*model.File{}, Fixed: loader.Masked(mask, t.fixed), Projects: len(t.projects), Elsewhere: t.elsewhere}
	for _, p := range t.projects {
		r.Rules = r.Rules.With(p.engine.Catalogue.Of(p.choice.Rules))
		maps.Copy(r.Files, p.Sources.Files)
		if p.configuration != nil {
			r.Files[p.configuration.Path] = p.configuration
		}
		if p.Fragment {
			r.Fragments++
		}
		r.Taxonomies = p.taxonomies
		if p.review != nil {
			r.Standard = p.standard
			r.Reviews = append(r.Reviews, report.Review{Project: p.Files[0], Review: loader.Masked(mask, *p.review)})
		}
		r.Findings = append(r.Findings, shownFindings(mask, p.judged.Findings)...)
		r.Suppressed = append(r.Suppressed, loader.Masked(mask, p.judged.Suppressed)...)
	}
	for _, file := range r.Files {
		mask.Hide(file)
	}
	r.Relaxed = loader.Masked(mask, t.relaxed())
	rules.Sort(r.Findings)
	rules.Sort(r.Suppressed)
	return r
}

// shownFindings are findings without secrets. A fix that would lose one by that is none for other programs.
func shownFindings(mask *loader.Mask, findings []rules.Finding) []rules.Finding {
	all := loader.Masked(mask, findings)
	for i, f := range all {
		for j, fix := range f.Fixes {
			if !slices.Equal(fix.Changes, findings[i].Fixes[j].Changes) {
				all[i].Fixes[j].Changes, all[i].Fixes[j].Refused = nil, "it has a secret, which no report shows: composelint fix makes it"
			}
		}
	}
	return all
}

// relaxed are the configurations of the projects that can hide findings, each once, and the baseline
// where it does.
func (t *Triaged) relaxed() []report.Relaxed {
	var all []report.Relaxed
	accepted := 0
	for _, p := range t.projects {
		if len(p.relaxed) > 0 {
			all = append(all, report.Relaxed{File: p.configuration.Path, What: p.relaxed})
		}
		for _, f := range p.judged.Suppressed {
			if f.Suppression.Kind == "baseline" {
				accepted++
			}
		}
	}
	if accepted > 0 {
		all = append(all, report.Relaxed{File: t.baseline, What: []string{words.Count(accepted, "finding") + " accepted"}})
	}
	slices.SortFunc(all, func(a, b report.Relaxed) int {
		return cmp.Or(cmp.Compare(a.File, b.File), slices.Compare(a.What, b.What))
	})
	return slices.CompactFunc(all, func(a, b report.Relaxed) bool { return a.File == b.File && slices.Equal(a.What, b.What) })
}
