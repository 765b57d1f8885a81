package main

import (
	"fmt"
	"strings"

	"github.com/spf13/pflag"
)

// The usage is written for a terminal of 80 columns; what a flag does stands in the last 48.
const (
	width      = 80
	textColumn = 32
)

// wrapped breaks a text at its blanks into lines of no more than width columns.
func wrapped(text string, width int) []string {
	var lines []string
	for part := range strings.SplitSeq(text, "\n") {
		line := ""
		for word := range strings.FieldsSeq(part) {
			switch {
			case line == "":
				line = word
			case len(line)+1+len(word) <= width:
				line += " " + word
			default:
				lines = append(lines, line)
				line = word
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// usage is what --help prints.
func usage(o *options) string {
	var flags strings.Builder
	o.flags.VisitAll(func(f *pflag.Flag) {
		value, text := pflag.UnquoteUsage(f)
		name := "--" + f.Name
		if f.NoOptDefVal != "" {
			value = ""
		}
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", " + name
		}
		indent := "\n" + strings.Repeat(" ", textColumn)
		fmt.Fprintf(&flags, "  %-*s%s\n", textColumn-2, name+" "+value, strings.Join(wrapped(text, width-textColumn), indent))
	})
	return `composelint judges a Docker Compose deployment before it runs.

Usage:
  composelint [flags]               the project of this directory
  composelint [flags] FILE ...      each one a project of its own
  composelint [flags] DIR ...       all projects in there and below
  composelint [flags] -f FILE ...   the files of one project
  composelint [flags] -             the standard input
  composelint fix [FILE ...]        mend what can be mended, shown as a difference
  composelint least [FILE ...]      the socket proxy with the fewest flags for it
  composelint verify [FILE ...]     compare a proxy that runs with its project
  composelint lsp                   serve an editor, as a language server
  composelint new-policy ID         write a policy of your own, with a test
  composelint test-policies DIR     run the tests of policies of your own

Flags:
` + flags.String() + `
To accept a finding:
  # composelint:ignore RULE -- why   at the end of its line, or of its service's
  --add-ignores                      such a comment for all that is reported
  exceptions: in .composelint.yaml   for a service, a file or a node
  --init --from-findings             exceptions for what fails, reasons to fill in
  --write-baseline FILE              all that there are, for --baseline FILE

Exit status:
  0  no finding at or above --fail-on
  1  findings
  2  a file could not be read or parsed, or composelint was called or configured
     wrongly
`
}
