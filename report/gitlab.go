package report

import (
	"fmt"
	"io"

	"github.com/composelint/composelint/internal/jsontext"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/severity"
)

// gitlabIssue is an entry of GitLab's Code Quality report.
// https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
type gitlabIssue struct {
	Description string         `json:"description"`
	CheckName   string         `json:"check_name"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"`
	Location    gitlabLocation `json:"location"`
}

type gitlabLocation struct {
	Path  string      `json:"path"`
	Lines gitlabLines `json:"lines"`
}

type gitlabLines struct {
	Begin int `json:"begin"`
	End   int `json:"end"`
}

var gitlabSeverities = map[severity.Severity]string{severity.Error: "critical", severity.Warning: "major", severity.Note: "info"}

// configuration is what stands for a rule where a report says what is relaxed.
const configuration = "configuration"

// writeGitLab writes the findings for the widget of a merge request. A fingerprint is told by
// rule, file and node, so that moved lines open nothing anew. What could not be judged is an issue as
// well: without it, what was found there before would pass for fixed.
func writeGitLab(w io.Writer, r Report) error {
	issues := []gitlabIssue{}
	seen := map[string]int{}
	for _, g := range alerts(r.Findings) {
		f := g.first()
		path := model.URIOf(r.Files, f.Location.File)
		id := g.identity(r)
		seen[id]++
		begin := max(f.Location.Start.Line, 1)
		issues = append(issues, gitlabIssue{
			Description: g.message(mostNamed), CheckName: f.Rule, Fingerprint: fmt.Sprintf("%s:%d", id, seen[id]),
			Severity: gitlabSeverities[f.Severity],
			Location: gitlabLocation{Path: path, Lines: gitlabLines{Begin: begin, End: max(f.Location.End.Line, begin)}},
		})
	}
	for _, relaxed := range unseen(r) {
		path := model.URIOf(r.Files, relaxed.File)
		issues = append(issues, gitlabIssue{
			Description: relaxed.String(), CheckName: configuration, Severity: gitlabSeverities[severity.Note],
			Fingerprint: identity(rules.Finding{Rule: configuration, At: relaxed.String()}, path),
			Location:    gitlabLocation{Path: path, Lines: gitlabLines{Begin: 1, End: 1}},
		})
	}
	for _, trouble := range r.Trouble {
		at, message := fileOfTrouble(trouble)
		line := max(at.Start.Line, 1)
		issues = append(issues, gitlabIssue{
			Description: message, CheckName: NotJudged, Severity: "blocker",
			Fingerprint: identity(rules.Finding{Rule: NotJudged, At: message}, at.File),
			Location:    gitlabLocation{Path: at.File, Lines: gitlabLines{Begin: line, End: line}},
		})
	}
	return jsontext.Write(w, issues)
}
