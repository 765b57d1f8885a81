package loader

import (
	"context"
	"errors"
	"os"
	"testing"
	"time"
)

// TestLoadingEnds loads a project that waits for something forever, without a look at the context,
// as reading a slow file system would.
func TestLoadingEnds(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("compose.yaml", []byte("services: {app: {image: $UNSET}}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	forever := make(chan struct{})
	defer close(forever)
	over := errors.New("the run is over")
	ctx, cancel := context.WithTimeoutCause(context.Background(), 10*time.Millisecond, over)
	defer cancel()
	_, err := Load(ctx, Options{Files: []string{"compose.yaml"}, StandIn: func(string) string {
		<-forever
		return ""
	}})
	if err == nil || err.Error() != over.Error() {
		t.Errorf("%v, want %v", err, over)
	}
}
