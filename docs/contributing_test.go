package docs

import (
	"os"
	"strings"
	"testing"
)

// TestContributing holds the example of CONTRIBUTING.md against the rule that it shows.
func TestContributing(t *testing.T) {
	page, err := os.ReadFile("../CONTRIBUTING.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"../policies/rules/host_uts.rego", "../policies/rules/host_uts_test.rego"} {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var shown strings.Builder
		for line := range strings.Lines(string(text)) {
			if strings.TrimSpace(line) != "" {
				shown.WriteString("   ")
			}
			shown.WriteString(line)
		}
		if !strings.Contains(string(page), "   ```rego\n"+shown.String()+"   ```\n") {
			t.Errorf("CONTRIBUTING.md does not show %s as it is", name)
		}
	}
}
