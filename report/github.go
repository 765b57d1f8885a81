package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules/severity"
)

// githubCommands are the workflow commands by severity.
// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
var githubCommands = map[severity.Severity]string{severity.Error: "error", severity.Warning: "warning", severity.Note: "notice"}

// A workflow command ends with its line; in a property a colon and a comma end it, too.
var (
	githubData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// writeGitHub writes workflow commands, which annotate the lines of a pull request, and the
// closing line.
func writeGitHub(w io.Writer, r Report) error {
	b := bufio.NewWriter(w)
	for _, trouble := range r.Trouble {
		at, message, hasPlace := TroubleAt(trouble)
		where := ""
		if hasPlace {
			where = fmt.Sprintf("file=%s,line=%d,", githubProperty.Replace(at.File), max(at.Start.Line, 1))
		}
		fmt.Fprintf(b, "::error %stitle=not judged::%s\n", where, githubData.Replace(message))
	}
	for _, relaxed := range r.Relaxed { // before the findings: not all of them are shown
		fmt.Fprintf(b, "::notice file=%s,line=1,title=configuration::%s\n", githubProperty.Replace(model.URIOf(r.Files, relaxed.File)), githubData.Replace(relaxed.String()))
	}
	for _, g := range alerts(r.Findings) {
		f := g.first()
		start, end := f.Location.Start, f.Location.End
		fmt.Fprintf(b, "::%s file=%s,line=%d,col=%d", githubCommands[f.Severity],
			githubProperty.Replace(model.URIOf(r.Files, f.Location.File)), max(start.Line, 1), max(start.Column, 1))
		if end.Line > 0 {
			fmt.Fprintf(b, ",endLine=%d", end.Line)
		}
		if end.Line == start.Line && end.Column > start.Column { // else GitHub refuses it
			fmt.Fprintf(b, ",endColumn=%d", end.Column-1)
		}
		fmt.Fprintf(b, ",title=%s::%s\n", githubProperty.Replace(f.Rule), githubData.Replace(g.message(mostNamed)))
	}
	fmt.Fprintln(b, summary(r))
	return b.Flush()
}
