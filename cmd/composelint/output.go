package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"

	"golang.org/x/term"

	"github.com/composelint/composelint/report"
)

// write puts an output where it belongs.
func (c *command) write(o *options, output func(io.Writer) error) error {
	if o.output != "" {
		return c.save(o.output, output)
	}
	if err := output(c.stdout); err != nil {
		return fmt.Errorf("could not write the report: %w", cause(err))
	}
	return nil
}

// spare refuses an output that would replace one of the files that were read.
func spare(output string, read []string) error {
	there, err := os.Stat(output)
	if err != nil {
		return nil // there is nothing to replace
	}
	for _, file := range read {
		if input, err := os.Stat(file); err == nil && os.SameFile(input, there) {
			return fmt.Errorf("could not write %q: it is one of the files that are read, name another one", output)
		}
	}
	return nil
}

// format writes the report in its form.
func (c *command) format(o *options, w io.Writer, r report.Report) error {
	f := report.FormatNamed(o.format)
	if f.Warning != nil {
		if warning := f.Warning(r); warning != "" {
			_ = say(c.stderr, "composelint: %s", warning)
		}
	}
	return f.Write(w, r, report.TextOptions{
		Color: c.colored(o, w), Links: c.linked(w), Guided: isTerminal(w), Width: terminalWidth(w),
		Verbose: o.verbose || o.flags.Changed("min-severity"), Statistics: o.statistics,
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
