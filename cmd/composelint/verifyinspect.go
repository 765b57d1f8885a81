package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"

	"github.com/composelint/composelint/internal/lint"
	"github.com/composelint/composelint/internal/verify/check"
	"github.com/composelint/composelint/internal/verify/inspect"
	"github.com/composelint/composelint/loader"
)

// readInspected reads what docker inspect printed.
func (c *command) readInspected(o *options) (seen inspect.Deployment, err error) {
	switch {
	case o.model != "":
		return seen, errors.New("--inspect stands beside --model: containers are compared with the files themselves")
	case o.inspect == "-" && slices.Contains(slices.Concat(o.files, o.args, o.envFiles), "-"):
		return seen, errors.New("the standard input can be read only once: name - once")
	case o.inspect == "-":
		seen, err = inspect.Read(c.stdin)
	default:
		var f *os.File
		if f, err = os.Open(o.inspect); err == nil {
			defer f.Close()
			seen, err = inspect.Read(f)
		}
	}
	if err != nil {
		err = fmt.Errorf("could not read %q: %w", o.inspect, cause(err))
	}
	return seen, err
}

// inspected compares the projects with that. The status is that of what could not be read of them.
func (c *command) inspected(ctx context.Context, o *options, seen inspect.Deployment) (r check.Report, status int, err error) {
	l := c.linter(o)
	projects, status, err := c.projects(o, l)
	if err != nil {
		return r, status, err
	}
	to := func(ctx context.Context, found []loader.Found, step func()) (lint.Result[*lint.Inspected], error) {
		return l.Inspect(ctx, found, step, seen)
	}
	status = max(status, proceed(ctx, c, o, projects, to, func(inspected []*lint.Inspected) int {
		for _, p := range inspected {
			r.Add(p.Report)
		}
		return statusClean
	}))
	return r, status, nil
}
