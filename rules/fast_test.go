package rules_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/composelint/composelint/internal/corpus"
	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules/config"
)

// TestFastPaths judges with the compiled policies and the encoded model, and with the policies'
// text and the model's JSON: nothing that is done for speed may change a finding. The rules'
// examples are there everywhere, the real files not.
func TestFastPaths(t *testing.T) {
	fast, slow := engine(t), newEngine(t, fromText(t))
	same := func(t *testing.T, o loader.Options) {
		p, err := loader.Load(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		input := p.Input(model.Config{Enabled: enabled(t, slow, true), Strict: true, Roles: config.Default().Roles})
		want, err := slow.JudgeText(t.Context(), input, p.Sources)
		if err != nil {
			t.Fatal(err)
		}
		got, err := fast.Judge(t.Context(), input, p.Sources)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-slow +fast):\n%s", o.Files, diff)
		}
	}
	t.Run("examples", func(t *testing.T) {
		t.Parallel()
		for _, file := range examples(t) {
			same(t, loader.Options{Files: []string{file}})
		}
	})
	t.Run("corpus", func(t *testing.T) {
		t.Parallel()
		for _, p := range corpus.Projects(t) {
			same(t, loader.Options{Files: p.Files, EnvFiles: p.EnvFiles, ProjectDirectory: p.Directory, AllowOutside: true})
		}
	})
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
