package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/composelint/composelint/internal/lint"
	"github.com/composelint/composelint/internal/verify/check"
	"github.com/composelint/composelint/internal/verify/inspect"
	"github.com/composelint/composelint/loader"
)

// inspected compares the projects with what docker inspect printed. The status is that of what could not be
// read of them.
func (c *command) inspected(ctx context.Context, o *options) (r check.Report, status int, err error) {
	seen, err := readNamed(c, o.inspect, inspect.Read)
	if err == nil && len(seen.Containers)+len(seen.Networks) == 0 {
		err = errors.New("there is no container in it: give what docker inspect prints")
	}
	if err != nil {
		return r, status, fmt.Errorf("could not read %q: %w", o.inspect, cause(err))
	}
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
