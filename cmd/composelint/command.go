package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"

	"github.com/spf13/pflag"

	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/policies"
	"github.com/composelint/composelint/report"
	"github.com/composelint/composelint/rules"
)

// The exit statuses, by rank: a higher one wins.
const (
	statusClean    = 0 // no finding at or above --fail-on
	statusFindings = 1
	statusTrouble  = 2 // usage, a file that could not be read or parsed, an internal error
)

// command is one run of the program.
type command struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	environment    loader.Lookup
}

// run returns the exit status.
func (c *command) run(args []string) int {
	o, err := parseOptions(args)
	switch {
	case errors.Is(err, pflag.ErrHelp):
		fmt.Fprint(c.stdout, usage(o))
		return statusClean
	case err != nil:
		return c.trouble(fmt.Errorf("%w: see composelint --help", err))
	case o.version:
		fmt.Fprintln(c.stdout, "composelint", version())
		return statusClean
	}
	projects, err := c.projects(o)
	if err != nil {
		return c.trouble(err)
	}
	if err := o.spare(slices.Concat(append(projects, o.envFiles)...)); err != nil {
		return c.trouble(err)
	}
	return c.lint(context.Background(), o, projects)
}

// trouble says what went wrong.
func (c *command) trouble(err error) int {
	fmt.Fprintln(c.stderr, "composelint:", err)
	return statusTrouble
}

// projects returns the files of each project to judge.
func (c *command) projects(o *options) ([][]string, error) {
	switch {
	case len(o.files) > 0 && len(o.args) > 0:
		return nil, fmt.Errorf("%q stands beside -f: name the files of one project with -f, or each project as an argument", o.args[0])
	case len(o.files) > 0:
		return [][]string{o.files}, nil
	case len(o.args) == 0:
		files, err := loader.Discover(o.load(nil), c.environment)
		return [][]string{files}, err
	}
	var projects [][]string
	for _, arg := range o.args {
		files := []string{arg}
		if info, err := os.Stat(arg); err == nil && info.IsDir() {
			if files = loader.InDirectory(arg); files == nil {
				return nil, fmt.Errorf("%q has no compose file: name the file itself", arg)
			}
		}
		projects = append(projects, files)
	}
	return projects, nil
}

// lint judges the projects and writes the report. Trouble with one project does not cost
// the findings of another.
func (c *command) lint(ctx context.Context, o *options, projects [][]string) int {
	compiled := compile(ctx)
	loaded, status := c.load(ctx, o, projects)
	for _, result := range loaded {
		if err := o.spare(slices.Sorted(maps.Keys(result.Sources.Files))); err != nil {
			return c.trouble(err)
		}
	}
	engine, err := compiled()
	if err != nil {
		return c.trouble(err)
	}
	enabled := engine.Enabled(o.strict)
	if o.printModel != "" {
		return max(status, c.printModels(o, loaded, enabled))
	}
	r := report.Report{Version: version(), Files: map[string]*model.File{}, Rules: engine.Catalogue.Of(enabled)}
	for _, result := range loaded {
		findings, err := evaluate(ctx, engine, result, result.Input(enabled, o.strict))
		if err != nil {
			status = c.trouble(err)
			continue
		}
		r.Findings = append(r.Findings, findings...)
		maps.Copy(r.Files, result.Sources.Files)
		r.Projects++
		if result.Fragment {
			r.Fragments++
		}
	}
	if r.Projects == 0 && o.format == "text" {
		return status // the trouble is all there is to say
	}
	rules.Sort(r.Findings)
	if err := c.write(o, func(w io.Writer) error { return c.format(o, w, r) }); err != nil {
		return c.trouble(err)
	}
	return max(status, o.verdict(r.Findings))
}

// load reads the projects.
func (c *command) load(ctx context.Context, o *options, projects [][]string) (loaded []*loader.Result, status int) {
	for _, files := range projects {
		result, err := loader.Load(ctx, o.load(files))
		if err != nil {
			status = c.trouble(err)
			continue
		}
		if result.Incomplete {
			status = statusTrouble
		}
		loaded = append(loaded, result)
	}
	return loaded, status
}

// evaluate asks the policies, in the time that loading has as well. What a rule quotes is
// shown as the files are.
func evaluate(ctx context.Context, engine *rules.Engine, r *loader.Result, input model.Input) ([]rules.Finding, error) {
	ctx, cancel := context.WithTimeout(ctx, loader.Deadline)
	defer cancel()
	findings, err := engine.Judge(ctx, input, r.Sources)
	if err != nil && ctx.Err() != nil {
		return nil, fmt.Errorf("could not judge %q: it takes longer than the limit of %v", r.File, loader.Deadline)
	}
	for i := range findings {
		findings[i].Message = loader.MaskText(findings[i].Message)
	}
	return findings, err
}

// compile prepares the policies while the files are read.
func compile(ctx context.Context) func() (*rules.Engine, error) {
	type outcome struct {
		engine *rules.Engine
		err    error
	}
	done := make(chan outcome, 1)
	go func() {
		engine, err := rules.New(ctx, policies.FS)
		done <- outcome{engine, err}
	}()
	return func() (*rules.Engine, error) {
		o := <-done
		return o.engine, o.err
	}
}
