package loader

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	composeloader "github.com/compose-spec/compose-go/v2/loader"
	"github.com/compose-spec/compose-go/v2/types"
	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/internal/corpus"
	"github.com/composelint/composelint/loader/yamltree"
)

// usesOtherFiles is true for a project with include or extends.
func usesOtherFiles(documents []*yamltree.Node) bool {
	for _, d := range documents {
		if d.Field("include") != nil {
			return true
		}
		for _, section := range containerSections {
			for _, service := range fieldsOf(d.Field(section)) {
				if service.Field("extends") != nil {
					return true
				}
			}
		}
	}
	return false
}

// TestSameModelAsCompose holds the merged tree against compose-go's own for every project
// that loads as it is and stands alone.
func TestSameModelAsCompose(t *testing.T) {
	compared, others := 0, 0
	for _, p := range corpus.Projects(t) {
		if p.LoadsAt != "asis" {
			continue
		}
		tree, alone := mergedAsCompose(t, p)
		if !alone {
			others++
			continue
		}
		want, err := composeModel(p)
		if err != nil {
			t.Errorf("%s: compose-go refuses it: %v", p.ID, err)
			continue
		}
		if diff := cmp.Diff(jsonOf(t, want), jsonOf(t, tree)); diff != "" {
			t.Errorf("%s: the model differs from compose-go's (-want +got):\n%s", p.ID, diff)
		}
		compared++
	}
	t.Logf("%d projects have the same model as in compose-go; %d with include or extends were left out", compared, others)
	if compared == 0 {
		t.Error("no project was compared")
	}
}

// mergedAsCompose merges a project's files with the empty string for unset variables.
func mergedAsCompose(t *testing.T, p corpus.Project) (plain map[string]any, alone bool) {
	t.Helper()
	l := newLoading()
	l.unset = func(string) string { return "" }
	var documents []*yamltree.Node
	for _, file := range p.Files {
		parsed, err := l.parse(file)
		if err != nil {
			t.Fatal(err)
		}
		documents = append(documents, parsed...)
	}
	if usesOtherFiles(documents) {
		return nil, false
	}
	if err := l.readEnvironment(Options{Files: p.Files, EnvFiles: p.EnvFiles}, documents); err != nil {
		t.Fatal(err)
	}
	root := &yamltree.Node{Kind: yamltree.Mapping}
	for _, d := range documents {
		var err error
		if root, err = l.merge(root, d); err != nil {
			t.Fatal(err)
		}
	}
	for _, problem := range l.problems {
		t.Errorf("%s: %s: %s", p.ID, problem.at, problem.message)
	}
	plain = root.Plain().(map[string]any)
	composeloader.ResolveEnvironment(plain, l.env) // which is the model's in this program
	return plain, true
}

// composeModel loads a project with compose-go, up to the point that merge goes to.
func composeModel(p corpus.Project) (map[string]any, error) {
	l := newLoading()
	env := types.Mapping{}
	details := types.ConfigDetails{WorkingDir: filepath.Dir(p.Files[0]), Environment: env}
	var documents []*yamltree.Node
	for _, file := range p.Files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		details.ConfigFiles = append(details.ConfigFiles, types.ConfigFile{Filename: file, Content: text})
	}
	if err := l.readEnvironment(Options{Files: p.Files, EnvFiles: p.EnvFiles}, documents); err != nil {
		return nil, err
	}
	for name, value := range l.env {
		env[name] = value
	}
	m, err := composeloader.LoadModelWithContext(context.Background(), details, func(o *composeloader.Options) {
		o.SkipDefaultValues, o.SkipNormalization, o.ResolvePaths = true, true, false
		o.SetProjectName("project", false)
	})
	return m, err
}

// jsonOf makes values of different number types comparable.
func jsonOf(t *testing.T, v any) any {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var out any
	if err := json.Unmarshal(text, &out); err != nil {
		t.Fatal(err)
	}
	return out
}
