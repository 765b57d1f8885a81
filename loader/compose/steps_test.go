package compose

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/composelint/composelint/internal/archives"
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
