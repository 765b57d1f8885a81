package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
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
	// engines are those with policies of the user, by their directories.
	engines map[string]outcome
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
	case len(o.args) > 0 && o.args[0] == "test-policies":
		return c.testPolicies(o.args[1:])
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
	for line := range strings.SplitSeq(err.Error(), "\n") { // several errors may be joined
		fmt.Fprintln(c.stderr, "composelint:", line)
	}
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
	for _, p := range loaded {
		if err := o.spare(slices.Sorted(maps.Keys(p.Sources.Files))); err != nil {
			return c.trouble(err)
		}
	}
	if _, err := compiled(); err != nil {
		return c.trouble(err)
	}
	if _, err := c.engine(o.policies); err != nil {
		return c.trouble(err)
	}
	configured, broken := c.configure(o, loaded)
	status = max(status, broken)
	switch {
	case o.printModel != "":
		return max(status, c.printModels(o, configured))
	case o.init:
		return max(status, c.init(ctx, configured))
	}
	r := report.Report{Version: version(), Files: map[string]*model.File{}}
	judged := configured[:0]
	for _, p := range configured {
		if err := p.judge(ctx, o, &r); err != nil {
			status = c.trouble(err)
			continue
		}
		judged = append(judged, p)
	}
	if r.Projects == 0 && o.format == "text" {
		return status // the trouble is all there is to say
	}
	settled, err := c.settle(o, judged, &r)
	if err != nil {
		return c.trouble(err)
	}
	status = max(status, settled)
	if o.writeBaseline != "" {
		return status
	}
	if err := c.write(o, func(w io.Writer) error { return c.format(o, w, r) }); err != nil {
		return c.trouble(err)
	}
	return status
}

// settle takes out what is excused, adds the rest to the report and returns the status that
// the findings give.
func (c *command) settle(o *options, projects []*project, r *report.Report) (status int, err error) {
	all := make([]*rules.Judged, len(projects))
	for i, p := range projects {
		all[i] = p.judged
	}
	if !o.noIgnores {
		rules.Suppress(all, o.today)
	}
	if o.writeBaseline != "" {
		return statusClean, c.writeBaseline(o, rules.NewBaseline(all))
	}
	if o.baseline != "" {
		b, err := readBaseline(o.baseline)
		if err != nil {
			return statusTrouble, err
		}
		r.Fixed = b.Apply(all)
	}
	for _, p := range projects {
		r.Findings = append(r.Findings, masked(p.judged.Findings)...)
		r.Suppressed = append(r.Suppressed, masked(p.judged.Suppressed)...)
		status = max(status, verdict(p.failOn, p.judged.Findings))
	}
	r.ShowSuppressed = o.showSuppressed
	rules.Sort(r.Findings)
	rules.Sort(r.Suppressed)
	return status, nil
}

// masked are findings that show what a rule quotes as the files are shown.
func masked(findings []rules.Finding) []rules.Finding {
	all := slices.Clone(findings)
	for i := range all {
		all[i].Message = loader.MaskText(all[i].Message)
	}
	return all
}

// project is one project on its way through the program.
type project struct {
	*loader.Result
	options loader.Options
	engine  *rules.Engine
	config  model.Config
	choice  rules.Choice
	// failOn is the lowest severity for the status of findings.
	failOn string
	judged *rules.Judged
}

// load reads the projects.
func (c *command) load(ctx context.Context, o *options, projects [][]string) (loaded []*project, status int) {
	for _, files := range projects {
		p := &project{options: o.load(files)}
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

// judge asks the policies about a project, in the time that loading it has as well, and adds
// what is no finding to the report.
func (p *project) judge(ctx context.Context, o *options, r *report.Report) error {
	ctx, cancel := context.WithTimeout(ctx, loader.Deadline)
	defer cancel()
	findings, err := p.engine.Judge(ctx, p.Input(p.config), p.Sources)
	review := rules.Review{}
	if err == nil && o.reviews() {
		review, err = p.engine.Review(ctx, p.Input(p.config), p.Sources)
	}
	switch {
	case err != nil && ctx.Err() != nil:
		return fmt.Errorf("could not judge %q: it takes longer than the limit of %v", p.options.Files[0], loader.Deadline)
	case err != nil:
		return err
	}
	p.judged.Findings = p.choice.Level(findings, p.Project)
	if o.reviews() {
		for _, item := range review.Checklist {
			for i := range item.Results {
				item.Results[i].Says = loader.MaskText(item.Results[i].Says)
			}
		}
		r.Reviews = append(r.Reviews, report.Review{Project: p.options.Files[0], Review: review})
	}
	r.Rules = r.Rules.With(p.engine.Catalogue.Of(p.choice.Rules))
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

// outcome is what came of making an engine.
type outcome struct {
	engine *rules.Engine
	err    error
}

// compile prepares the policies while the files are read.
func compile() func() (*rules.Engine, error) {
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
