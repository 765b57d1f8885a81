package parallel_test

import (
	"sync/atomic"
	"testing"

	"github.com/composelint/composelint/internal/parallel"
)

// TestDo wants each number once, by no more workers than there are numbers.
func TestDo(t *testing.T) {
	for _, n := range []int{0, 1, 2, 1000} {
		done, workers := make([]int, n), 0
		parallel.Do(4, n, func() func(int) {
			workers++
			return func(i int) { done[i]++ }
		})
		for i, times := range done {
			if times != 1 {
				t.Errorf("of %d: %d was done %d times", n, i, times)
			}
		}
		if workers != min(4, n) {
			t.Errorf("of %d: there were %d workers", n, workers)
		}
	}
}

// TestPanic wants a panic where the caller can recover from it, and nothing begun long after it.
func TestPanic(t *testing.T) {
	for _, workers := range []int{1, 4} {
		var done atomic.Int64
		func() {
			defer func() {
				if v := recover(); v != "no such thing" {
					t.Errorf("the panic of %d workers is %v", workers, v)
				}
			}()
			parallel.Do(workers, 1_000_000, func() func(int) {
				return func(i int) {
					if done.Add(1); i == 10 {
						panic("no such thing")
					}
				}
			})
		}()
		if done.Load() == 1_000_000 {
			t.Errorf("%d workers did the rest", workers)
		}
	}
}
