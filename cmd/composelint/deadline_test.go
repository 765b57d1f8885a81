package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/rules/triage"
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
	p := project{Found: loader.Found{Files: []string{"compose.yaml"}}, judged: &triage.Judged{}}
	var err error
	if p.engine, err = embedded(); err != nil {
		t.Fatal(err)
	}
	if p.Result, err = loader.Load(context.Background(), loader.Options{Files: p.Files}); err != nil {
		t.Fatal(err)
	}
	p.config.Enabled = enabled(t, p.engine, false)
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	p.judge(ctx, &options{})
	want := `could not judge "compose.yaml": it takes longer than the limit of 30s`
	if len(p.errs) != 1 || p.errs[0].Error() != want || p.judged != nil {
		t.Errorf("%v, judged: %v, want %s", p.errs, p.judged, want)
	}
}
