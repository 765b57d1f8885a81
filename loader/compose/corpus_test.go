package compose_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/internal/corpus"
	"github.com/composelint/composelint/loader/compose"
	"github.com/composelint/composelint/loader/compose/composetest"
)

// TestSameModelAsCompose holds the loaded tree against compose-go's own model for every
// project that compose-go loads, with the empty string for unset variables.
func TestSameModelAsCompose(t *testing.T) {
	t.Run("archives", func(t *testing.T) { sameModel(t, composetest.Archived(t)) })
	t.Run("corpus", func(t *testing.T) { sameModel(t, corpus.Projects(t)) })
}

func sameModel(t *testing.T, projects []corpus.Project) {
	t.Setenv("HOME", "~") // which compose-go then leaves as it is
	compared, refused := 0, 0
	for _, p := range projects {
		t.Chdir(p.Directory)
		want, err := composetest.Model(t, composetest.InDirectory(t, p))
		if err != nil {
			refused++
			continue
		}
		got, problems := treeOf(t, composetest.InDirectory(t, p))
		for _, problem := range problems {
			t.Errorf("%s: compose-go accepts this: %s: %s", p.ID, problem.At, problem.Message)
		}
		if diff := cmp.Diff(composetest.JSON(t, want), composetest.JSON(t, got)); diff != "" {
			t.Errorf("%s: the model differs from compose-go's (-want +got):\n%s", p.ID, diff)
		}
		compared++
	}
	t.Logf("%d projects have the same model as in compose-go, which refuses %d others", compared, refused)
	if compared == 0 {
		t.Error("no project was compared")
	}
}

// treeOf is the merged tree of a project as compose-go has it.
func treeOf(t *testing.T, o compose.Options) (map[string]any, []compose.Problem) {
	t.Helper()
	m, problems := composetest.Open(t, o)
	plain := m.Normalize(m.Merge()).Plain().(map[string]any)
	plain["name"] = m.Variables()[compose.ProjectName].Text
	return composetest.WithoutLookups(plain), problems.All
}
