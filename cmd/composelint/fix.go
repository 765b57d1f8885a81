package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	udiff "github.com/aymanbagabas/go-udiff"
	"golang.org/x/term"

	"github.com/composelint/composelint/internal/lint"
	"github.com/composelint/composelint/internal/words"
	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/report"
	"github.com/composelint/composelint/rules/severity"
)

// fix mends what is found, as far as rules say how: it shows the difference, and writes it where it is asked to.
func (c *command) fix(o *options) int {
	o.args = o.args[1:]
	if slices.Contains(slices.Concat(o.files, o.args), "-") {
		return c.trouble(errors.New("fix cannot write to the standard input: name the file"))
	}
	if o.flags.Changed("format") {
		return c.trouble(fmt.Errorf("fix has no format %q: use composelint --format json, which has the fixes of each finding", o.format))
	}
	if o.ask && !c.interactive() {
		return c.trouble(errors.New("--ask needs a terminal to ask at: use fix without it, which shows all changes"))
	}
	lowest, err := severity.Parse(o.minSeverity)
	if err != nil {
		return c.trouble(err)
	}
	l := c.linter(o)
	l.Whole = true
	projects, status, err := c.projects(o, l)
	if err != nil {
		return c.trouble(err)
	}
	ctx := context.Background()
	return max(status, proceed(ctx, c, o, projects, l.Judge, func(projects []*lint.Judged) int {
		fixing := lint.Fixing{Unsafe: o.unsafe || o.ask, Written: o.write || o.ask, Lowest: lowest, Baseline: o.baseline}
		if o.ask {
			fixing.Choose = newInterview(c, c.stdin).choose
		}
		fixed, err := l.Fix(ctx, projects, fixing)
		if err != nil {
			return c.trouble(err)
		}
		return c.tellFixed(o, fixed)
	}))
}

// interview asks at a terminal which fixes are to be made.
type interview struct {
	*command
	answers *bufio.Scanner
	// all is true once the rest is to be made, none once it is not.
	all, none bool
}

func newInterview(c *command, answers io.Reader) *interview {
	return &interview{command: c, answers: bufio.NewScanner(answers)}
}

// choose shows a finding, how it would be fixed and what may come of that, and asks.
func (i *interview) choose(f lint.FixedFinding, files []lint.FixedFile) bool {
	if i.all || i.none {
		return i.all
	}
	_ = say(i.stdout, "%s: %s: %s [%s]", f.Location, f.Severity, f.Message, f.Rule)
	_ = say(i.stdout, "fix: %s", f.Fix.Label)
	if !f.Fix.Safe() {
		_ = say(i.stdout, "but: %s", f.Fix.Risk)
	}
	for _, file := range files {
		_ = difference(file).Write(i.stdout)
	}
	for {
		fmt.Fprint(i.stdout, "make it? y(es), n(o), a(ll that follow), q(uit): ")
		if !i.answers.Scan() {
			i.none = true
			return false
		}
		switch strings.ToLower(strings.TrimSpace(i.answers.Text())) {
		case "y", "yes":
			return true
		case "n", "no":
			return false
		case "a", "all":
			i.all = true
			return true
		case "q", "quit":
			i.none = true
			return false
		}
	}
}

// interactive is true where somebody can be asked.
func (c *command) interactive() bool {
	in, ok := c.stdin.(*os.File)
	return ok && term.IsTerminal(int(in.Fd())) && isTerminal(c.stdout)
}

// tellFixed shows or writes what was fixed, and says what was not. The status is that of what is left, and of
// what is yet to be written.
func (c *command) tellFixed(o *options, fixed lint.Fixed) (status int) {
	if o.write || o.ask {
		if err := c.writeFixed(fixed); err != nil {
			return c.trouble(err)
		}
		for _, f := range fixed.Made {
			_ = say(c.stdout, "%s: %s: %s", f.Location, f.Rule, f.Fix.Label)
		}
	} else {
		for _, file := range fixed.Files {
			if err := difference(file).Write(c.stdout); err != nil {
				return c.trouble(err)
			}
		}
	}
	c.tellRisks(fixed.Made)
	for _, f := range fixed.NotMade {
		_ = say(c.stderr, "composelint: %s: not fixed: %s: %s", f.Location, f.Rule, f.Fix.Refused)
	}
	_ = say(c.stderr, "composelint: %s", summary(o, fixed))
	if fixed.Left.Failed() || !o.write && !o.ask && len(fixed.Files) > 0 {
		return statusFindings
	}
	return statusClean
}

// tellRisks says once of each kind of unsafe fix what may be otherwise after it.
func (c *command) tellRisks(made []lint.FixedFinding) {
	told := map[string]bool{}
	for _, f := range made {
		risk := fmt.Sprintf("%s: %s", f.Fix.Label, f.Fix.Risk)
		if !f.Fix.Safe() && !told[risk] {
			_ = say(c.stderr, "composelint: unsafe: %s", risk)
		}
		told[risk] = true
	}
}

// summary says in a sentence what was done, and what is left to do.
func summary(o *options, fixed lint.Fixed) string {
	var parts []string
	made := fmt.Sprintf("%s in %s", words.Count(len(fixed.Made), "finding"), words.Count(len(fixed.Files), "file"))
	switch {
	case len(fixed.Made) == 0:
		parts = append(parts, "nothing to fix")
	case o.write || o.ask:
		parts = append(parts, "fixed "+made)
	default:
		parts = append(parts, "would fix "+made+": write that with --write")
	}
	if n := len(fixed.Unasked); n > 0 {
		parts = append(parts, fmt.Sprintf("%s more with --unsafe, which may change what runs", words.Count(n, "finding")))
	}
	if n := fixed.Left.Count() - len(fixed.Unasked); n > 0 {
		left := words.Count(n, "finding") + " to mend by hand"
		if o.ask { // or not wanted
			left = words.Count(n, "finding") + " left"
		}
		parts = append(parts, left+", which composelint shows")
	}
	return strings.Join(parts, "; ")
}

// difference is that of a file, with stars for its secrets.
func difference(f lint.FixedFile) report.Difference {
	text := func(lines []string) string { return strings.Join(lines, "\n") }
	unified := udiff.Unified("before", "after", text(f.Before.Lines()), text(f.After.Lines()))
	_, hunks, _ := strings.Cut(unified, "\n+++ after\n")
	return report.Difference{File: f.Before.Path, Hunks: strings.Split(strings.TrimSuffix(hunks, "\n"), "\n")}
}

// writeFixed writes the files, all of them or none.
func (c *command) writeFixed(fixed lint.Fixed) error {
	written := map[string]bool{}
	for _, file := range fixed.Files {
		if err := stands(file.Before.Path, file.Before.Text); err != nil {
			return unwritable(file.Before.Path, err)
		}
	}
	var done []lint.FixedFile
	for _, file := range fixed.Files {
		to, err := loader.Destination(file.Before.Path)
		if err == nil && written[to] {
			continue // two names of one file
		}
		if err == nil {
			err = c.saveAt(file.Before.Path, func(w io.Writer) error { _, err := w.Write(file.After.Text); return err })
		}
		if err != nil {
			return errors.Join(unwritable(file.Before.Path, err), c.undo(done))
		}
		done, written[to] = append(done, file), true
	}
	return nil
}

// undo gives files that were written their texts back.
func (c *command) undo(done []lint.FixedFile) error {
	var errs []error
	for _, file := range done {
		if err := c.saveAt(file.Before.Path, func(w io.Writer) error { _, err := w.Write(file.Before.Text); return err }); err != nil {
			errs = append(errs, unwritable(file.Before.Path, err))
		}
	}
	return errors.Join(errs...)
}

// differences are what all safe fixes would change, for a format that shows it.
func (c *command) differences(ctx context.Context, o *options, l *lint.Linter, found []loader.Found) ([]report.Difference, error) {
	if !report.FormatNamed(o.format).Difference {
		return nil, nil
	}
	lowest, err := severity.Parse(o.minSeverity)
	if err != nil {
		return nil, err
	}
	l.Whole = true
	result, err := l.Judge(ctx, found, func() {})
	if err != nil {
		return nil, err
	}
	fixed, err := l.Fix(ctx, result.Projects, lint.Fixing{Lowest: lowest, Baseline: o.baseline})
	if err != nil {
		return nil, err
	}
	var all []report.Difference
	for _, file := range fixed.Files {
		all = append(all, difference(file))
	}
	return all, nil
}
