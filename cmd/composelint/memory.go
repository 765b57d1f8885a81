package main

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
)

// spareCollections keeps the collector from running before the heap is as large as most
// runs never need: on one file it would take a third of the time. From its first collection
// on it works as ever.
func spareCollections() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return // who sets these knows better
	}
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(64 << 20)
	type sentinel struct{ _ [64]byte }
	runtime.SetFinalizer(new(sentinel), func(*sentinel) {
		debug.SetMemoryLimit(math.MaxInt64)
		debug.SetGCPercent(100)
	})
}
