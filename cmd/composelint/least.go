package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/composelint/composelint/internal/lint"
	"github.com/composelint/composelint/internal/words"
	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/report"
	"github.com/composelint/composelint/rules"
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
	if len(o.images) > 0 {
		if len(o.files)+len(o.args) > 0 {
			return c.trouble(fmt.Errorf("--image stands beside a project: use one of them"))
		}
		ofImages, o.stdin = lint.OfImages(o.images)
	}
	l := c.linter(o)
	kinds, err := kindsOf(ctx, l, o.kind)
	if err != nil {
		return c.trouble(err)
	}
	projects, status := []loader.Found{ofImages}, statusClean
	if len(o.images) == 0 {
		if projects, status, err = c.projects(o, l); err != nil {
			return c.trouble(err)
		}
	}
	return max(status, proceed(ctx, c, o, projects, l.Least, func(projects []*lint.Least) int {
		projects = slices.DeleteFunc(projects, func(p *lint.Least) bool { return p.Incomplete && len(p.Answer.Clients) == 0 })
		if len(projects) == 0 {
			return statusClean // the trouble is all there is to say
		}
		if err := c.write(o, func(w io.Writer) error { return writeLeast(w, o, projects, kinds) }); err != nil {
			return c.trouble(err)
		}
		return statusClean
	}))
}

// kindsOf are the kinds of proxies that there are, and an error where the one that is asked for is none of them.
func kindsOf(ctx context.Context, l *lint.Linter, kind string) (map[string]rules.Deployment, error) {
	engine, err := l.Engine()
	if err != nil {
		return nil, err
	}
	kinds, err := engine.Deployments(ctx)
	if _, known := kinds[kind]; err == nil && kind != "" && !known {
		names := slices.Sorted(maps.Keys(kinds))
		err = fmt.Errorf("--kind cannot be %q: use %s", kind, words.Or(names))
	}
	return kinds, err
}

func writeLeast(w io.Writer, o *options, projects []*lint.Least, kinds map[string]rules.Deployment) error {
	var all []report.Least
	for _, p := range projects {
		project := loader.Shown(p.Files[0])
		if len(o.images) > 0 {
			project = ""
		}
		all = append(all, report.Least{Project: project, Least: p.Answer, Taken: p.Taken()})
	}
	if o.format == "json" {
		return report.WriteLeastJSON(w, all, kinds)
	}
	return report.WriteLeast(w, all, kinds, o.kind)
}
