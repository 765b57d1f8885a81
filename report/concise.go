package report

import (
	"bufio"
	"fmt"
	"io"
)

// writeConcise writes a line a finding, as the format text begins it, what is relaxed, and the closing
// line.
func writeConcise(w io.Writer, r Report) error {
	b := bufio.NewWriter(w)
	for _, f := range r.Findings {
		fmt.Fprintf(b, "%s: %s: %s [%s]\n", place(f.Location), f.Severity, f.Message, f.Rule)
	}
	for _, relaxed := range r.Relaxed {
		fmt.Fprintln(b, relaxed)
	}
	fmt.Fprintln(b, summary(r))
	return b.Flush()
}
