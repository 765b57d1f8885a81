package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"sync"

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
	statusTrouble  = 2 // usage, configuration, a file that could not be read or parsed, an internal error
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
	if o.listRules || o.explain != "" {
		return c.catalogue(o)
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
	compiled := compile()
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
	chosen, err := engine.Catalogue.Choose(rules.Selection{Strict: o.strict, Select: o.selected, Ignore: o.ignored})
	if err != nil {
		return c.trouble(err)
	}
	configured, broken := c.configure(o, engine, chosen, loaded)
	status = max(status, broken)
	if o.printModel != "" {
		return max(status, c.printModels(o, configured))
	}
	r := report.Report{Version: version(), Files: map[string]*model.File{}, Rules: engine.Catalogue.Of(chosen)}
	for _, p := range configured {
		if err := evaluate(ctx, o, engine, p, &r); err != nil {
			status = c.trouble(err)
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

// project is one project on its way through the program.
type project struct {
	*loader.Result
	options loader.Options
	config  model.Config
}

// load reads the projects.
func (c *command) load(ctx context.Context, o *options, projects [][]string) (loaded []project, status int) {
	for _, files := range projects {
		p := project{options: o.load(files)}
		var err error
		p.Result, err = loader.Load(ctx, p.options)
		if err != nil {
			status = c.trouble(err)
			continue
		}
		if p.Incomplete {
			status = statusTrouble
		}
		loaded = append(loaded, p)
	}
	return loaded, status
}

// evaluate adds to the report what the policies say of a project, in the time that loading
// it has as well.
func evaluate(ctx context.Context, o *options, engine *rules.Engine, p project, r *report.Report) error {
	ctx, cancel := context.WithTimeout(ctx, loader.Deadline)
	defer cancel()
	findings, err := engine.Judge(ctx, p.Input(p.config), p.Sources)
	review := rules.Review{}
	if err == nil && o.reviews() {
		review, err = engine.Review(ctx, p.Input(p.config), p.Sources)
	}
	switch {
	case err != nil && ctx.Err() != nil:
		return fmt.Errorf("could not judge %q: it takes longer than the limit of %v", p.options.Files[0], loader.Deadline)
	case err != nil:
		return err
	}
	if o.reviews() {
		for _, item := range review.Checklist {
			for i := range item.Results {
				item.Results[i].Says = loader.MaskText(item.Results[i].Says)
			}
		}
		r.Reviews = append(r.Reviews, report.Review{Project: p.options.Files[0], Review: review})
	}
	for _, f := range findings {
		f.Message = loader.MaskText(f.Message) // what a rule quotes is shown as the files are
		r.Findings = append(r.Findings, f)
	}
	maps.Copy(r.Files, p.Sources.Files)
	r.Projects++
	if p.Fragment {
		r.Fragments++
	}
	return nil
}

// embedded is the engine of the policies that come with the program, made once.
var embedded = sync.OnceValues(func() (*rules.Engine, error) {
	return rules.NewCompiled(context.Background(), policies.FS, policies.Compiled)
})

// compile prepares the policies while the files are read.
func compile() func() (*rules.Engine, error) {
	type outcome struct {
		engine *rules.Engine
		err    error
	}
	done := make(chan outcome, 1)
	go func() {
		engine, err := embedded()
		done <- outcome{engine, err}
	}()
	return func() (*rules.Engine, error) {
		o := <-done
		return o.engine, o.err
	}
}
