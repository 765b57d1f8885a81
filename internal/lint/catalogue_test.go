package lint

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/composelint/composelint/internal/corpus"
)

// ruleRow is a line of the plan's tables that begins with a rule's id.
var ruleRow = regexp.MustCompile(`(?m)^\| ([a-z0-9]+(?:-[a-z0-9]+)+) \|`)

// TestCatalogueIsWhole wants every rule of the plan, which lies beside the collection of real
// files. Without it the test is skipped.
func TestCatalogueIsWhole(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(corpus.Dir(t), "..", "rules.md"))
	if err != nil {
		t.Skip(err)
	}
	planned := ruleRow.FindAllSubmatch(text, -1)
	if len(planned) < 80 {
		t.Fatalf("the plan has %d rules: its tables look otherwise", len(planned))
	}
	engine := newEngine(t)
	for _, id := range planned {
		if _, ok := engine.Catalogue.Find(string(id[1])); !ok {
			t.Errorf("the rule %q is planned and missing", id[1])
		}
	}
}
