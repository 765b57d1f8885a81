package lint

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/composelint/composelint/loader"
)

// TestJudgingEnds gives the policies less time than a thousand services take, and wants to hear why
// it ended.
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
	l := New(Options{})
	o := l.toConfigured(context.Background(), loader.Found{Files: []string{"compose.yaml"}})
	if len(o.errors) > 0 {
		t.Fatal(o.errors)
	}
	over := errors.New("the run is over")
	ctx, cancel := context.WithTimeoutCause(context.Background(), 10*time.Millisecond, over)
	defer cancel()
	_, err := l.judge(ctx, o.project)
	if !errors.Is(err, over) {
		t.Errorf("%v, want %v", err, over)
	}
}
