package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/mattn/go-isatty"
	"golang.org/x/term"

	"github.com/composelint/composelint/report"
)

// write puts the report where it belongs. A file appears whole or not at all.
func (c *command) write(o *options, r report.Report) error {
	if o.output == "" {
		return c.format(o, c.stdout, r)
	}
	f, err := os.CreateTemp(filepath.Dir(o.output), ".composelint-*")
	if err != nil {
		return fmt.Errorf("could not write %q: %w", o.output, err)
	}
	defer os.Remove(f.Name())
	err = c.format(o, f, r)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Chmod(f.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(f.Name(), o.output)
	}
	if err != nil {
		return fmt.Errorf("could not write %q: %w", o.output, err)
	}
	return nil
}

func (c *command) format(o *options, w io.Writer, r report.Report) error {
	if o.format == "sarif" {
		return report.SARIF(w, r)
	}
	return report.Text(w, r, report.TextOptions{Color: c.colored(o, w), Width: width(w)})
}

// colored decides on colour, the first that says anything: --color, NO_COLOR,
// CLICOLOR_FORCE or FORCE_COLOR, TERM=dumb, whether it is a terminal.
func (c *command) colored(o *options, w io.Writer) bool {
	set := func(name string) bool {
		value, ok := c.environment(name)
		return ok && value != ""
	}
	forced := func(name string) bool {
		value, _ := c.environment(name)
		return set(name) && value != "0"
	}
	terminal, _ := c.environment("TERM")
	switch {
	case o.color != "auto":
		return o.color == "always"
	case set("NO_COLOR"):
		return false
	case forced("CLICOLOR_FORCE") || forced("FORCE_COLOR"):
		return true
	case terminal == "dumb":
		return false
	}
	f, ok := w.(*os.File)
	return ok && isatty.IsTerminal(f.Fd())
}

// width is that of the terminal, 0 where w is none.
func width(w io.Writer) int {
	f, ok := w.(*os.File)
	if !ok {
		return 0
	}
	columns, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0
	}
	return columns
}
