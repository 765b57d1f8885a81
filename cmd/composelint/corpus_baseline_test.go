package main

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/composelint/composelint/internal/corpus"
	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules/catalogue"
	"github.com/composelint/composelint/rules/triage"
)

// TestBaselineOfCorpus writes a baseline for every real project and applies it to the same
// project with comments and blank lines put in: nothing is new, and nothing is fixed.
func TestBaselineOfCorpus(t *testing.T) {
	engine := newEngine(t)
	choice, err := engine.Catalogue.Choose(catalogue.Selection{Strict: true})
	if err != nil {
		t.Fatal(err)
	}
	original := corpus.Dir(t)
	moved := t.TempDir()
	if err := os.CopyFS(moved, os.DirFS(original)); err != nil {
		t.Fatal(err)
	}
	projects := corpus.Projects(t)
	judge := func(p corpus.Project) *triage.Judged {
		in := func(path string) string {
			if below, ok := strings.CutPrefix(path, original); ok {
				return filepath.Join(moved, below)
			}
			return path
		}
		o := loader.Options{ProjectDirectory: in(p.Directory), AllowOutside: true}
		for _, file := range p.Files {
			o.Files = append(o.Files, in(file))
		}
		for _, file := range p.EnvFiles {
			o.EnvFiles = append(o.EnvFiles, in(file))
		}
		r, err := loader.Load(context.Background(), o)
		if err != nil {
			t.Fatalf("%s: %v", p.ID, err)
		}
		findings, err := engine.Judge(context.Background(), r.Input(model.Config{Enabled: choice.Rules, Strict: true}), r.Sources)
		if err != nil {
			t.Fatalf("%s: %v", p.ID, err)
		}
		return &triage.Judged{Catalogue: engine.Catalogue, Project: r.Project, Sources: r.Sources, Choice: choice, Findings: findings}
	}
	baselines := map[string]triage.Baseline{}
	accepted := 0
	for _, p := range projects {
		before := judge(p)
		accepted += len(before.Findings)
		baselines[p.ID] = triage.NewBaseline([]*triage.Judged{before})
	}
	reflow(t, moved)
	for _, p := range projects {
		after := judge(p)
		fixed := baselines[p.ID].Apply([]*triage.Judged{after})
		for _, f := range after.Findings {
			t.Errorf("%s: new: %s %s %s", p.ID, f.Rule, f.At, f.Key)
		}
		if len(fixed) > 0 {
			t.Errorf("%s: fixed: %v", p.ID, fixed)
		}
	}
	t.Logf("%d findings in %d projects", accepted, len(projects))
}

// topLevel is a key at the left margin, above which a comment may stand.
var topLevel = regexp.MustCompile(`(?m)^[a-z-]+:( |\r?$)`)

// reflow moves the lines of every Compose file below dir.
func reflow(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if ext := filepath.Ext(path); err != nil || d.IsDir() || ext != ".yml" && ext != ".yaml" {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(path, topLevel.ReplaceAll(text, []byte("\n# moved\n$0")), 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
}
