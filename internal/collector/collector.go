// Package collector keeps the garbage collector from running before the heap is as large as
// most runs never need: on one file it would take a third of the time. From its first
// collection on it works as ever. To import the package is enough; its path comes before
// those of the packages whose initialisation allocates much.
package collector

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
)

// firstCollection is the heap, in bytes, at which the collector starts.
const firstCollection = 64 << 20

func init() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return // who sets these knows better
	}
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(firstCollection)
	type sentinel struct{ _ [64]byte }
	runtime.SetFinalizer(new(sentinel), func(*sentinel) {
		debug.SetMemoryLimit(math.MaxInt64)
		debug.SetGCPercent(100)
	})
}
