package guard

import (
	"context"
	"errors"
	"testing"
	"time"
)

// aborting is a guard, and what it aborts with.
func aborting(memory int64) (*Guard, <-chan error) {
	aborted := make(chan error, 100)
	return &Guard{Memory: memory, Advice: "correct the policies, or raise --memory-limit", Abort: func(err error) { aborted <- err }}, aborted
}

// TestWithinLimits returns what the work returns.
func TestWithinLimits(t *testing.T) {
	g, _ := aborting(1 << 40)
	want := errors.New("its own")
	if err := g.Do(t.Context(), "no", time.Minute, func(context.Context) error { return want }); err != want {
		t.Errorf("%v, want %v", err, want)
	}
	if err := g.Do(t.Context(), "no", time.Minute, func(context.Context) error { return nil }); err != nil {
		t.Error(err)
	}
}

// TestTime cancels what takes longer, and begins nothing more.
func TestTime(t *testing.T) {
	g, aborted := aborting(1 << 40)
	const want = "no: it takes longer than the limit of 20ms"
	err := g.Do(t.Context(), "no", 20*time.Millisecond, func(ctx context.Context) error {
		<-ctx.Done()
		return context.Cause(ctx)
	})
	if err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
	err = g.Do(t.Context(), "no", time.Minute, func(context.Context) error { t.Error("work is begun"); return nil })
	if err == nil || err.Error() != "no: a limit was passed before, so that nothing more is begun" {
		t.Errorf("afterwards: %v", err)
	}
	if len(aborted) > 0 {
		t.Error("what stops in time is aborted")
	}
}

// TestMemory cancels what takes more, and counts no garbage.
func TestMemory(t *testing.T) {
	g, _ := aborting(64 << 20)
	err := g.Do(t.Context(), "no", time.Minute, func(context.Context) error {
		for range 500 {
			_ = make([]byte, 1<<20)
			time.Sleep(time.Millisecond / 5)
		}
		return nil
	})
	if err != nil {
		t.Errorf("garbage: %v", err)
	}
	const want = "no: it takes more memory than the limit of 64 MiB: correct the policies, or raise --memory-limit"
	var kept [][]byte
	err = g.Do(t.Context(), "no", time.Minute, func(ctx context.Context) error {
		for ctx.Err() == nil {
			kept = append(kept, make([]byte, 1<<20))
			time.Sleep(time.Millisecond)
		}
		return nil
	})
	if err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
	if len(kept) < 32 || len(kept) > 160 {
		t.Errorf("%d MiB were taken", len(kept))
	}
}

// TestAbort gives up on what does not stop.
func TestAbort(t *testing.T) {
	g, aborted := aborting(1 << 40)
	err := g.Do(t.Context(), "no", 20*time.Millisecond, func(context.Context) error {
		const want = "no: it takes longer than the limit of 20ms"
		if err := <-aborted; err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
		return nil
	})
	if err == nil {
		t.Error("no error")
	}
}
