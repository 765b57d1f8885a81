package main

import (
	"errors"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/pflag"
)

const manPage = "../../docs/composelint.1"

// manual is the man page but for the flags, which the program knows: %s. Its language is
// mdoc(7).
const manual = `.\" Written by go test ./cmd/composelint -run Man -update: the text is in man_test.go.
.Dd November 25, 2026
.Dt COMPOSELINT 1
.Os
.Sh NAME
.Nm composelint
.Nd judge a Docker Compose deployment before it runs
.Sh SYNOPSIS
.Nm composelint
.Op Ar flags
.Op Ar
.Nm composelint
.Op Ar flags
.Fl f Ar file ...
.Nm composelint
.Op Ar flags
.Op Fl \-stdin-filename Ar file
.Fl
.Nm composelint
.Cm test-policies
.Ar directory ...
.Sh DESCRIPTION
.Nm
reads a project as
.Ic docker compose
would run it, with its includes, extends, overrides, variables and env files,
and reports what is dangerous in it, each finding at the token that caused it.
It knows what the common socket proxies let through of the Docker API, who
reaches them, and which attacks that makes possible.
It uses no network and prints no secret.
.Pp
Without arguments it judges the project that
.Ic docker compose
would run in the working directory.
Each
.Ar file
is a project of its own.
A directory is all projects in it and below, but for what its
.Pa .gitignore
files leave out.
The files that
.Fl f
names are merged into one project.
A
.Sq -
is the standard input.
.Pp
The flags are:
.Bl -tag -width Ds
%s.El
.Sh ENVIRONMENT
The variables of a project come from its
.Pa .env
file or from
.Fl \-env-file ,
not from the environment, unless
.Fl \-env
is given.
.Bl -tag -width Ds
.It Ev COMPOSE_FILE , Ev COMPOSE_PATH_SEPARATOR
the files of the project, without arguments
.It Ev NO_COLOR , Ev CLICOLOR_FORCE , Ev FORCE_COLOR
whether to colour, where
.Fl \-color
does not say
.It Ev FORCE_HYPERLINK
whether the ids of rules are links
.El
.Sh FILES
.Bl -tag -width Ds
.It Pa .composelint.yaml
the nearest one from the project's directory upwards, to the root of the
repository: what services are for, levels of rules, exceptions
.El
.Sh EXIT STATUS
.Bl -tag -width Ds
.It 0
no finding at or above
.Fl \-fail-on
.It 1
findings
.It 2
a file could not be read or parsed, or
.Nm
was called or configured wrongly; what could be judged is reported all the
same
.El
.Sh EXAMPLES
Judge what runs in production:
.Pp
.Dl composelint -f compose.yaml -f compose.prod.yaml
.Pp
Review who reaches the Docker API, and how:
.Pp
.Dl composelint --format checklist compose.yaml
.Pp
Read about a rule:
.Pp
.Dl composelint --explain docker-socket-mount
.Sh SEE ALSO
.Xr docker-compose 1
.Pp
.Lk https://github.com/composelint/composelint
`

// TestMan holds the man page fresh and, where mandoc is installed, faultless.
func TestMan(t *testing.T) {
	var flags strings.Builder
	o, err := parseOptions(nil)
	if err != nil {
		t.Fatal(err)
	}
	o.flags.VisitAll(func(f *pflag.Flag) {
		value, text := pflag.UnquoteUsage(f)
		flags.WriteString(".It ")
		if f.Shorthand != "" {
			flags.WriteString("Fl " + f.Shorthand + " , ")
		}
		flags.WriteString(`Fl \-` + f.Name)
		if value != "" && f.NoOptDefVal == "" {
			flags.WriteString(" Ar " + strings.ToLower(value))
		}
		for _, name := range strings.Fields(value) {
			text = strings.ReplaceAll(text, name, strings.ToLower(name))
		}
		for line := range strings.Lines(text + "\n") {
			flags.WriteString("\n" + escaped(strings.TrimRight(line, "\n")))
		}
		flags.WriteString("\n")
	})
	golden(t, manPage, strings.Replace(manual, "%s", flags.String(), 1))
	mandoc, err := exec.LookPath("mandoc")
	if err != nil {
		t.Skip("mandoc is not here to check the page")
	}
	// The page of another program that it refers to need not be installed.
	out, err := exec.Command(mandoc, "-T", "lint", "-W", "warning", filepath.FromSlash(manPage)).CombinedOutput()
	var exit *exec.ExitError
	if len(out) > 0 || err != nil && !errors.As(err, &exit) {
		t.Errorf("%v\n%s", err, out)
	}
}

// escaped is a line of text for roff.
func escaped(line string) string {
	line = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(line)
	if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
		line = `\&` + line
	}
	return line
}
