// Package composetest loads projects with compose-go, for tests that hold the loader against it.
package composetest

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	composeloader "github.com/compose-spec/compose-go/v2/loader"
	"github.com/compose-spec/compose-go/v2/types"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/composelint/composelint/internal/archives"
	"github.com/composelint/composelint/internal/corpus"
	"github.com/composelint/composelint/loader/compose"
	"github.com/composelint/composelint/loader/template"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// Open opens a project as compose-go does: a variable that nobody set is empty, files may lie
// anywhere, and a project that no file names is called "project".
func Open(t testing.TB, o compose.Options) (*compose.Merger, *compose.Problems) {
	t.Helper()
	o.AllowOutside, o.Closed = true, true
	if o.StandIn == nil {
		o.StandIn = func(string) string { return "" }
	}
	problems := &compose.Problems{}
	m, err := compose.Open(context.Background(), o, model.NewSources(), problems)
	if err != nil {
		t.Fatal(err)
	}
	variables := m.Variables()
	for name, value := range Environment(m) {
		variables[name] = template.Known(value)
	}
	if variables[compose.ProjectName].Text == "" {
		variables[compose.ProjectName] = template.Known("project")
	}
	return m, problems
}

// InDirectory are the options of a project of the collection, whose directory is the working
// directory.
func InDirectory(t testing.TB, p corpus.Project) compose.Options {
	t.Helper()
	o := compose.Options{EnvFiles: p.EnvFiles, ProjectDirectory: "."}
	for _, file := range p.Files {
		rel, err := filepath.Rel(p.Directory, file)
		if err != nil {
			t.Fatal(err)
		}
		o.Files = append(o.Files, rel)
	}
	return o
}

// Archived are the Compose files in the archives of the repository, each as a project by itself
// in a directory that has the other files of its archive, too. The malformed ones are left to
// TestMalformed: compose-go panics over some, and would take days for others.
func Archived(t testing.TB) []corpus.Project {
	t.Helper()
	var projects []corpus.Project
	all := archives.WellFormed(t)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		dir := t.TempDir()
		if err := txtar.Write(all[name], dir); err != nil {
			t.Fatal(err)
		}
		for _, file := range archives.ComposeFiles(all[name]) {
			if HasDates(file.Data) {
				continue // compose-go writes a time where the tree has its text
			}
			path := filepath.Join(dir, filepath.FromSlash(file.Name))
			projects = append(projects, corpus.Project{
				ID: name + ": " + file.Name, Directory: filepath.Dir(path), Files: []string{path},
			})
		}
	}
	return projects
}

// HasDates is true for a file with a value that YAML reads as a timestamp.
func HasDates(text []byte) bool {
	documents, _, _ := yamltree.Parse(yamltree.NewSource(&model.File{Path: "a.yaml", Text: text}))
	return slices.ContainsFunc(documents, hasDate)
}

func hasDate(n *yamltree.Node) bool {
	for _, field := range n.Fields {
		if hasDate(field) {
			return true
		}
	}
	for _, item := range n.Items {
		if hasDate(item) {
			return true
		}
	}
	return n.Date
}

// Model is compose-go's model of a project, which is named if no file names it.
func Model(t testing.TB, o compose.Options) (map[string]any, error) {
	t.Helper()
	o.Closed, o.StandIn = true, func(string) string { return "" }
	m, err := compose.Open(context.Background(), o, model.NewSources(), &compose.Problems{})
	if err != nil {
		t.Fatal(err)
	}
	env := Environment(m)
	name, stated := env[compose.ProjectName]
	if !stated {
		name = "project"
	}
	model, err := load(details(o, env), func(o *composeloader.Options) { o.SetProjectName(name, stated) })
	return WithoutLookups(model), err
}

// Environment are the variables of a project as compose-go takes them.
func Environment(m *compose.Merger) map[string]string {
	env := map[string]string{}
	for name, value := range m.Variables() {
		env[name] = value.Text
	}
	return env
}

// Reload is compose-go's model of the files as they are now, with variables that are known.
func Reload(o compose.Options, env map[string]string) (map[string]any, error) {
	return load(details(o, env), func(o *composeloader.Options) { o.SetProjectName(env[compose.ProjectName], true) })
}

// load loads a model with compose-go. A panic of it is an error.
func load(details types.ConfigDetails, options func(*composeloader.Options)) (model map[string]any, err error) {
	defer recovered(&err)
	return composeloader.LoadModelWithContext(context.Background(), details, options)
}

// recovered makes an error of a panic.
func recovered(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("panic: %v", r)
	}
}

func details(o compose.Options, env map[string]string) types.ConfigDetails {
	details := types.ConfigDetails{WorkingDir: ".", Environment: env}
	for _, file := range o.Files {
		details.ConfigFiles = append(details.ConfigFiles, types.ConfigFile{Filename: file})
	}
	return details
}

// Verdict is the error with which compose-go refuses a project, whose profiles are all enabled,
// but for what env files and label files would say. A panic of it is an error.
func Verdict(t testing.TB, o compose.Options) (err error) {
	t.Helper()
	defer recovered(&err)
	m, _ := Open(t, o)
	env := Environment(m)
	_, err = composeloader.LoadWithContext(context.Background(), details(o, env), func(o *composeloader.Options) {
		o.SetProjectName(env[compose.ProjectName], true)
		o.Profiles = []string{"*"}
		o.SkipResolveEnvironment, o.SkipResolveLabels = true, true
	})
	return err
}

// WithoutLookups takes out of a model, in place, what compose-go looks up in the file system and
// in the environment, the ./ before contexts, and the / after a home directory.
func WithoutLookups(m map[string]any) map[string]any {
	services, _ := m["services"].(map[string]any)
	for _, s := range services {
		if service, ok := s.(map[string]any); ok {
			delete(service, "develop")
		}
	}
	for _, section := range compose.ContainerSections {
		containers, _ := m[section].(map[string]any)
		for _, c := range containers {
			container, _ := c.(map[string]any)
			mounts, _ := container["volumes"].([]any)
			for _, mount := range mounts {
				if m, ok := mount.(map[string]any); ok && m["source"] == "~/" {
					m["source"] = "~"
				}
			}
			build, _ := container["build"].(map[string]any)
			more, _ := build["additional_contexts"].(map[string]any)
			withoutDot(build, "context")
			for key := range more {
				withoutDot(more, key)
			}
		}
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

func withoutDot(in map[string]any, key string) {
	if context, ok := in[key].(string); ok {
		in[key] = strings.TrimPrefix(context, "./")
	}
}

// JSON is a value as JSON has it, without the types in which equal values differ.
func JSON(t testing.TB, v any) any {
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
