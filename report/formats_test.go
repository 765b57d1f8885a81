package report

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"strings"
	"testing"

	"github.com/composelint/composelint/internal/golden"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/severity"
)

// extensions are those of the golden files, for the formats that have some for the same reports
// as SARIF.
var extensions = map[string]string{"concise": "concise", "github": "github", "gitlab": "gitlab.json", "junit": "junit.xml", "rdjson": "rdjson", "markdown": "md"}

func TestFormats(t *testing.T) {
	for name, r := range sarifReports(t) {
		for format, extension := range extensions {
			t.Run(name+"."+extension, func(t *testing.T) {
				golden.Check(t, "testdata/"+name+"."+extension, formatted(t, format, r))
			})
		}
	}
}

// formatted is a report in the format of that name.
func formatted(t *testing.T, format string, r Report) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := FormatNamed(format).Write(&b, r, TextOptions{}); err != nil {
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
			Findings: []rules.Finding{{Rule: "a-rule", Severity: severity.Error, Message: message, Location: at, Fails: true}},
		}
		for _, format := range []string{"concise", "github"} {
			if n := strings.Count(string(formatted(t, format, r)), "\n"); n != 2 {
				t.Errorf("%d lines", n)
			}
		}
		if text := string(formatted(t, "github", r)); !strings.HasPrefix(text, "::error file=") || strings.Count(text, ",title=a-rule::") != 1 {
			t.Errorf("the command is %q", text)
		}
		var issues []gitlabIssue
		if err := json.Unmarshal(formatted(t, "gitlab", r), &issues); err != nil || len(issues) != 1 {
			t.Errorf("%d issues, %v", len(issues), err)
		}
		var suites junitSuites
		if err := xml.Unmarshal(formatted(t, "junit", r), &suites); err != nil || suites.Failures != 1 {
			t.Errorf("%d failures, %v", suites.Failures, err)
		}
		if text := string(formatted(t, "markdown", r)); strings.Count(text, "\n| error |") != 1 {
			t.Errorf("the table is\n%s", text)
		}
		if text := string(formatted(t, "html", r)); strings.Count(text, "<article ") != 1 {
			t.Errorf("the page is\n%s", text)
		}
	})
}
