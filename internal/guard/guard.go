// Package guard bounds the time and the memory of work on what somebody else wrote.
package guard

import (
	"context"
	"fmt"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
	"time"
)

// Guard bounds pieces of work of one run. Where one of them passes a limit, none is begun any
// more: what is left of them may be as hostile.
type Guard struct {
	// Memory is the most that the heap of the process may hold meanwhile, in bytes; 0 is no limit.
	Memory int64
	// Advice is what to do about work that takes more, the end of a sentence.
	Advice string
	// Abort ends the process. It is called where work goes on although it was told to stop, as within
	// one call of a builtin: nothing else in a process ends a goroutine.
	Abort func(error)

	passed atomic.Bool
}

const (
	// look is the time between two looks at the heap, in which it grows by some megabytes.
	look = 10 * time.Millisecond
	// patience is how long work may take to stop.
	patience = 2 * time.Second
)

// Do does work, which failed says of where it does not come to an end. Its context is cancelled when
// a limit is passed, which then is the error, whatever the work returns.
func (g *Guard) Do(ctx context.Context, failed string, limit time.Duration, work func(context.Context) error) error {
	if g.passed.Load() {
		return fmt.Errorf("%s: a limit was passed before, so that nothing more is begun", failed)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	over := make(chan struct{})
	watched := make(chan error)
	go func() { watched <- g.watch(failed, limit, cancel, over) }()
	err := work(ctx)
	close(over)
	if passed := <-watched; passed != nil {
		return passed
	}
	return err
}

// watch returns the limit that was passed before the work was over, if any.
func (g *Guard) watch(failed string, limit time.Duration, cancel context.CancelCauseFunc, over <-chan struct{}) error {
	ticks := time.NewTicker(look)
	defer ticks.Stop()
	end := time.Now().Add(limit)
	var passed error
	for {
		select {
		case <-over:
			return passed
		case now := <-ticks.C:
			heap := g.heap()
			switch {
			case passed != nil && (now.After(end) || g.over(heap, g.Memory/2)):
				g.Abort(passed)
			case passed != nil:
				continue
			case g.over(heap, 0):
				passed = fmt.Errorf("%s: it takes more memory than the limit of %d MiB: %s", failed, g.Memory>>20, g.Advice)
			case now.After(end):
				passed = TooLong(failed, limit)
			default:
				continue
			}
			g.passed.Store(true)
			end = now.Add(patience)
			cancel(passed)
		}
	}
}

// over is true of a heap that is larger than the limit by more than some bytes.
func (g *Guard) over(heap, by int64) bool { return g.Memory > 0 && heap > g.Memory+by }

// TooLong is the error of what passed the limit of time.
func TooLong(failed string, limit time.Duration) error {
	return fmt.Errorf("%s: it takes longer than the limit of %v", failed, limit)
}

// heap is what objects take, in bytes. Near the limit the garbage collector is told of it, so
// that what is garbage does not count for long.
func (g *Guard) heap() int64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	heap := int64(sample[0].Value.Uint64())
	if g.over(heap, -g.Memory/2) && debug.SetMemoryLimit(-1) > g.Memory {
		debug.SetMemoryLimit(g.Memory)
	}
	return heap
}
