package report

import (
	"bufio"
	"fmt"
	"io"
)

// writeConcise writes a line an alert, as the format text begins it, what is relaxed, and the closing
// line.
func writeConcise(w io.Writer, r Report, o TextOptions) error {
	b := bufio.NewWriter(w)
	for _, g := range alerts(r.Findings) {
		f := g.first()
		fmt.Fprintf(b, "%s: %s: %s [%s]\n", place(f.Location), f.Severity, g.message(o.named(g)), f.Rule)
	}
	for _, relaxed := range r.Relaxed {
		fmt.Fprintln(b, relaxed)
	}
	fmt.Fprintln(b, summary(r))
	return b.Flush()
}
