package check

import (
	"strings"
	"testing"
	"time"

	"github.com/composelint/composelint/internal/corpus"
	"github.com/composelint/composelint/loader/compose"
	"github.com/composelint/composelint/loader/compose/composetest"
)

// TestSameVerdictAsCompose holds what is reported against what compose-go's typed loader
// refuses, for every project with all profiles, once with the empty string and once with
// "1" for every variable that nobody set. An override file without the file that it
// changes is not reported for what it lacks.
func TestSameVerdictAsCompose(t *testing.T) {
	t.Run("archives", func(t *testing.T) { sameVerdicts(t, composetest.Archived(t)) })
	t.Run("corpus", func(t *testing.T) { sameVerdicts(t, corpus.Projects(t)) })
}

func sameVerdicts(t *testing.T, projects []corpus.Project) {
	t.Setenv("HOME", "~")
	for _, value := range []string{"", "1"} {
		counts := map[string]int{}
		for _, p := range projects {
			t.Chdir(p.Directory)
			o := composetest.InDirectory(t, p)
			unset := unsetVariables(t, o)
			if value != "" && len(unset) == 0 {
				continue // it is the same again
			}
			problems, partial := verdict(t, with(o, unset, value))
			err := composetest.Verdict(t, with(o, unset, value))
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
				t.Errorf("%s: compose-go accepts it: %s: %s", p.ID, problems[0].At, problems[0].Message)
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
func unsetVariables(t *testing.T, o compose.Options) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	o.StandIn = func(name string) string { names[name] = true; return "" }
	m, _ := composetest.Open(t, o)
	m.Normalize(m.Merge())
	return names
}

// with are the options with a value for some variables.
func with(o compose.Options, unset map[string]bool, value string) compose.Options {
	o.Variables = map[string]*string{}
	for name := range unset {
		o.Variables[name] = &value
	}
	return o
}

// verdict is what is reported of a project, and whether it is a mere override.
func verdict(t *testing.T, o compose.Options) (found []compose.Problem, partial bool) {
	t.Helper()
	m, problems := composetest.Open(t, o)
	root, _ := Project(m.Merge(), problems, Options{Swarm: true}) // but for what is refused later
	m.Normalize(root)
	ch := checker{root: root}
	for _, s := range ch.all() {
		if s.under("image").text() != "" || s.Field("build") != nil || s.Field("provider") != nil {
			return problems.All, false
		}
	}
	return problems.All, true
}

// BenchmarkCheck measures the check over the collection, and as a share of the time that
// compose-go takes to load the same models.
func BenchmarkCheck(b *testing.B) {
	b.Setenv("HOME", "~")
	var library, check time.Duration
	n := 0
	projects := corpus.Projects(b)
	for b.Loop() {
		for _, p := range projects {
			b.Chdir(p.Directory)
			o := compose.Options{Files: p.Files, EnvFiles: p.EnvFiles, ProjectDirectory: "."}
			m, problems := composetest.Open(b, o)
			start := time.Now()
			if _, err := composetest.Model(b, o); err != nil {
				continue
			}
			library += time.Since(start)
			root := m.Merge()
			start = time.Now()
			Project(root, problems, Options{Enabled: []string{"*"}})
			check += time.Since(start)
			n++
		}
	}
	b.ReportMetric(float64(check.Microseconds())/float64(n), "µs/project")
	b.ReportMetric(100*float64(check)/float64(library), "%ofcompose")
}
