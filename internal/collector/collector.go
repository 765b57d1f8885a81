// Package collector has the garbage collector run seldom while the heap is small: on one file
// it would take a third of the time, on many a fifth. To import the package is enough; its
// path comes before those of the packages whose initialisation allocates much.
package collector

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
)

// firstCollection is the heap, in bytes, at which the collector starts.
const firstCollection = 64 << 20

// ballast counts as live memory, of which the heap may have as much again before the next
// collection. It is never written, so that it takes no memory of the machine.
var ballast []byte

func init() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return // who sets these knows better
	}
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(firstCollection)
	type sentinel struct{ _ [64]byte }
	runtime.SetFinalizer(new(sentinel), func(*sentinel) {
		debug.SetMemoryLimit(math.MaxInt64)
		ballast = make([]byte, firstCollection/2)
		debug.SetGCPercent(100)
	})
}
