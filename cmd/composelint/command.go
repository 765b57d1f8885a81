package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/pflag"

	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/policies"
	"github.com/composelint/composelint/report"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/compiled"
	"github.com/composelint/composelint/rules/triage"
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
	engines sync.Map
}

// run returns the exit status.
func (c *command) run(args []string) int {
	o, err := parseOptions(args)
	switch {
	case errors.Is(err, pflag.ErrHelp):
		fmt.Fprint(c.stdout, usage(o))
		return statusClean
	case err != nil:
		return c.trouble(err)
	case len(o.args) > 0 && o.args[0] == "test-policies":
		return c.testPolicies(o.args[1:])
	case o.version:
		fmt.Fprintln(c.stdout, "composelint", version())
		return statusClean
	}
	if o.completion != "" {
		return c.complete(o)
	}
	if o.listRules || o.explain != "" {
		return c.catalogue(o)
	}
	projects, status, err := c.projects(o)
	if err != nil {
		return c.trouble(err)
	}
	return max(status, c.lint(context.Background(), o, projects))
}

// trouble says what went wrong.
func (c *command) trouble(err error) int {
	for line := range strings.SplitSeq(err.Error(), "\n") { // several errors may be joined
		fmt.Fprintln(c.stderr, "composelint:", line)
	}
	return statusTrouble
}

// projects returns those to judge. The status is that of what could not be looked at in the
// directories.
func (c *command) projects(o *options) (projects []loader.Found, status int, err error) {
	if err := c.readStdin(o); err != nil {
		return nil, statusTrouble, err
	}
	switch {
	case len(o.files) > 0 && len(o.args) > 0:
		return nil, statusTrouble, fmt.Errorf("%q stands beside -f: name the files of one project with -f, or each project as an argument", o.args[0])
	case len(o.files) > 0:
		return []loader.Found{{Files: o.files}}, statusClean, nil
	case len(o.args) == 0:
		files, err := loader.Discover(o.load(nil), c.environment)
		return []loader.Found{{Files: files}}, statusClean, err
	}
	for _, arg := range o.args {
		if info, err := os.Stat(arg); err != nil || !info.IsDir() {
			projects = append(projects, loader.Found{Files: []string{arg}})
			continue
		}
		found, errs := loader.Tree(arg, o.exclude, o.allowOutside)
		if len(found) == 0 && len(errs) == 0 {
			errs = append(errs, fmt.Errorf("%q has no compose file in it or below: name the file itself", arg))
		}
		for _, err := range errs {
			status = c.trouble(err)
		}
		projects = append(projects, found...)
	}
	return unique(projects), status, nil
}

// unique are the projects without those that are named twice.
func unique(projects []loader.Found) []loader.Found {
	seen := map[string]bool{}
	return slices.DeleteFunc(projects, func(p loader.Found) bool {
		key := ""
		for _, file := range p.Files {
			key += filepath.Clean(file) + "\x00"
		}
		twice := seen[key]
		seen[key] = true
		return twice
	})
}

// lint judges the projects and writes the report. Trouble with one project does not cost
// the findings of another.
func (c *command) lint(ctx context.Context, o *options, found []loader.Found) int {
	go func() { _, _ = embedded() }() // the policies are prepared while the files are read
	if len(o.policies) > 0 {
		if _, err := c.engine(o.policies); err != nil {
			return c.trouble(err)
		}
	}
	findings := o.printModel == "" && !o.init
	projects := wholes(c.examine(found, func(f loader.Found) *project {
		p := c.load(ctx, o, f)
		if p.judged != nil && findings {
			p.judge(ctx, o)
		}
		return p
	}))
	if err := o.spare(inputs(o, projects)); err != nil {
		return c.trouble(err)
	}
	if _, err := embedded(); err != nil {
		return c.trouble(err)
	}
	status := c.said(projects)
	projects = slices.DeleteFunc(projects, func(p *project) bool { return p.judged == nil })
	switch {
	case o.printModel != "":
		return max(status, c.printModels(o, projects))
	case o.init:
		return max(status, c.init(ctx, projects))
	}
	return max(status, c.report(o, projects))
}

// inputs are the files that are read.
func inputs(o *options, projects []*project) []string {
	files := append(slices.Clone(o.envFiles), o.baseline)
	for _, p := range projects {
		files = append(files, p.Files...)
		if p.configuration != nil {
			files = append(files, p.configuration.Path)
		}
		if p.Result != nil {
			files = slices.AppendSeq(files, maps.Keys(p.Sources.Files))
		}
	}
	return files
}

// report writes what was found and returns the status that it gives.
func (c *command) report(o *options, projects []*project) int {
	r := report.Report{Version: version(), Files: map[string]*model.File{}}
	for _, p := range projects {
		p.addTo(&r)
	}
	if r.Projects == 0 && o.format == "text" {
		return statusClean // the trouble is all there is to say
	}
	status, err := c.settle(o, projects, &r)
	if err != nil {
		return c.trouble(err)
	}
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
	all := make([]*triage.Judged, len(projects))
	for i, p := range projects {
		all[i] = p.judged
	}
	if !o.noIgnores {
		triage.Suppress(all, o.today)
	}
	triage.Merge(all)
	if o.writeBaseline != "" {
		return statusClean, c.writeBaseline(o, triage.NewBaseline(all))
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

// embedded is the engine of the policies that come with the program, made once.
var embedded = sync.OnceValues(func() (*rules.Engine, error) {
	program, err := compiled.Open(policies.Compiled, policies.FS)
	if err != nil {
		return nil, err
	}
	return rules.New(context.Background(), program)
})
