package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"golang.org/x/term"

	"github.com/composelint/composelint/report"
)

// write puts an output where it belongs. A file appears whole or not at all.
func (c *command) write(o *options, output func(io.Writer) error) error {
	if o.output == "" {
		if err := output(c.stdout); err != nil {
			return fmt.Errorf("could not write the report: %w", cause(err))
		}
		return nil
	}
	f, err := os.CreateTemp(filepath.Dir(o.output), ".composelint-*")
	if err != nil {
		return unwritable(o.output, err)
	}
	defer os.Remove(f.Name())
	err = output(f)
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
		return unwritable(o.output, err)
	}
	return nil
}

// spare refuses an output that would replace one of the files that were read.
func (o *options) spare(files []string) error {
	output, err := os.Stat(o.output)
	if err != nil {
		return nil // there is nothing to replace
	}
	for _, file := range files {
		if input, err := os.Stat(file); err == nil && os.SameFile(input, output) {
			return fmt.Errorf("could not write %q: it is one of the files that are read, name another one", o.output)
		}
	}
	return nil
}

// unwritable names the file that the user knows, not the temporary one.
func unwritable(file string, err error) error {
	return fmt.Errorf("could not write %q: %w", file, cause(err))
}

// create writes a file that is not there yet.
func create(path, text string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%q is there already: remove it first, or change it", filepath.ToSlash(path))
	}
	if err != nil {
		return unwritable(path, err)
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Close())
}

// cause is what went wrong with a file, without its path.
func cause(err error) error {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		return path.Err
	case errors.As(err, &link):
		return link.Err
	}
	return err
}

// format writes the report in its form.
func (c *command) format(o *options, w io.Writer, r report.Report) error {
	f := report.FormatNamed(o.format)
	if f.Warning != nil {
		if warning := f.Warning(r); warning != "" {
			fmt.Fprintln(c.stderr, "composelint:", warning)
		}
	}
	return f.Write(w, r, report.TextOptions{
		Color: c.colored(o, w), Links: c.linked(w), Guided: isTerminal(w), Width: terminalWidth(w),
	})
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
	return isTerminal(w)
}

// linked reports whether w is a terminal that is known to show links. A terminal cannot be
// asked; FORCE_HYPERLINK has the last word.
func (c *command) linked(w io.Writer) bool {
	is := func(name string, values ...string) bool {
		value, ok := c.environment(name)
		return ok && value != "" && (len(values) == 0 || slices.Contains(values, value))
	}
	if is("FORCE_HYPERLINK") {
		return !is("FORCE_HYPERLINK", "0")
	}
	vte, _ := c.environment("VTE_VERSION")
	version, _ := strconv.Atoi(vte)
	return isTerminal(w) && (version >= 5000 || is("WT_SESSION") || is("KONSOLE_VERSION") ||
		is("TERM_PROGRAM", "iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "rio", "Tabby") ||
		is("TERM", "xterm-kitty", "xterm-ghostty", "alacritty", "foot", "contour"))
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// terminalWidth is that of the terminal in columns, 0 where w is none.
func terminalWidth(w io.Writer) int {
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
