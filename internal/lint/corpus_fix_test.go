package lint

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	composeloader "github.com/compose-spec/compose-go/v2/loader"
	"github.com/compose-spec/compose-go/v2/types"

	"github.com/composelint/composelint/internal/corpus"
	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
)

// TestFixesOfCorpus fixes the findings of real projects, all together and one by one: then the finding is
// gone and no new one is as severe, what policies see of the project differs in nothing but what the fixes
// are for, compose-go takes the files as before, and there is nothing more to fix. COMPOSELINT_FIXES is the
// number of projects.
func TestFixesOfCorpus(t *testing.T) {
	figures := fixFigures{}
	for _, p := range sampleOfCorpus(t, 60, "COMPOSELINT_FIXES") {
		for _, unsafe := range []bool{false, true} {
			fixed := fixedOf(t, p, nil, Fixing{Unsafe: unsafe})
			if fixed == nil {
				continue
			}
			figures.count(*fixed, unsafe)
			wantFixed(t, p, *fixed, fmt.Sprintf("unsafe: %t", unsafe))
			if again := fixedOf(t, p, textsOf(*fixed), Fixing{Unsafe: unsafe}); len(again.Made) > 0 {
				t.Errorf("%s, unsafe: %t: a second run still fixes %s: %s", p.ID, unsafe, again.Made[0].Rule, again.Made[0].Message)
			}
		}
		for _, one := range someFixes(t, p) {
			fixed := fixedOf(t, p, nil, Fixing{Unsafe: true, Choose: only(one)})
			if len(fixed.Made) > 1 {
				t.Errorf("%s: %s: %d fixes were made, not one", p.ID, one.Rule, len(fixed.Made))
			}
			wantFixed(t, p, *fixed, one.Fix.Label+" of "+one.Rule+" at "+one.At)
		}
	}
	figures.log(t)
}

// fixedOf is a project of the collection with its findings fixed, nil where it cannot be judged.
func fixedOf(t *testing.T, p corpus.Project, texts map[string][]byte, o Fixing) *Fixed {
	t.Helper()
	l := New(Options{
		Load:     loader.Options{ProjectDirectory: p.Directory, EnvFiles: p.EnvFiles, AllowOutside: true, Texts: texts},
		NoConfig: true, Whole: true, Today: "2027-01-31",
	})
	r, err := l.Judge(context.Background(), []loader.Found{{Files: p.Files}}, func() {})
	if err != nil {
		t.Fatalf("%s: %v", p.ID, err)
	}
	if len(r.Projects) == 0 {
		return nil
	}
	fixed, err := l.Fix(context.Background(), r.Projects, o)
	if err != nil {
		t.Fatalf("%s: %v", p.ID, err)
	}
	return &fixed
}

// only chooses one fix.
func only(one FixedFinding) func(FixedFinding, []FixedFile) bool {
	return func(f FixedFinding, _ []FixedFile) bool { return f.key() == one.key() }
}

// someFixes are a few of those that can be made in a project, of different rules first.
func someFixes(t *testing.T, p corpus.Project) []FixedFinding {
	t.Helper()
	var all []FixedFinding
	rulesSeen := map[string]int{}
	_ = fixedOf(t, p, nil, Fixing{Unsafe: true, Choose: func(f FixedFinding, _ []FixedFile) bool {
		if rulesSeen[f.Rule]++; rulesSeen[f.Rule] <= 2 {
			all = append(all, f)
		}
		return false
	}})
	return all
}

// wantFixed holds what was fixed to what is promised.
func wantFixed(t *testing.T, p corpus.Project, fixed Fixed, how string) {
	t.Helper()
	texts := textsOf(fixed)
	before, after := triaged(t, p, nil, nil), triaged(t, p, texts, nil)
	if len(fixed.Made) == 0 != (len(texts) == 0) {
		t.Errorf("%s, %s: %d fixes and %d files", p.ID, how, len(fixed.Made), len(texts))
	}
	if len(texts) == 0 {
		return
	}
	was, is := bySubject(before), bySubject(after)
	for _, f := range fixed.Made {
		key := keyOfFinding(f.Finding)
		if is[key] >= was[key] {
			t.Errorf("%s, %s: %s is still found", p.ID, how, key)
		}
	}
	for key, n := range is {
		if n > was[key] && strings.HasPrefix(key, "error ") {
			t.Errorf("%s, %s: %s is new", p.ID, how, key)
		}
	}
	wantOnlyTouched(t, p, fixed, before, after, how)
	if p.LoadsAt == "asis" {
		if err := composed(p, nil); err == nil {
			if err := composed(p, texts); err != nil {
				t.Errorf("%s, %s: compose-go refuses it: %v", p.ID, how, err)
			}
		}
	}
}

// textsOf are those of the files that changed.
func textsOf(fixed Fixed) map[string][]byte {
	texts := map[string][]byte{}
	for _, file := range fixed.Files {
		texts[file.After.Path] = file.After.Text
	}
	return texts
}

// keyOfFinding is what a finding is about. One that is less severe afterwards is another.
func keyOfFinding(f rules.Finding) string {
	return f.Severity.String() + " " + f.Rule + " " + cmp.Or(f.Service.Name, f.At)
}

// bySubject counts the findings by what they are about.
func bySubject(of *Triaged) map[string]int {
	all := map[string]int{}
	for _, f := range of.projects[0].judged.Findings {
		all[keyOfFinding(f)]++
	}
	return all
}

// wantOnlyTouched wants what the files themselves say of each service to be as before, but for those that a fix
// was for or that want the same one: they may have it from one place.
func wantOnlyTouched(t *testing.T, p corpus.Project, fixed Fixed, before, after *Triaged, how string) {
	t.Helper()
	touched := map[string]bool{}
	wanted := map[string]bool{}
	for _, f := range fixed.Made {
		wanted[f.Rule+f.Fix.Label] = true
		for _, e := range f.Fix.Edits {
			touched[e.At] = true
		}
	}
	for _, f := range before.projects[0].judged.Findings {
		if slices.ContainsFunc(f.Fixes, func(fix rules.Fix) bool { return wanted[f.Rule+fix.Label] }) {
			touched["services."+f.Service.Name] = true
		}
	}
	is := map[string]model.Service{}
	for _, s := range after.projects[0].Project.Services {
		is[s.At] = s
	}
	for _, s := range before.projects[0].Project.Services {
		if slices.ContainsFunc(slices.Collect(maps.Keys(touched)), func(at string) bool { return at == s.At || strings.HasPrefix(at, s.At+".") }) {
			continue
		}
		if was, now := stated(s), stated(is[s.At]); !reflect.DeepEqual(was, now) {
			t.Errorf("%s, %s: %s is another one: %s", p.ID, how, s.At, differenceOf(was, now))
		}
	}
}

// derived are the fields of a service that follow from what others say.
var derived = []string{"entries", "reaches", "endpoints", "namespaces", "names", "servers", "reachable", "shares", "joined_by", "ways"}

// stated is what a service is without what follows from others.
func stated(s model.Service) map[string]any {
	text, _ := json.Marshal(s)
	var fields map[string]any
	_ = json.Unmarshal(text, &fields)
	for _, name := range derived {
		delete(fields, name)
	}
	return fields
}

func differenceOf(a, b map[string]any) string {
	var all []string
	for key := range a {
		if !reflect.DeepEqual(a[key], b[key]) {
			all = append(all, fmt.Sprintf("%s: %v, %v", key, a[key], b[key]))
		}
	}
	return strings.Join(all, "; ")
}

// composed is what compose-go says of a project with other texts of its files.
func composed(p corpus.Project, texts map[string][]byte) error {
	details := types.ConfigDetails{WorkingDir: p.Directory, Environment: map[string]string{}}
	for _, file := range p.Files {
		text, ok := texts[file]
		if !ok {
			var err error
			if text, err = os.ReadFile(file); err != nil {
				return err
			}
		}
		if ok { // what a fix asks for instead of a secret is for whoever runs the project to set
			for _, asked := range asksFor.FindAllSubmatch(text, -1) {
				details.Environment[string(asked[1])] = "x"
			}
		}
		details.ConfigFiles = append(details.ConfigFiles, types.ConfigFile{Filename: file, Content: text})
	}
	_, err := composeloader.LoadWithContext(context.Background(), details, func(o *composeloader.Options) {
		o.SetProjectName("project", false)
		o.SkipResolveEnvironment = true
	})
	return err
}

var asksFor = regexp.MustCompile(`\$\{(\w+):\?\}`)

// fixFigures count what was fixed, by rule: found, with a safe fix, with an unsafe one, made, not made.
type fixFigures map[string]*[5]int

func (f fixFigures) of(rule string) *[5]int {
	if f[rule] == nil {
		f[rule] = &[5]int{}
	}
	return f[rule]
}

func (f fixFigures) count(fixed Fixed, unsafe bool) {
	if !unsafe {
		return
	}
	for _, m := range fixed.Made {
		if m.Fix.Safe() {
			f.of(m.Rule)[1]++
		} else {
			f.of(m.Rule)[2]++
		}
	}
	for _, m := range fixed.NotMade {
		f.of(m.Rule)[3]++
	}
	for _, p := range fixed.Left.projects {
		for _, left := range p.judged.Findings {
			f.of(left.Rule)[4]++
		}
	}
}

func (f fixFigures) log(t *testing.T) {
	t.Helper()
	var b bytes.Buffer
	fmt.Fprintf(&b, "%-36s %6s %6s %8s %6s\n", "rule", "safe", "unsafe", "not made", "left")
	for _, rule := range slices.Sorted(maps.Keys(f)) {
		n := f[rule]
		fmt.Fprintf(&b, "%-36s %6d %6d %8d %6d\n", rule, n[1], n[2], n[3], n[4])
	}
	t.Log("\n" + b.String())
}
