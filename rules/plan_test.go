package rules_test

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/internal/archives"
	"github.com/composelint/composelint/internal/corpus"
	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/config"
	"github.com/composelint/composelint/rules/policy"
)

// TestPlanOfArchives asks the plan and topdown the same about every Compose file in the archives:
// the rules' examples, and what is malformed.
func TestPlanOfArchives(t *testing.T) {
	both := newBoth(t)
	all := archives.All(t)
	dir := t.TempDir()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		for _, f := range all[name].Files {
			path := filepath.Join(dir, filepath.FromSlash(name), f.Name)
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, f.Data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		for _, f := range all[name].Files {
			if ext := filepath.Ext(f.Name); ext == ".yml" || ext == ".yaml" {
				both.compare(t, loader.Options{Files: []string{filepath.Join(dir, filepath.FromSlash(name), f.Name)}}, "default", "strict", "swarm")
			}
		}
	}
}

// TestPlanOfCorpus does the same with the real files, in the configuration that asks most: topdown
// takes a minute for each.
func TestPlanOfCorpus(t *testing.T) {
	both := newBoth(t)
	for _, p := range corpus.Projects(t) {
		both.compare(t, loader.Options{Files: p.Files, EnvFiles: p.EnvFiles, ProjectDirectory: p.Directory, AllowOutside: true}, "strict")
	}
}

// TestPlanOfProxyProject does the same with a proxy and many services.
func TestPlanOfProxyProject(t *testing.T) {
	both := newBoth(t)
	input, sources := proxyProject(20)
	input.Config = configs(t, both.plan)["strict"]
	both.judge(t, "a proxy and twenty services", input, sources)
	both.review(t, "a proxy and twenty services", input, sources)
}

// first is set in the environment of a process in which the plan has never been asked anything.
const first = "COMPOSELINT_TEST_FIRST"

// TestFirstPlan compares what the plan says first, in a process of its own: values that are made
// once are made then.
func TestFirstPlan(t *testing.T) {
	if os.Getenv(first) != "" {
		TestPlanOfProxyProject(t)
		return
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), program, "-test.run=^TestFirstPlan$", "-test.count=1")
	c.Env = append(os.Environ(), first+"=yes")
	if out, err := c.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// both are the engines that are to say the same.
type both struct{ plan, topdown *rules.Engine }

func newBoth(t *testing.T) both {
	t.Helper()
	if _, compiled := once(t, theProgram).Evaluator.(policy.Topdown); compiled {
		t.Fatal("the policies were compiled: run go generate ./policies")
	}
	return both{engine(t), newEngine(t, fromText(t))}
}

// configs are those in which projects are judged.
func configs(t *testing.T, e *rules.Engine) map[string]model.Config {
	t.Helper()
	roles := config.Default().Roles
	return map[string]model.Config{
		"default": {Enabled: enabled(t, e, false), Target: "compose", Roles: roles},
		"strict":  {Enabled: enabled(t, e, true), Strict: true, Target: "compose", Roles: roles},
		"swarm":   {Enabled: enabled(t, e, true), Target: "swarm", Roles: roles},
	}
}

// compare judges a project, if it can be loaded, in some configurations, and reviews it in one.
func (b both) compare(t *testing.T, o loader.Options, in ...string) {
	t.Helper()
	all := configs(t, b.plan)
	for _, name := range in {
		c := all[name]
		o.Swarm = c.Target == "swarm"
		p, err := loader.Load(t.Context(), o)
		if err != nil {
			return
		}
		what := fmt.Sprintf("%q, %s", o.Files, name)
		b.judge(t, what, p.Input(c), p.Sources)
		if c.Strict {
			b.review(t, what, p.Input(c), p.Sources)
		}
	}
}

// enlarged says of a project that its files are so large that the plan's rules are evaluated side by side.
func enlarged(sources *model.Sources) *model.Sources {
	larger := *sources
	larger.Files = maps.Clone(sources.Files)
	larger.Files["large"] = &model.File{Text: make([]byte, 100_000)}
	return &larger
}

// judge wants both engines to have the same findings.
func (b both) judge(t *testing.T, what string, input model.Input, sources *model.Sources) {
	t.Helper()
	got, gotErr := b.plan.Judge(t.Context(), input, sources)
	sideBySide, err := b.plan.Judge(t.Context(), input, enlarged(sources))
	if diff := cmp.Diff(got, sideBySide); diff != "" || err != nil {
		t.Errorf("%s: findings (-one by one +side by side), error %v:\n%s", what, err, diff)
	}
	want, wantErr := b.topdown.Judge(t.Context(), input, sources)
	if diff := cmp.Diff(want, got); diff != "" || gotErr != nil || wantErr != nil {
		t.Errorf("%s: findings (-topdown +plan), errors %v and %v:\n%s", what, wantErr, gotErr, diff)
	}
}

// review wants both engines to have the same review.
func (b both) review(t *testing.T, what string, input model.Input, sources *model.Sources) {
	t.Helper()
	_, got, gotErr := b.plan.Review(t.Context(), input, enlarged(sources))
	_, want, wantErr := b.topdown.Review(t.Context(), input, sources)
	if diff := cmp.Diff(want, got); diff != "" || gotErr != nil || wantErr != nil {
		t.Errorf("%s: review (-topdown +plan), errors %v and %v:\n%s", what, wantErr, gotErr, diff)
	}
}
