// Package words puts numbers and lists into sentences.
package words

import (
	"fmt"
	"strings"
)

// Count is a number of things: 1 finding, 2 findings.
func Count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}

// Or lists what there is to choose from: a, b or c.
func Or(all []string) string { return list(all, " or ") }

// And lists what belongs together: a, b and c.
func And(all []string) string { return list(all, " and ") }

func list(all []string, conjunction string) string {
	last := len(all) - 1
	if last < 1 {
		return strings.Join(all, "")
	}
	return strings.Join(all[:last], ", ") + conjunction + all[last]
}
