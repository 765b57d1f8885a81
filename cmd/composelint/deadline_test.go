package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/report"
	"github.com/composelint/composelint/rules"
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
	p := project{options: loader.Options{Files: []string{"compose.yaml"}}, judged: &rules.Judged{}}
	var err error
	p.engine, err = compile()()
	if err != nil {
		t.Fatal(err)
	}
	if p.Result, err = loader.Load(context.Background(), p.options); err != nil {
		t.Fatal(err)
	}
	p.config.Enabled = enabled(t, p.engine, false)
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	r := report.Report{Files: map[string]*model.File{}}
	err = p.judge(ctx, &options{}, &r)
	if want := `could not judge "compose.yaml": it takes longer than the limit of 30s`; err == nil || err.Error() != want || r.Projects != 0 {
		t.Errorf("%v and %d projects in the report, want %s", err, r.Projects, want)
	}
}
