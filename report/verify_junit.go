package report

import (
	"fmt"
	"io"

	"github.com/composelint/composelint/internal/verify/check"
)

// writeVerifyJUnit writes a suite for each section and subject: a case for each check, which failed where it
// differs, and has an error where it could not be told.
func writeVerifyJUnit(w io.Writer, r check.Report) error {
	all := junitSuites{Name: "composelint verify"}
	for _, s := range verifySections(r) {
		name := fmt.Sprintf("%s of %s", s.section, s.subject)
		suite := junitSuite{Name: name, Tests: len(s.Checks), Failures: s.Count(check.Differs), Errors: s.Count(check.Unknown)}
		for _, c := range s.Checks {
			suite.Cases = append(suite.Cases, verifyCase(c, name))
		}
		all.Tests += suite.Tests
		all.Failures += suite.Failures
		all.Errors += suite.Errors
		all.Suites = append(all.Suites, suite)
	}
	return encodeJUnit(w, all)
}

func verifyCase(c check.Check, suite string) junitCase {
	one := junitCase{Name: c.ID, ClassName: suite}
	if c.Location != nil {
		one.File = c.Location.File
	}
	switch c.Verdict {
	case check.Differs:
		one.Failure = &junitFailure{Type: string(c.Verdict), Message: fmt.Sprintf("expected %s, seen %s", c.Expected, c.Seen), Text: toldCheck(c)}
	case check.Unknown:
		one.Error = &junitFailure{Type: string(c.Verdict), Message: c.Why, Text: c.Why}
	case check.Agrees:
	}
	return one
}
