package loader

import (
	"context"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	composeloader "github.com/compose-spec/compose-go/v2/loader"
	"github.com/compose-spec/compose-go/v2/types"
	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/internal/corpus"
)

// TestSameModelAsCompose holds the loaded tree against compose-go's own model for every
// project that compose-go loads, with the empty string for unset variables.
func TestSameModelAsCompose(t *testing.T) {
	t.Setenv("HOME", "~") // which compose-go then leaves as it is
	compared, refused := 0, 0
	for _, p := range corpus.Projects(t) {
		t.Chdir(p.Directory)
		want, err := composeModel(t, p)
		if err != nil {
			refused++
			continue
		}
		got, problems := treeAsCompose(t, p)
		for _, problem := range problems {
			t.Errorf("%s: compose-go accepts this: %s: %s", p.ID, problem.at, problem.message)
		}
		if diff := cmp.Diff(jsonOf(t, want), jsonOf(t, got)); diff != "" {
			t.Errorf("%s: the model differs from compose-go's (-want +got):\n%s", p.ID, diff)
		}
		compared++
	}
	t.Logf("%d projects have the same model as in compose-go, which refuses %d others", compared, refused)
	if compared == 0 {
		t.Error("no project was compared")
	}
}

// inDirectory are a project's options as seen from its directory.
func inDirectory(t *testing.T, p corpus.Project) Options {
	t.Helper()
	relative := func(files []string) []string {
		var out []string
		for _, file := range files {
			rel, err := filepath.Rel(p.Directory, file)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, rel)
		}
		return out
	}
	return Options{Files: relative(p.Files), EnvFiles: p.EnvFiles, ProjectDirectory: "."}
}

// treeAsCompose loads a project from its directory.
func treeAsCompose(t *testing.T, p corpus.Project) (map[string]any, []problem) {
	t.Helper()
	l := newLoading(context.Background())
	l.unset = func(string) string { return "" }
	c, err := l.project(inDirectory(t, p))
	if err != nil {
		t.Fatal(err)
	}
	if c.env["COMPOSE_PROJECT_NAME"] == "" {
		c.env["COMPOSE_PROJECT_NAME"] = "project"
	}
	plain := l.complete(l.model(c), c).Plain().(map[string]any)
	plain["name"] = c.env["COMPOSE_PROJECT_NAME"]
	return withoutWatch(plain), l.problems
}

// composeModel loads a project with compose-go from its directory, so that its paths stay
// relative.
func composeModel(t *testing.T, p corpus.Project) (map[string]any, error) {
	t.Helper()
	options := inDirectory(t, p)
	l := newLoading(context.Background())
	c, err := l.project(options)
	if err != nil {
		t.Fatal(err)
	}
	details := types.ConfigDetails{WorkingDir: ".", Environment: c.env}
	for _, file := range options.Files {
		details.ConfigFiles = append(details.ConfigFiles, types.ConfigFile{Filename: file})
	}
	m, err := composeloader.LoadModelWithContext(context.Background(), details, func(o *composeloader.Options) {
		name, stated := c.env["COMPOSE_PROJECT_NAME"]
		if !stated {
			name = "project"
		}
		o.SetProjectName(name, stated)
	})
	return withoutWatch(m), err
}

// withoutWatch leaves out develop, whose paths compose-go looks up in the file system,
// what it adds to secrets and configs that come from variables, and the ./ that keeps the
// path of a build context from being taken for an address, which compose-go only loses
// where the paths stay relative.
func withoutWatch(m map[string]any) map[string]any {
	services, _ := m["services"].(map[string]any)
	for _, s := range services {
		if service, ok := s.(map[string]any); ok {
			delete(service, "develop")
		}
	}
	for _, context := range localContexts(m) {
		context.in[context.key] = strings.TrimPrefix(context.in[context.key].(string), "./")
	}
	for _, section := range []string{"secrets", "configs"} {
		entries, _ := m[section].(map[string]any)
		for _, e := range entries {
			if entry, ok := e.(map[string]any); ok && entry["environment"] != nil {
				delete(entry, types.SecretConfigXValue)
				delete(entry, "content")
			}
		}
	}
	return m
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
