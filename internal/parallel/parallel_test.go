package parallel_test

import (
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

// TestPanic wants a panic where the caller can recover from it, and nothing begun after it.
func TestPanic(t *testing.T) {
	last := 0
	defer func() {
		if v := recover(); v != "no such thing" || last != 10 {
			t.Errorf("the panic at %d is %v", last, v)
		}
	}()
	parallel.Do(1, 1000, func() func(int) {
		return func(i int) {
			if last = i; i == 10 {
				panic("no such thing")
			}
		}
	})
}
