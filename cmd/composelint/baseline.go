package main

import (
	"github.com/composelint/composelint/internal/words"
	"github.com/composelint/composelint/rules/triage"
)

// writeBaseline writes the findings that are there, instead of a report.
func (c *command) writeBaseline(o *options, b triage.Baseline) error {
	if err := c.save(o.writeBaseline, b.Write); err != nil {
		return err
	}
	n := 0
	for _, a := range b.Findings {
		n += a.Count
	}
	return say(c.stdout, "wrote %s to %q: from now on, use --baseline %s", words.Count(n, "finding"), o.writeBaseline, o.writeBaseline)
}
