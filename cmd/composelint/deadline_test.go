package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/composelint/composelint/loader"
)

// TestJudgingEnds gives the policies less time than a thousand services take.
func TestJudgingEnds(t *testing.T) {
	t.Chdir(t.TempDir())
	var services strings.Builder
	services.WriteString("services:\n")
	for i := range 1000 {
		fmt.Fprintf(&services, "  s%d: {image: a, privileged: true}\n", i)
	}
	if err := os.WriteFile("compose.yaml", []byte(services.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	r, err := loader.Load(context.Background(), loader.Options{Files: []string{"compose.yaml"}})
	if err != nil {
		t.Fatal(err)
	}
	engine, err := compile(context.Background())()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	_, err = evaluate(ctx, engine, r, r.Input(engine.Enabled(false), false))
	if want := `could not judge "compose.yaml": it takes longer than the limit of 30s`; err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}
