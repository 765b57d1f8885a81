package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/composelint/composelint/internal/lint"
	"github.com/composelint/composelint/internal/verify/check"
	"github.com/composelint/composelint/internal/verify/inspect"
	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/report"
)

// verifyInspected compares the project with what docker inspect says, and where an address is named with
// what answers there, too.
func (c *command) verifyInspected(ctx context.Context, o *options, format report.VerifyFormat) int {
	if o.model != "" {
		return c.trouble(errors.New("--inspect stands beside --model: containers are compared with the files themselves"))
	}
	if o.inspect == "-" && slices.Contains(slices.Concat(o.files, o.args, o.envFiles), "-") {
		return c.trouble(errors.New("the standard input can be read only once: name - once"))
	}
	seen, err := c.readInspected(o.inspect)
	if err != nil {
		return c.trouble(fmt.Errorf("could not read %q: %w", o.inspect, cause(err)))
	}
	if err := c.readStdin(o); err != nil {
		return c.trouble(err)
	}
	l := c.linter(o)
	projects, status, err := c.projects(o, l)
	if err != nil {
		return c.trouble(err)
	}
	to := func(ctx context.Context, found []loader.Found, step func()) (lint.Result[*lint.Inspected], error) {
		return l.Inspect(ctx, found, step, seen)
	}
	return max(status, proceed(ctx, c, o, projects, to, func(inspected []*lint.Inspected) int {
		var r check.Report
		for _, p := range inspected {
			r.Add(p.Report)
		}
		if err := c.write(o, func(w io.Writer) error { return format.Write(w, r) }); err != nil {
			return c.trouble(err)
		}
		return verified[r.Verdict()]
	}))
}

func (c *command) readInspected(name string) (inspect.Deployment, error) {
	if name == "-" {
		return inspect.Read(c.stdin)
	}
	f, err := os.Open(name)
	if err != nil {
		return inspect.Deployment{}, err
	}
	defer f.Close()
	return inspect.Read(f)
}
