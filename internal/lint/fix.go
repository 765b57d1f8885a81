package lint

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"sync"

	"github.com/composelint/composelint/internal/fix"
	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/severity"
)

// Fixing says which fixes are made.
type Fixing struct {
	// Unsafe is true where those are made as well that may change what runs.
	Unsafe bool
	// Lowest is the lowest severity of a finding that is fixed.
	Lowest severity.Severity
	// Baseline is the path of one whose findings are not fixed; empty for none.
	Baseline string
	// Written is true where the files are changed, so that places are those of the files as they are then.
	Written bool
	// Choose is asked of each fix before it is made, with what it does to the files. It may be nil, for all.
	Choose func(FixedFinding, []FixedFile) bool
}

// Fixed is what became of projects whose findings were fixed.
type Fixed struct {
	// Files are those that changed, in order.
	Files []FixedFile
	// Made are the findings that are fixed, each with the fix that did it, NotMade those with a fix that could
	// not be made, whose Refused says why; Unasked those whose fix is unsafe and was not asked for.
	Made, NotMade, Unasked []FixedFinding
	// Left are the projects as they are now.
	Left *Triaged
}

// FixedFile is a file before and after, with stars for secrets in its lines.
type FixedFile struct {
	Before, After *model.File
}

// FixedFinding is a finding and a fix of it.
type FixedFinding struct {
	rules.Finding
	Fix rules.Fix
}

// mostRounds bounds how often what was fixed is judged anew for what is to be fixed then.
const mostRounds = 60

// Fix makes the fixes of the findings of projects, in memory. After each round the projects are judged
// again: what brought a new finding, or did not take its own away, is taken back.
func (l *Linter) Fix(ctx context.Context, projects []*Judged, o Fixing) (Fixed, error) {
	first, err := l.state(ctx, projects, o.Baseline)
	if err != nil {
		return Fixed{}, err
	}
	f := &fixer{Linter: l, Fixing: o, seen: map[string]bool{}, asked: map[string]bool{}, tried: map[string]bool{}, alone: map[[2]string]bool{}}
	now := first
	for range mostRounds {
		wanted, waiting, err := f.round(ctx, now)
		if err != nil {
			return Fixed{}, err
		}
		if len(wanted) == 0 && len(waiting) == 0 {
			if !f.reconsider() {
				break
			}
			continue
		}
		next, err := f.accept(ctx, now, wanted)
		if err != nil {
			return Fixed{}, err
		}
		now = next
	}
	f.result.Left = now.triaged
	f.result.Files = changedFiles(first, now)
	for _, file := range f.result.Files {
		first.triaged.mask().Hide(file.Before)
		now.triaged.mask().Hide(file.After)
		first.triaged.mask().Hide(file.After)
	}
	shown := first
	if o.Written {
		shown = now
	}
	f.result.Made = first.placed(f.result.Made)
	f.result.NotMade = shown.placed(slices.DeleteFunc(f.result.NotMade, func(n FixedFinding) bool { return !shown.has(n) }))
	f.result.Unasked = shown.placed(f.result.Unasked)
	return f.result, nil
}

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

// fixer makes the fixes of a run.
type fixer struct {
	*Linter
	Fixing
	// seen are the fixes that were made, refused, taken back or not chosen, asked those that were chosen.
	seen, asked map[string]bool
	// refused are those that were taken back since made were made.
	refused []string
	made    int
	// tried are those that were left out beside others once.
	tried map[string]bool
	// alone is what gets one fix at a time.
	alone map[[2]string]bool
	// judged counts how often fixes were tried by halves.
	judged int
	result Fixed
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
	for _, p := range projects {
		fix.Resolve(p.judged.Findings, p.Project, p.Sources)
	}
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

// round are the fixes to make next, of each finding the best one that is allowed. Those wait that concern the
// same bytes as another.
func (f *fixer) round(ctx context.Context, now *state) (wanted, waiting []FixedFinding, err error) {
	batch, taken := &fix.Batch{}, map[[2]string]bool{}
	f.result.Unasked, f.result.NotMade = nil, slices.DeleteFunc(f.result.NotMade, func(n FixedFinding) bool { return n.Fix.Changes == nil })
	for _, p := range now.judged {
		findings := slices.Clone(p.judged.Findings)
		if f.Choose != nil { // somebody reads them, the worst first
			slices.SortStableFunc(findings, func(a, b rules.Finding) int { return cmp.Compare(b.Severity, a.Severity) })
		}
		for _, finding := range findings {
			if finding.Severity < f.Lowest {
				continue
			}
			fixed, state := f.best(finding)
			if state == allowed {
				if state, err = f.chosen(ctx, now, fixed); err != nil {
					return nil, nil, err
				}
			}
			switch {
			case state == unasked:
				f.result.Unasked = append(f.result.Unasked, fixed)
			case state == refused:
				f.result.NotMade = append(f.result.NotMade, fixed)
			case state != allowed:
			case f.alone[subjectOf(finding)] && taken[subjectOf(finding)]:
				waiting = append(waiting, fixed)
			case batch.Add(fixed.Fix.Changes):
				taken[subjectOf(finding)] = true
				wanted = append(wanted, fixed)
			default:
				waiting = append(waiting, fixed)
			}
		}
	}
	return wanted, waiting, nil
}

// chosen is what becomes of a fix that is allowed.
func (f *fixer) chosen(ctx context.Context, now *state, fixed FixedFinding) (int, error) {
	if f.Choose == nil || f.asked[fixed.key()] {
		return allowed, nil
	}
	files, err := f.preview(ctx, now, fixed.Fix.Changes)
	if err != nil {
		return none, err
	}
	if !f.Choose(loader.Masked(now.triaged.mask(), fixed), files) {
		f.seen[fixed.key()] = true
		return none, nil
	}
	f.asked[fixed.key()] = true
	return allowed, nil
}

// preview is what changes do to the files.
func (f *fixer) preview(ctx context.Context, now *state, changes []rules.Change) ([]FixedFile, error) {
	batch := &fix.Batch{}
	batch.Add(changes)
	o, err := f.changed(now, batch)
	if err != nil {
		return nil, err
	}
	result, err := f.again(o).Configure(ctx, foundOf(now.judged), func() {})
	if err != nil {
		return nil, err
	}
	files := map[string]FixedFile{}
	for _, p := range result.Projects {
		for path, file := range p.Sources.Files {
			if was := now.file(path); !bytes.Equal(was.Text, file.Text) {
				files[path] = FixedFile{was, file}
			}
		}
	}
	for _, file := range files {
		now.triaged.mask().Hide(file.Before)
		now.triaged.mask().Hide(file.After)
	}
	return inOrder(files), nil
}

// changed are the options of a run over the files of a state with changes.
func (f *fixer) changed(from *state, batch *fix.Batch) (Options, error) {
	texts, err := batch.Apply(func(file string) []byte { return from.file(file).Text })
	o := f.Options
	o.Load.Texts = maps.Clone(from.texts)
	if o.Load.Texts == nil {
		o.Load.Texts = map[string][]byte{}
	}
	maps.Copy(o.Load.Texts, texts)
	return o, err
}

// What is to be done with a finding.
const (
	none = iota
	allowed
	unasked
	refused
)

// best is the first fix of a finding that can be made, or why there is none.
func (f *fixer) best(finding rules.Finding) (FixedFinding, int) {
	best, what := FixedFinding{Finding: finding}, none
	for _, fix := range finding.Fixes {
		fixed := FixedFinding{finding, fix}
		switch {
		case f.seen[fixed.key()]:
		case fix.Refused != "":
			if what == none {
				best, what = fixed, refused
			}
		case !fix.Safe() && !f.Unsafe:
			if what != allowed {
				best, what = fixed, unasked
			}
		default:
			return fixed, allowed
		}
	}
	return best, what
}

// key tells a fix from others, in whichever round.
func (f FixedFinding) key() string {
	return fmt.Sprintf("%s\x00%s\x00%s\x00%s\x00%s", f.Project, f.Rule, f.At, f.Finding.Key, f.Fix.Label)
}

// accept makes those fixes after which all is better than before. Of the others, those that can be told are left
// out at once; among the rest they are looked for by halves.
func (f *fixer) accept(ctx context.Context, from *state, fixes []FixedFinding) (*state, error) {
	for _, fixed := range fixes {
		f.seen[fixed.key()] = true
	}
	for len(fixes) > 0 {
		next, trouble, err := f.with(ctx, from, from, fixes, fixes)
		switch {
		case err != nil:
			return nil, err
		case trouble.none():
			f.result.Made = append(f.result.Made, fixes...)
			return next, nil
		}
		rest := f.withoutCulprits(fixes, trouble)
		if len(rest) == len(fixes) {
			return f.halves(ctx, from, fixes)
		}
		fixes = rest
	}
	return from, nil
}

// withoutCulprits are the fixes but for those about what became worse. The only one about that is to blame if it
// does not do in the next round either; of several, each is tried alone from then on.
func (f *fixer) withoutCulprits(fixes []FixedFinding, t trouble) []FixedFinding {
	several := map[[2]string]int{}
	for _, fixed := range fixes {
		several[subjectOf(fixed.Finding)]++
	}
	var rest []FixedFinding
	for _, fixed := range fixes {
		subject := subjectOf(fixed.Finding)
		why, blamed := t.of[subject]
		switch {
		case !blamed:
			rest = append(rest, fixed)
		case several[subject] == 1 && (len(fixes) == 1 || f.tried[fixed.key()]):
			f.refuse(fixed, why)
		default: // it may do once the others are made, or by itself
			f.alone[subject] = f.alone[subject] || several[subject] > 1
			f.tried[fixed.key()] = true
			delete(f.seen, fixed.key())
		}
	}
	return rest
}

func (f *fixer) refuse(fixed FixedFinding, why string) {
	f.refused = append(f.refused, fixed.key())
	fixed.Fix.Refused = why
	f.result.NotMade = append(f.result.NotMade, fixed)
}

// reconsider lets what was refused be tried again, if more was made since: that may have stood in the way.
func (f *fixer) reconsider() bool {
	if len(f.refused) == 0 || len(f.result.Made) == f.made {
		return false
	}
	for _, key := range f.refused {
		delete(f.seen, key)
		delete(f.tried, key)
	}
	f.result.NotMade = slices.DeleteFunc(f.result.NotMade, func(n FixedFinding) bool { return slices.Contains(f.refused, n.key()) })
	f.refused, f.made = nil, len(f.result.Made)
	return true
}

// mostJudged bounds how often a run judges to find the one fix that breaks something.
const mostJudged = 64

// halves makes of fixes those that do, trying fewer and fewer of them.
func (f *fixer) halves(ctx context.Context, from *state, fixes []FixedFinding) (*state, error) {
	kept, best := []FixedFinding{}, from
	var try func(fixes []FixedFinding) error
	try = func(fixes []FixedFinding) error {
		if len(fixes) == 0 {
			return nil
		}
		if f.judged++; f.judged > mostJudged {
			for _, fixed := range fixes {
				f.refuse(fixed, "it does not go with the others: make those first, and run fix again")
			}
			return nil
		}
		next, trouble, err := f.with(ctx, from, best, append(slices.Clone(kept), fixes...), fixes)
		switch {
		case err != nil:
			return err
		case trouble.none():
			kept, best = append(kept, fixes...), next
			return nil
		case len(fixes) == 1 && len(kept) > 0: // alone, it may do
			delete(f.seen, fixes[0].key())
			return nil
		case len(fixes) == 1:
			f.refuse(fixes[0], trouble.why)
			return nil
		}
		half := len(fixes) / 2
		if err := try(fixes[:half]); err != nil {
			return err
		}
		return try(fixes[half:])
	}
	if err := try(fixes); err != nil {
		return nil, err
	}
	f.result.Made = append(f.result.Made, kept...)
	return best, nil
}

// trouble is why fixes are not for the better: in a sentence, and for what of a project that can be told of.
type trouble struct {
	why string
	of  map[[2]string]string
}

func (t trouble) none() bool { return t.why == "" }

// add notes what became worse about something.
func (t *trouble) add(key tallied, why string) {
	if t.why == "" || why < t.why { // of many the same one each time
		t.why = why
	}
	if t.of == nil {
		t.of = map[[2]string]string{}
	}
	subject := [2]string{key.project, key.of}
	if known, ok := t.of[subject]; !ok || why < known {
		t.of[subject] = why
	}
}

// subjectOf is what a finding is about, and its project.
func subjectOf(f rules.Finding) [2]string {
	key := talliedOf(f)
	return [2]string{key.project, key.of}
}

// with is what becomes of a state by fixes, of which some are new since another state. The trouble says why that
// is not better.
func (f *fixer) with(ctx context.Context, from, before *state, fixes, added []FixedFinding) (*state, trouble, error) {
	batch := &fix.Batch{}
	for _, fixed := range fixes {
		batch.Add(fixed.Fix.Changes)
	}
	o, err := f.changed(from, batch)
	if err != nil {
		return nil, trouble{why: err.Error()}, nil
	}
	changed := f.again(o)
	result, err := changed.Judge(ctx, foundOf(from.judged), func() {})
	if err != nil {
		return nil, trouble{}, err
	}
	if len(result.Projects) != len(from.judged) {
		return nil, trouble{why: "the project could not be judged any more"}, nil
	}
	after, err := changed.state(ctx, result.Projects, f.Baseline)
	if err != nil {
		return nil, trouble{}, err
	}
	return after, worse(before, after, added), nil
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

// worse says what is not better after fixes than before, nothing where all is.
func worse(before, after *state, fixes []FixedFinding) (t trouble) {
	fixed, lowest, safe := tally{}, severity.Error, true
	for _, f := range fixes {
		fixed[talliedOf(f.Finding)]++
		lowest, safe = min(lowest, f.Severity), safe && f.Fix.Safe()
	}
	for key, n := range fixed {
		if after.whole[key] > before.whole[key]-n {
			t.add(key, "the finding stayed")
		}
	}
	for key, n := range after.whole {
		if was := before.whole[key]; n > was && key.severity >= lowest {
			t.add(key, fmt.Sprintf("it brings a new finding, of %s", cmp.Or(key.rule, rules.InvalidCompose)))
		}
	}
	if t.none() && safe {
		t.why = disturbed(before, after, fixes)
	}
	return t
}

// disturbed names a service that safe fixes were not for and that is another one afterwards.
func disturbed(before, after *state, fixes []FixedFinding) string {
	meant := map[string]bool{}
	for _, f := range fixes {
		if f.Service.Name == "" {
			return ""
		}
		meant[f.Project+"\x00"+f.Service.Name] = true
	}
	for i, p := range before.judged {
		was := map[string]model.Service{}
		for _, s := range p.Project.Services {
			was[s.Name] = s
		}
		for _, s := range after.judged[i].Project.Services {
			if !meant[loader.Shown(p.Files[0])+"\x00"+s.Owner] && !reflect.DeepEqual(was[s.Name], s) {
				return fmt.Sprintf("it changes %s as well", s.Called)
			}
		}
	}
	return ""
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
