package compose

import (
	"context"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/composelint/composelint/internal/archives"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// TestStepsLookAtAll merges the projects of the archives with steps that look at the attributes of
// their lists, and with steps that look at all: an attribute that a list lacks would go without
// what compose-go does to it.
func TestStepsLookAtAll(t *testing.T) {
	limited := []*step{&uniqueStep, &uniqueAgainStep, &canonicalStep, &defaultsStep, &validateStep}
	lists := make([]map[string]bool, len(limited))
	for i, s := range limited {
		lists[i] = s.attributes
	}
	t.Cleanup(func() {
		for i, s := range limited {
			s.attributes = lists[i]
		}
	})
	file := filepath.Join(t.TempDir(), "compose.yaml")
	every, err := os.ReadFile("../check/testdata/every-attribute.yml")
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range append(archives.Files(t), every) {
		text = slices.Concat(text, []byte("\n---\n"), text) // so that all lists have equal entries
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
		for i, s := range limited {
			s.attributes = lists[i]
		}
		want, wantProblems := mergedPlain(t, file)
		for _, s := range limited {
			s.attributes = nil
		}
		got, gotProblems := mergedPlain(t, file)
		if diff := cmp.Diff(got, want); diff != "" {
			t.Errorf("%s\nis merged otherwise (-by steps that look at all +by steps that look at their lists):\n%s", text, diff)
		}
		if diff := cmp.Diff(gotProblems, wantProblems); diff != "" {
			t.Errorf("%s\nhas other problems (-by steps that look at all +by steps that look at their lists):\n%s", text, diff)
		}
	}
}

// mergedPlain are the values of a merged file, and what is refused of it.
func mergedPlain(t *testing.T, file string) (any, []string) {
	t.Helper()
	problems := &Problems{}
	m, err := Open(context.Background(), Options{Files: []string{file}}, model.NewSources(), problems)
	if err != nil {
		t.Fatal(err)
	}
	plain := m.Merge().Plain()
	var messages []string
	for _, p := range problems.All {
		messages = append(messages, p.At+": "+p.Message)
	}
	slices.Sort(messages)
	return plain, messages
}

// TestSideBySide applies the steps to the services of the archives one by one, and to all at once.
func TestSideBySide(t *testing.T) {
	t.Cleanup(func(usual int) func() { return func() { perShare = usual } }(perShare))
	perShare = 1
	same := []cmp.Option{
		cmp.Exporter(func(reflect.Type) bool { return true }), cmpopts.EquateNaNs(),
		cmp.Comparer(func(a, b *yamltree.Source) bool { return a == b }),
	}
	applied := map[string]int{}
	for _, text := range archives.Files(t) {
		documents, _, _ := yamltree.Parse(yamltree.NewSource(&model.File{Path: "compose.yaml", Text: text}))
		for _, root := range documents {
			for _, s := range []step{uniqueStep, canonicalStep, uniqueAgainStep, defaultsStep, validateStep, pathsStep("sub")} {
				result, err := s.try(root, nil)
				if err != nil || root.Kind != yamltree.Mapping {
					break
				}
				want := s.reattached(result, root, nil)
				if got := s.sideBySide(root); got != nil {
					applied[s.name]++
					if diff := cmp.Diff(got, want, same...); diff != "" {
						t.Fatalf("%s\nis otherwise after the step %s (-one by one +at once):\n%s", text, s.name, diff)
					}
				}
				root = want
			}
		}
	}
	for _, s := range []string{"unique", "canonical", "unique again", "defaults", "validate", "paths"} {
		if applied[s] < 100 {
			t.Errorf("the step %s was applied %d times", s, applied[s])
		}
	}
}

// TestSideBySideRefuses leaves it to the whole to say what is refused.
func TestSideBySideRefuses(t *testing.T) {
	t.Cleanup(func(usual int) func() { return func() { perShare = usual } }(perShare))
	perShare = 1
	const text = "services:\n  a: {ports: [80]}\n  b: {ports: [x:y:z]}\n"
	documents, _, _ := yamltree.Parse(yamltree.NewSource(&model.File{Path: "compose.yaml", Text: []byte(text)}))
	if got := canonicalStep.sideBySide(documents[0]); got != nil {
		t.Errorf("got %v", got.Plain())
	}
}
