package report

import (
	"testing"

	"github.com/composelint/composelint/rules"
)

// TestResultsThatGitHubDoesNotTake says so of a report that would be uploaded in vain.
func TestResultsThatGitHubDoesNotTake(t *testing.T) {
	warning := FormatNamed("sarif").Warning
	r := Report{Findings: make([]rules.Finding, gitHubResults)}
	if got := warning(r); got != "" {
		t.Errorf("of %d results it says %q", len(r.Findings), got)
	}
	r.Findings = append(r.Findings, rules.Finding{})
	const want = "the report has 25001 results, but GitHub takes no more than 25000: judge parts of the tree, and upload each with a category of its own"
	if got := warning(r); got != want {
		t.Errorf("of %d results it says %q, not %q", len(r.Findings), got, want)
	}
}
