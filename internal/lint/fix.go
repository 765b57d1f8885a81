package lint

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/composelint/composelint/internal/fix"
	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/loader/files"
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
	for file, text := range texts {
		maps.DeleteFunc(o.Load.Texts, func(other string, _ []byte) bool { return files.Absolute(other) == files.Absolute(file) })
		o.Load.Texts[file] = text
	}
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
