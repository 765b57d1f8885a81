// Package lazyregexp compiles regular expressions when they are first asked for: a run needs few
// of them, and to compile all would take it a millisecond.
package lazyregexp

import (
	"regexp"
	"sync"
)

// New returns what compiles the expression at its first call and gives the same one at each
// later call. It panics then if the expression does not compile.
func New(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
