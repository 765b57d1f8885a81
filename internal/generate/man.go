package generate

import (
	"fmt"
	"regexp"
	"strings"
)

// manual is the man page but for the flags, which the program knows: %s. Its language is
// mdoc(7).
const manual = `.\" Written by go generate ./docs: the text is in internal/generate/man.go.
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
.Cm least
.Op Ar flags
.Op Ar
.Nm composelint
.Cm fix
.Op Ar flags
.Op Ar
.Nm composelint
.Cm new-policy
.Ar id
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
Show how what is found can be fixed, then do it:
.Pp
.Dl composelint fix
.Dl composelint fix --write
.Pp
Print the socket proxy with the fewest flags that the clients of the project need:
.Pp
.Dl composelint least
.Pp
Read about a rule:
.Pp
.Dl composelint --explain docker-socket-mount
.Sh SEE ALSO
.Xr docker-compose 1
.Pp
.Lk https://github.com/composelint/composelint
`

// ManPage is the page for a usage as composelint --help prints it.
func ManPage(usage string) (string, error) {
	_, after, _ := strings.Cut(usage, "\nFlags:\n")
	help, _, ok := strings.Cut(after, "\n\n")
	if !ok {
		return "", fmt.Errorf("the usage has no flags")
	}
	var flags strings.Builder
	value := ""
	for line := range strings.Lines(help + "\n") {
		m := helpLine.FindStringSubmatch(line)
		if m == nil {
			return "", fmt.Errorf("the usage has the line %q", line)
		}
		if short, name := m[1], m[2]; name != "" {
			flags.WriteString(".It ")
			if short != "" {
				flags.WriteString("Fl " + short + " , ")
			}
			flags.WriteString(`Fl \-` + name)
			if value = m[3]; value != "" {
				flags.WriteString(" Ar " + strings.ToLower(value))
			}
			flags.WriteString("\n")
		}
		text := m[4]
		if value != "" {
			text = strings.ReplaceAll(text, value, strings.ToLower(value))
		}
		flags.WriteString(escaped(text) + "\n")
	}
	return strings.Replace(manual, "%s", flags.String(), 1), nil
}

// helpLine is a line about a flag: its short form, its name, what its value is called, and what
// it does; or what it does alone.
var helpLine = regexp.MustCompile(`^ +(?:(?:-(\w), )?--([a-z-]+)(?: ([A-Z]+))? +)?(\S.*)\n$`)

// escaped is a line of text for roff.
func escaped(line string) string {
	line = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(line)
	if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
		line = `\&` + line
	}
	return line
}
