package loader

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	composeloader "github.com/compose-spec/compose-go/v2/loader"
	"github.com/compose-spec/compose-go/v2/types"

	"github.com/composelint/composelint/internal/corpus"
)

// TestSameVerdictAsCompose holds what is reported against what compose-go's typed loader
// refuses, for every project with all profiles, once with the empty string and once with
// "1" for every variable that nobody set. An override file without the file that it
// changes is not reported for what it lacks.
func TestSameVerdictAsCompose(t *testing.T) {
	t.Setenv("HOME", "~")
	projects := corpus.Projects(t)
	for _, value := range []string{"", "1"} {
		counts := map[string]int{}
		for _, p := range projects {
			t.Chdir(p.Directory)
			o := inDirectory(t, p)
			unset := unsetVariables(t, o)
			if value != "" && len(unset) == 0 {
				continue // it is the same again
			}
			problems, partial := verdict(t, o, unset, value)
			err := composeVerdict(t, o, unset, value)
			switch {
			case err == nil && len(problems) == 0:
				counts["accepted by both"]++
			case err != nil && len(problems) > 0:
				counts["refused by both"]++
			case err != nil && partial && isPartial(err):
				counts["override files that compose-go refuses for being partial"]++
			case err != nil:
				t.Errorf("%s: compose-go refuses it, nothing is reported: %v", p.ID, err)
			default:
				t.Errorf("%s: compose-go accepts it: %s: %s", p.ID, problems[0].at, problems[0].message)
			}
		}
		t.Logf("with %q for unset variables: %v", value, counts)
	}
}

// isPartial is true for what a project lacks of which only the override file is there.
func isPartial(err error) bool {
	return strings.Contains(err.Error(), "neither an image nor a build") || strings.Contains(err.Error(), "undefined")
}

// unsetVariables are the names of those that a project uses and nobody set.
func unsetVariables(t *testing.T, o Options) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	l := newLoading(context.Background())
	l.unset = func(name string) string { names[name] = true; return "" }
	c, err := l.project(o)
	if err != nil {
		t.Fatal(err)
	}
	l.complete(l.model(c), c)
	return names
}

// verdict is what is reported of a project, and whether it is a mere override.
func verdict(t *testing.T, o Options, unset map[string]bool, value string) (problems []problem, partial bool) {
	t.Helper()
	l := newLoading(context.Background())
	c := configWith(t, l, o, unset, value)
	root := l.check(l.model(c), nil)
	l.complete(root, c)
	ch := checker{root: root}
	for _, s := range ch.all() {
		if s.under("image").text() != "" || s.Field("build") != nil || s.Field("provider") != nil {
			return l.problems, false
		}
	}
	return l.problems, true
}

func configWith(t *testing.T, l *loading, o Options, unset map[string]bool, value string) *config {
	t.Helper()
	c, err := l.project(o)
	if err != nil {
		t.Fatal(err)
	}
	for name := range unset {
		c.env[name] = value
	}
	if c.env["COMPOSE_PROJECT_NAME"] == "" {
		c.env["COMPOSE_PROJECT_NAME"] = "project"
	}
	return c
}

// composeVerdict is why compose-go refuses a project, nil when it does not. A panic is a
// refusal. Files that services take their environment and labels from are not read.
func composeVerdict(t *testing.T, o Options, unset map[string]bool, value string) (err error) {
	t.Helper()
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	c := configWith(t, newLoading(context.Background()), o, unset, value)
	details := types.ConfigDetails{WorkingDir: ".", Environment: c.env}
	for _, file := range o.Files {
		details.ConfigFiles = append(details.ConfigFiles, types.ConfigFile{Filename: file})
	}
	_, err = composeloader.LoadWithContext(context.Background(), details, func(o *composeloader.Options) {
		o.SetProjectName(c.env["COMPOSE_PROJECT_NAME"], true)
		o.Profiles = []string{"*"}
		o.SkipResolveEnvironment, o.SkipResolveLabels = true, true
	})
	return err
}

// BenchmarkCheck measures the check over the collection, and as a share of the time that
// compose-go takes to load the same models.
func BenchmarkCheck(b *testing.B) {
	b.Setenv("HOME", "~")
	var compose, check time.Duration
	n := 0
	projects := corpus.Projects(b)
	for b.Loop() {
		for _, p := range projects {
			b.Chdir(p.Directory)
			l := newLoading(context.Background())
			c, err := l.project(Options{Files: p.Files, EnvFiles: p.EnvFiles, ProjectDirectory: "."})
			if err != nil {
				b.Fatal(err)
			}
			details := types.ConfigDetails{WorkingDir: ".", Environment: c.env, ConfigFiles: types.ToConfigFiles(p.Files)}
			start := time.Now()
			_, err = composeloader.LoadModelWithContext(context.Background(), details, func(o *composeloader.Options) {
				o.SetProjectName("project", true)
			})
			if err != nil {
				continue
			}
			compose += time.Since(start)
			root := l.model(c)
			start = time.Now()
			l.check(root, nil)
			check += time.Since(start)
			n++
		}
	}
	b.ReportMetric(float64(check.Microseconds())/float64(n), "µs/project")
	b.ReportMetric(100*float64(check)/float64(compose), "%ofcompose")
}
