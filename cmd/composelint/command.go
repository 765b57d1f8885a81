package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"github.com/composelint/composelint/internal/lint"
	"github.com/composelint/composelint/internal/suggest"
	"github.com/composelint/composelint/internal/words"
	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/report"
	"github.com/composelint/composelint/rules/severity"
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
	// said is what went wrong so far.
	said []string
}

// run returns the exit status.
func (c *command) run(args []string) int {
	o, err := parseOptions(args)
	switch {
	case errors.Is(err, pflag.ErrHelp), err == nil && o.isCommand("help"):
		fmt.Fprint(c.stdout, usage(o))
		return statusClean
	case err != nil:
		return c.trouble(err)
	case o.asks("test-policies"):
		return c.testPolicies(o)
	case o.asks("new-policy"):
		return c.newPolicy(o)
	case o.asks("least"):
		return c.least(o)
	case o.asks("verify"):
		return c.verify(o)
	case o.asks("fix"):
		return c.fix(o)
	case o.asks("lsp"):
		return c.lsp(o)
	case o.printSchema:
		return c.printSchema(o)
	case o.version || o.isCommand("version"):
		return c.printVersion(o)
	case o.completion != "":
		return c.complete(o)
	case o.listRules || o.explain != "":
		return c.catalogue(o)
	}
	if err := c.readStdin(o); err != nil {
		return c.trouble(err)
	}
	l := c.linter(o)
	projects, status, err := c.projects(o, l)
	if err != nil {
		return c.trouble(err)
	}
	return max(status, c.lint(context.Background(), o, l, projects))
}

// isCommand is true for a word that people write in place of the flag of that name. A file or a
// directory with that name is ./help or ./version.
func (o *options) isCommand(word string) bool { return len(o.args) == 1 && o.args[0] == word }

// asks is true where a command stands before all else. A file or a directory with that name is ./least.
func (o *options) asks(command string) bool { return len(o.args) > 0 && o.args[0] == command }

// linter is that of the run.
func (c *command) linter(o *options) *lint.Linter {
	return lint.New(c.lintOptions(o))
}

// lintOptions are what is asked of a linter.
func (c *command) lintOptions(o *options) lint.Options {
	asked := o.lint()
	asked.Print = func(place, line string) { _ = say(c.stderr, "%s: %s", place, line) }
	asked.Abort = func(err error) { os.Exit(c.trouble(err)) }
	return asked
}

// trouble says what went wrong.
func (c *command) trouble(err error) int {
	if several, ok := err.(interface{ Unwrap() []error }); ok {
		for _, err := range several.Unwrap() {
			c.trouble(err)
		}
		return statusTrouble
	}
	c.said = append(c.said, err.Error())
	_ = say(c.stderr, "composelint: %v", err)
	return statusTrouble
}

// say writes a line for people, who may be those of a CI server.
func say(w io.Writer, format string, args ...any) error {
	_, err := fmt.Fprintln(w, report.ShownFirst(fmt.Sprintf(format, args...)))
	return err
}

// projects returns those to judge. The status is that of what could not be looked at in the
// directories.
func (c *command) projects(o *options, l *lint.Linter) (projects []loader.Found, status int, err error) {
	switch {
	case len(o.files) > 0 && len(o.args) > 0:
		return nil, statusTrouble, fmt.Errorf("%q stands beside -f: name the files of one project with -f, or each project as an argument", o.args[0])
	case len(o.files) > 0:
		return []loader.Found{{Files: o.files}}, statusClean, nil
	case o.changed || len(o.args) == 0:
		projects, err := c.projectsHere(o, l)
		return projects, statusClean, err
	case o.stdinFilename != "" && len(o.args) == 1:
		return []loader.Found{{Files: loader.WithSiblings(o.stdinFilename)}}, statusClean, nil
	}
	projects, passed, errs := l.Find(o.args, o.exclude)
	c.passedOver(passed)
	for _, err := range errs {
		status = c.trouble(err)
	}
	return projects, status, nil
}

// projectsHere are those of the working directory: those that its configuration states, the one of a bare
// run, or all that there are where it is asked what changed in some of them.
func (c *command) projectsHere(o *options, l *lint.Linter) ([]loader.Found, error) {
	if stated, err := l.Stated("."); stated != nil || err != nil {
		return stated, err
	}
	if o.changed {
		projects, _, _ := l.Find([]string{"."}, o.exclude) // what cannot be read is part of no project that changed
		return projects, nil
	}
	files, err := loader.Discover(l.Load, c.environment)
	if err != nil && o.daemon != "" {
		return []loader.Found{{Files: []string{o.daemon}}}, nil
	}
	return []loader.Found{{Files: files}}, err
}

// shownPassed is how many of the places that were passed over are named.
const shownPassed = 10

// passedOver says what no rule saw, and how it would be seen.
func (c *command) passedOver(passed []string) {
	if len(passed) == 0 {
		return
	}
	var names []string
	for _, name := range passed[:min(len(passed), shownPassed)] {
		names = append(names, strconv.Quote(name))
	}
	if more := len(passed) - len(names); more > 0 {
		names = append(names, fmt.Sprintf("%d more", more))
	}
	_ = say(c.stderr, "composelint: passed over %s (node_modules, a link that leads out, or a file of more than 5 MB): %s: name one to judge it, with --allow-outside for a link",
		words.Count(len(passed), "place"), strings.Join(names, ", "))
}

// lint takes the projects as far as it is asked to and writes what comes of it.
func (c *command) lint(ctx context.Context, o *options, l *lint.Linter, found []loader.Found) int {
	switch {
	case o.printModel != "":
		return proceed(ctx, c, o, found, l.Configure, func(projects []*lint.Configured) int { return c.printModels(o, projects) })
	case o.init && o.fromFindings:
		return proceed(ctx, c, o, found, l.Judge, func(projects []*lint.Judged) int {
			l.Triage(projects) // which says what fails the run
			return initialize(ctx, c, projects)
		})
	case o.init:
		return proceed(ctx, c, o, found, l.Configure, func(projects []*lint.Configured) int { return initialize(ctx, c, projects) })
	}
	return proceed(ctx, c, o, found, l.Judge, func(projects []*lint.Judged) int {
		differences, err := c.differences(ctx, o, l, found)
		if err != nil {
			return c.trouble(err)
		}
		return c.report(o, l.Triage(projects), differences)
	})
}

// stage takes projects to a stage of the linter, and calls step after each.
type stage[T any] func(ctx context.Context, found []loader.Found, step func()) (lint.Result[T], error)

// proceed does something with the projects that come to a stage, and says what went wrong with
// the others.
func proceed[T any](ctx context.Context, c *command, o *options, found []loader.Found, to stage[T], do func([]T) int) int {
	progress := c.startProgress(len(found))
	result, err := to(ctx, found, progress.step)
	progress.stop()
	if err == nil {
		read := slices.Concat(o.envFiles, result.Read)
		err = cmp.Or(spare(o.writeBaseline, read), spare(o.output, append(read, o.baseline)))
	}
	if err != nil {
		return c.trouble(err)
	}
	status := statusClean
	for _, err := range result.Errors {
		c.trouble(err)
	}
	if result.Incomplete {
		status = statusTrouble
	}
	status = max(status, c.unknownProfiles(o.profiles, result.Profiles))
	return max(status, do(result.Projects))
}

// unknownProfiles says which of the profiles asked for are those of no service: docker compose would
// start without what they are to enable, and nothing of it was judged.
func (c *command) unknownProfiles(asked, known []string) int {
	status := statusClean
	for _, profile := range asked {
		if profile != "*" && !slices.Contains(known, profile) && !slices.Contains(known, "*") {
			status = c.trouble(fmt.Errorf("no service has the profile %q%s", profile, suggest.Question(profile, known)))
		}
	}
	return status
}

// report writes what was found, but for what the baseline accepts, and returns the status that it gives.
func (c *command) report(o *options, found *lint.Triaged, differences []report.Difference) int {
	if o.baseline != "" && o.writeBaseline == "" {
		if err := found.Accept(o.baseline); err != nil {
			return c.trouble(err)
		}
	}
	var err error
	switch {
	case o.addIgnores:
		return c.addIgnores(o, found)
	case found.Empty() && o.format == "text":
		return statusClean // the trouble is all there is to say
	case o.writeBaseline != "":
		err = c.writeBaseline(o, found.Baseline())
	default:
		err = c.writeReport(o, found, differences)
	}
	if err == nil && o.writeBaseline == "" {
		err = found.UnjudgedControls()
	}
	switch {
	case err != nil:
		return c.trouble(err)
	case o.writeBaseline == "" && found.Failed():
		if failed := found.FailedControls(); failed != "" {
			_ = say(c.stderr, "composelint: %s", failed)
		}
		return statusFindings
	}
	return statusClean
}

// writeReport writes the findings, of those that are asked for.
func (c *command) writeReport(o *options, found *lint.Triaged, differences []report.Difference) error {
	if err := found.Narrow(); err != nil {
		return err
	}
	lowest, err := severity.Parse(o.minSeverity)
	if err != nil {
		return err
	}
	r := found.Report().From(lowest)
	r.Version, r.ShowSuppressed, r.Trouble, r.Differences = version(), o.showSuppressed, c.said, differences
	return c.write(o, func(w io.Writer) error { return c.format(o, w, r) })
}

// initialize writes a configuration beside each project. A file that is there stays.
func initialize[T interface {
	Proposal(ctx context.Context) (path, text string, err error)
}](ctx context.Context, c *command, projects []T) int {
	status := statusClean
	for _, p := range projects {
		path, text, err := p.Proposal(ctx)
		if err == nil {
			err = create(path, func(w io.Writer) error { _, err := io.WriteString(w, text); return err })
		}
		if err != nil {
			status = c.trouble(err)
			continue
		}
		if err := say(c.stdout, "wrote %q: read it, and keep what is right", filepath.ToSlash(path)); err != nil {
			status = c.trouble(err)
		}
	}
	return status
}

// printModels writes a JSON document a project.
func (c *command) printModels(o *options, projects []*lint.Configured) int {
	err := c.write(o, func(w io.Writer) error {
		for _, p := range projects {
			if err := report.WriteModel(w, p.Printed(o.printModel == "sources")); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return c.trouble(err)
	}
	return statusClean
}
