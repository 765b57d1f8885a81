package report

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/severity"
)

// formats are those that have golden files for the same reports as SARIF.
var formats = map[string]func(io.Writer, Report) error{
	"concise": Concise, "github": GitHub, "gitlab.json": GitLab, "junit.xml": JUnit, "md": Markdown,
}

func TestFormats(t *testing.T) {
	for name, r := range sarifReports(t) {
		for extension, format := range formats {
			t.Run(name+"."+extension, func(t *testing.T) { golden(t, name+"."+extension, formatted(t, format, r)) })
		}
	}
}

func formatted(t *testing.T, format func(io.Writer, Report) error, r Report) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := format(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// FuzzFormats quotes what a file may hold: each finding stays one line, or one element.
func FuzzFormats(f *testing.F) {
	f.Add("a,b:c%.yml", "it says \"::error::\" ]]> | `x` \r\n\x00\u202e")
	f.Fuzz(func(t *testing.T, file, message string) {
		at := model.Location{File: file, Start: model.Position{Line: 1, Column: 1}, End: model.Position{Line: 1, Column: 2}}
		r := Report{
			Projects: 1, Files: map[string]*model.File{file: {Path: file}},
			Findings: []rules.Finding{{Rule: "a-rule", Severity: severity.Error, Message: message, Location: at}},
		}
		for _, format := range []func(io.Writer, Report) error{Concise, GitHub} {
			if n := strings.Count(string(formatted(t, format, r)), "\n"); n != 2 {
				t.Errorf("%d lines", n)
			}
		}
		if text := string(formatted(t, GitHub, r)); !strings.HasPrefix(text, "::error file=") || strings.Count(text, ",title=a-rule::") != 1 {
			t.Errorf("the command is %q", text)
		}
		var issues []gitlabIssue
		if err := json.Unmarshal(formatted(t, GitLab, r), &issues); err != nil || len(issues) != 1 {
			t.Errorf("%d issues, %v", len(issues), err)
		}
		var suites junitSuites
		if err := xml.Unmarshal(formatted(t, JUnit, r), &suites); err != nil || suites.Failures != 1 {
			t.Errorf("%d failures, %v", suites.Failures, err)
		}
		if text := string(formatted(t, Markdown, r)); strings.Count(text, "\n| error |") != 1 {
			t.Errorf("the table is\n%s", text)
		}
	})
}
