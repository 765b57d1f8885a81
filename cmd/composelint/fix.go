package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	udiff "github.com/aymanbagabas/go-udiff"

	"github.com/composelint/composelint/internal/lint"
	"github.com/composelint/composelint/internal/words"
	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/rules/severity"
)

// fix mends what is found, as far as rules say how: it shows the difference, and writes it where it is asked to.
func (c *command) fix(o *options) int {
	o.args = o.args[1:]
	if slices.Contains(slices.Concat(o.files, o.args), "-") {
		return c.trouble(errors.New("fix cannot write to the standard input: name the file"))
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
		fixed, err := l.Fix(ctx, projects, lint.Fixing{Unsafe: o.unsafe, Lowest: lowest, Baseline: o.baseline})
		if err != nil {
			return c.trouble(err)
		}
		return c.tellFixed(o, fixed)
	}))
}

// tellFixed shows or writes what was fixed, and says what was not. The status is that of what is left, and of
// what is yet to be written.
func (c *command) tellFixed(o *options, fixed lint.Fixed) (status int) {
	if o.write {
		if err := c.writeFixed(fixed); err != nil {
			return c.trouble(err)
		}
		for _, f := range fixed.Made {
			_ = say(c.stdout, "%s: %s: %s", f.Location, f.Rule, f.Fix.Title)
		}
	} else {
		for _, file := range fixed.Files {
			if _, err := io.WriteString(c.stdout, difference(file)); err != nil {
				return c.trouble(err)
			}
		}
	}
	for _, f := range fixed.NotMade {
		_ = say(c.stderr, "composelint: %s: not fixed: %s: %s", f.Location, f.Rule, f.Fix.Refused)
	}
	_ = say(c.stderr, "composelint: %s", summary(o, fixed))
	if fixed.Left.Failed() || !o.write && len(fixed.Files) > 0 {
		return statusFindings
	}
	return statusClean
}

// summary says in a sentence what was done, and what is left to do.
func summary(o *options, fixed lint.Fixed) string {
	var parts []string
	made := fmt.Sprintf("%s in %s", words.Count(len(fixed.Made), "finding"), words.Count(len(fixed.Files), "file"))
	switch {
	case len(fixed.Made) == 0:
		parts = append(parts, "nothing to fix")
	case o.write:
		parts = append(parts, "fixed "+made)
	default:
		parts = append(parts, "would fix "+made+": write that with --write")
	}
	if n := len(fixed.Unasked); n > 0 {
		parts = append(parts, fmt.Sprintf("%s more with --unsafe, which may change what runs", words.Count(n, "finding")))
	}
	return strings.Join(parts, "; ")
}

// difference is a unified diff of a file, with stars for its secrets.
func difference(f lint.FixedFile) string {
	text := func(lines []string) string { return strings.Join(lines, "\n") }
	return udiff.Unified("a/"+f.Before.Path, "b/"+f.After.Path, text(f.Before.Lines()), text(f.After.Lines()))
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
