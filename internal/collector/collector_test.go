package collector

import (
	"runtime"
	"testing"
)

// TestIdle wants no collection amid the work that follows, and one where it goes on for long.
func TestIdle(t *testing.T) {
	if !ours {
		t.Skip("the environment sets how the collector runs")
	}
	collections := func(megabytes int) uint32 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		for range megabytes {
			kept = make([]byte, 1<<20)
		}
		runtime.ReadMemStats(&after)
		return after.NumGC - before.NumGC
	}
	for range 3 {
		Idle()
		if n := collections(200); n != 0 {
			t.Errorf("there were %d collections", n)
		}
	}
	if n := collections(1000); n == 0 {
		t.Error("there was no collection")
	}
}

// kept is what was allocated last.
var kept []byte
