package main

import (
	"fmt"
	"io"

	"github.com/composelint/composelint/internal/words"
	"github.com/composelint/composelint/rules/triage"
)

// writeBaseline writes the findings that are there, instead of a report.
func (c *command) writeBaseline(o *options, b triage.Baseline) error {
	to := *o
	to.output = o.writeBaseline
	if err := c.write(&to, func(w io.Writer) error { return b.Write(w) }); err != nil {
		return err
	}
	n := 0
	for _, a := range b.Findings {
		n += a.Count
	}
	_, err := fmt.Fprintf(c.stdout, "wrote %s to %q: from now on, use --baseline %s\n", words.Count(n, "finding"), o.writeBaseline, o.writeBaseline)
	return err
}
