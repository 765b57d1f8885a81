package loader

import (
	"regexp"
	"sync"
)

// pattern is a regular expression that is compiled when it is first asked for: a run needs few of
// them, and all would take it a millisecond.
func pattern(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
