package loader

import (
	"context"
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
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	_, err := Load(ctx, Options{Files: []string{"compose.yaml"}, StandIn: func(string) string {
		<-forever
		return ""
	}})
	if want := `could not load "compose.yaml": it takes longer than the limit of 30s`; err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}
