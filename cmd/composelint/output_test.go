package main

import (
	"bytes"
	"io"
	"testing"

	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/report"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/severity"
)

// TestResultsThatGitHubDoesNotTake says so of a report that would be uploaded in vain.
func TestResultsThatGitHubDoesNotTake(t *testing.T) {
	r := report.Report{Rules: newEngine(t).Catalogue, Files: map[string]*model.File{"compose.yaml": {Path: "compose.yaml", URI: "compose.yaml"}}}
	place := model.Location{File: "compose.yaml", Start: model.Position{Line: 1, Column: 1}, End: model.Position{Line: 1, Column: 2}}
	for range report.GitHubResults {
		r.Findings = append(r.Findings, rules.Finding{Rule: "privileged", Severity: severity.Error, Location: place})
	}
	says := func() string {
		t.Helper()
		var stderr bytes.Buffer
		if err := (&command{stderr: &stderr}).format(&options{format: "sarif"}, io.Discard, r); err != nil {
			t.Fatal(err)
		}
		return stderr.String()
	}
	if got := says(); got != "" {
		t.Errorf("of %d results it says %q", len(r.Findings), got)
	}
	r.Findings = append(r.Findings, r.Findings[0])
	const want = "composelint: the report has 25001 results, but GitHub takes no more than 25000: judge parts of the tree, and upload each with a category of its own\n"
	if got := says(); got != want {
		t.Errorf("of %d results it says %q, not %q", len(r.Findings), got, want)
	}
}
