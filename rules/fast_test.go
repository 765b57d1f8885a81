package rules_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/composelint/composelint/internal/corpus"
	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/config"
)

// TestEncoding wants the policies to get the models of the rules' examples as OPA reads their JSON.
func TestEncoding(t *testing.T) {
	for _, file := range examples(t) {
		input, _ := load(t, loader.Options{Files: []string{file}})
		checkEncoding(t, file, input)
	}
}

// TestEncodingOfCorpus does the same with the models of the real files.
func TestEncodingOfCorpus(t *testing.T) {
	for _, p := range corpus.Projects(t) {
		input, _ := load(t, loader.Options{Files: p.Files, EnvFiles: p.EnvFiles, ProjectDirectory: p.Directory, AllowOutside: true})
		checkEncoding(t, p.ID, input)
	}
}

// checkEncoding wants the policies to get a model as OPA reads its JSON.
func checkEncoding(t *testing.T, of string, input model.Input) {
	t.Helper()
	text, err := json.Marshal(input)
	if err != nil {
		t.Fatal(err)
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		t.Fatal(err)
	}
	want := ast.MustInterfaceToValue(filled(v))
	if got := rules.Encode(input); got.Compare(want) != 0 {
		t.Errorf("%q is encoded otherwise (-want +got):\n%s", of, cmp.Diff(want.String(), got.String()))
	}
}

// filled is a document with an empty array for each null: Go writes a list that is nil so.
func filled(v any) any {
	switch v := v.(type) {
	case nil:
		return []any{}
	case map[string]any:
		for key, value := range v {
			v[key] = filled(value)
		}
	case []any:
		for i, value := range v {
			v[i] = filled(value)
		}
	}
	return v
}

// load is a project as all rules of the strict set get it.
func load(t *testing.T, o loader.Options) (model.Input, *model.Sources) {
	t.Helper()
	p, err := loader.Load(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return p.Input(model.Config{Enabled: enabled(t, engine(t), true), Strict: true, Roles: config.Default().Roles}), p.Sources
}

// examples are the Compose files of the rules' examples, written to a directory.
func examples(t *testing.T) []string {
	t.Helper()
	archives, err := filepath.Glob("../testdata/rules/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("there are no examples: %v", err)
	}
	dir := t.TempDir()
	var files []string
	for _, name := range archives {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			path := filepath.Join(dir, filepath.Base(name), f.Name)
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, f.Data, 0o600); err != nil {
				t.Fatal(err)
			}
			if ext := filepath.Ext(path); ext == ".yml" || ext == ".yaml" {
				files = append(files, path)
			}
		}
	}
	return files
}
