// Package parallel does the same to many things side by side.
package parallel

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Do does the work with each number below n, which workers take in order, and returns when all of it is done.
// Each worker does its own: work is asked for once a worker. A panic in one is a panic of Do.
func Do(workers, n int, work func() func(i int)) {
	if min(workers, n) == 1 {
		do := work()
		for i := range n {
			do(i)
		}
		return
	}
	var next atomic.Int64
	var panicked atomic.Pointer[any]
	var running sync.WaitGroup
	for range min(workers, n) {
		do := work()
		running.Go(func() {
			defer func() {
				if v := recover(); v != nil {
					panicked.CompareAndSwap(nil, &v)
				}
			}()
			for i := next.Add(1) - 1; i < int64(n) && panicked.Load() == nil; i = next.Add(1) - 1 {
				do(int(i))
			}
		})
	}
	running.Wait()
	if v := panicked.Load(); v != nil {
		panic(*v)
	}
}

// Each does something with each number below n, as many at once as there are processors.
func Each(n int, do func(i int)) {
	Do(Processors(), n, func() func(int) { return do })
}

// Processors is how many run at once.
func Processors() int { return runtime.GOMAXPROCS(0) }
