package lint

import (
	"cmp"
	"context"
	"fmt"
	"reflect"
	"slices"

	"github.com/composelint/composelint/internal/fix"
	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/severity"
)

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
