package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/composelint/composelint/internal/jsontext"
	"github.com/composelint/composelint/internal/verify/check"
)

// writeVerifyTAP writes the Test Anything Protocol, version 14: a test point for each check. One that could
// not be told is skipped, since the protocol has no third verdict.
func writeVerifyTAP(w io.Writer, r check.Report) error {
	var b strings.Builder
	fmt.Fprintf(&b, "TAP version 14\n1..%d\n", len(r.Checks))
	for i, c := range r.Checks {
		point := fmt.Sprintf("%d - %s", i+1, tapEscape.Replace(fmt.Sprintf("%s of %q: %s", c.Section, c.Subject, c.ID)))
		switch c.Verdict {
		case check.Agrees:
			fmt.Fprintf(&b, "ok %s\n", point)
		case check.Unknown:
			fmt.Fprintf(&b, "ok %s # SKIP %s\n", point, tapEscape.Replace(c.Why))
		case check.Differs:
			fmt.Fprintf(&b, "not ok %s\n", point)
			if err := tapDiagnostic(&b, c); err != nil {
				return err
			}
		}
	}
	for _, note := range append(r.Notes, notSafety) {
		fmt.Fprintf(&b, "# %s\n", note)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// tapEscape escapes what begins a directive.
var tapEscape = strings.NewReplacer(`\`, `\\`, `#`, `\#`)

// tapDiagnostic writes what differs as a block of YAML, whose values are strings of JSON.
func tapDiagnostic(b *strings.Builder, c check.Check) error {
	place := ""
	if c.Location != nil {
		place = c.Location.String()
	}
	b.WriteString("  ---\n")
	for _, line := range [][2]string{{"expected", c.Expected}, {"seen", c.Seen}, {"why", c.Why}, {"decides", c.Decides}, {"at", place}} {
		if line[1] == "" {
			continue
		}
		value, err := jsontext.Line(line[1])
		if err != nil {
			return err
		}
		fmt.Fprintf(b, "  %s: %s\n", line[0], value)
	}
	b.WriteString("  ...\n")
	return nil
}
