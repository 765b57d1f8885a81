package main

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/composelint/composelint/internal/lint"
	"github.com/composelint/composelint/internal/words"
	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/report"
)

// least prints the least of the Docker API that the clients of projects need, or programs by their
// images.
func (c *command) least(o *options) int {
	o.args = o.args[1:]
	ctx := context.Background()
	if o.format != "text" && o.format != "json" {
		return c.trouble(fmt.Errorf("least has no format %q: use text or json", o.format))
	}
	if err := c.readStdin(o); err != nil {
		return c.trouble(err)
	}
	var ofImages loader.Found
	var err error
	if len(o.images) > 0 {
		if len(o.files)+len(o.args) > 0 {
			return c.trouble(fmt.Errorf("--image stands beside a project: use one of them"))
		}
		if ofImages, o.stdin, err = lint.OfImages(o.images); err != nil {
			return c.trouble(err)
		}
	}
	l := c.linter(o)
	r := report.LeastReport{Kind: o.kind}
	if r.Kinds, err = l.Deployments(ctx); err != nil {
		return c.trouble(err)
	}
	if names := slices.Sorted(maps.Keys(r.Kinds)); o.kind != "" && !slices.Contains(names, o.kind) {
		return c.trouble(fmt.Errorf("--kind cannot be %q: use %s", o.kind, words.Or(names)))
	}
	projects, status := []loader.Found{ofImages}, statusClean
	if len(o.images) == 0 {
		if projects, status, err = c.projects(o, l); err != nil {
			return c.trouble(err)
		}
	}
	return max(status, proceed(ctx, c, o, projects, l.Least, func(projects []*lint.Least) int {
		for _, p := range projects {
			if p.Incomplete && len(p.Answer.Clients) == 0 {
				continue // the trouble is all there is to say
			}
			name := loader.Shown(p.Files[0])
			if len(o.images) > 0 {
				name = ""
			}
			r.Projects = append(r.Projects, report.Least{Project: name, Least: p.Answer, Taken: p.Taken()})
		}
		write := r.Write
		if o.format == "json" {
			write = r.WriteJSON
		}
		if err := c.write(o, write); err != nil {
			return c.trouble(err)
		}
		return statusClean
	}))
}
