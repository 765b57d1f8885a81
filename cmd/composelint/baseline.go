package main

import (
	"fmt"
	"io"

	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/rules/triage"
)

// readBaseline reads the file that the user names.
func readBaseline(path string) (triage.Baseline, error) {
	file, err := loader.ConfigurationFile(path)
	if err != nil {
		return triage.Baseline{}, err
	}
	return triage.ParseBaseline(path, file.Text)
}

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
	_, err := fmt.Fprintf(c.stdout, "wrote %s to %q: from now on, use --baseline %s\n", plural(n, "finding"), o.writeBaseline, o.writeBaseline)
	return err
}

func plural(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}
