package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/composelint/composelint/internal/suggest"
	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/catalogue"
	"github.com/composelint/composelint/rules/severity"
)

// options are the command line.
type options struct {
	files            []string
	args             []string
	exclude          []string
	stdinFilename    string
	stdin            map[string][]byte
	envFiles         []string
	projectDirectory string
	env              bool
	profiles         []string
	allowOutside     bool
	config           string
	noConfig         bool
	policies         []string
	init             bool
	strict           bool
	selected         []string
	ignored          []string
	noIgnores        bool
	baseline         string
	writeBaseline    string
	showSuppressed   bool
	today            string
	listRules        bool
	explain          string
	target           string
	printModel       string
	format           string
	output           string
	failOn           string
	color            string
	completion       string
	version          bool

	flags *pflag.FlagSet
}

func parseOptions(args []string) (*options, error) {
	o := &options{flags: pflag.NewFlagSet("composelint", pflag.ContinueOnError)}
	f := o.flags
	f.SortFlags = false
	f.Usage = func() {}
	f.StringArrayVarP(&o.files, "file", "f", nil, "merge `FILE` into one project, in order")
	f.StringArrayVar(&o.exclude, "exclude", nil, "pass over what `PATTERN` names in directories,\nas a line of .gitignore would")
	f.StringVar(&o.stdinFilename, "stdin-filename", "", "take what - reads for the text of `FILE`")
	f.StringVar(&o.projectDirectory, "project-directory", "", "take `DIR` for the project's directory")
	f.StringArrayVar(&o.envFiles, "env-file", nil, "read variables from `FILE` instead of .env")
	f.BoolVar(&o.env, "env", false, "read this process's environment variables too")
	f.StringArrayVar(&o.profiles, "profile", nil, "judge only the services that `PROFILE` enables")
	f.BoolVar(&o.allowOutside, "allow-outside", false, "read files outside of the repository too")
	f.StringVar(&o.config, "config", "", "take `FILE` for the configuration, instead of the\nnearest .composelint.yaml")
	f.BoolVar(&o.noConfig, "no-config", false, "read no configuration")
	f.BoolVar(&o.init, "init", false, "write a .composelint.yaml for the project")
	f.StringArrayVar(&o.policies, "policies", nil, "judge by the policies in `DIR` too")
	f.BoolVar(&o.strict, "strict", false, "judge what is absent in every service")
	f.StringSliceVar(&o.selected, "select", nil, "judge only by `RULES`: ids, or patterns with *")
	f.StringSliceVar(&o.ignored, "ignore", nil, "do not judge by `RULES`")
	f.BoolVar(&o.noIgnores, "no-ignores", false, "let no ignore, exception or baseline excuse a\nfinding")
	f.StringVar(&o.baseline, "baseline", "", "let the findings that `FILE` holds not count")
	f.StringVar(&o.writeBaseline, "write-baseline", "", "write all findings to `FILE`, for --baseline")
	f.BoolVar(&o.showSuppressed, "show-suppressed", false, "show what does not count, too, and why")
	f.StringVar(&o.today, "today", "", "take `DATE` for today, by which exceptions expire")
	f.StringVar(&o.target, "target", "compose", "judge what `RUNTIME` makes of the files: compose\n(default), swarm (docker stack deploy)")
	f.StringVar(&o.format, "format", "text", "`FORMAT` of the report: text (default), concise,\njson, sarif, github, gitlab, junit, markdown,\nchecklist, checklist-md")
	f.StringVarP(&o.output, "output", "o", "", "write the findings to `FILE`")
	f.StringVar(&o.failOn, "fail-on", "warning", "lowest `SEVERITY` for exit status 1: error,\nwarning (default), note, none")
	f.StringVar(&o.color, "color", "auto", "`WHEN` to colour: auto (default), always, never")
	f.StringVar(&o.printModel, "print-model", "", "print what the policies see instead of findings;\n=sources adds where it stands in the files")
	f.Lookup("print-model").NoOptDefVal = "model"
	f.BoolVar(&o.listRules, "list-rules", false, "list the rules, with --format json as JSON")
	f.StringVar(&o.explain, "explain", "", "print the page of `RULE`")
	f.StringVar(&o.completion, "completion", "", "print the completions for `SHELL`: bash, zsh, fish")
	f.BoolVar(&o.version, "version", false, "print the version")
	err := f.Parse(args)
	var unknown *pflag.NotExistError
	switch {
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() == "":
		return o, o.unknown(unknown.GetSpecifiedName())
	case errors.Is(err, pflag.ErrHelp):
		return o, err
	case err == nil:
		o.args = f.Args()
		err = o.check()
	}
	if err != nil {
		return o, fmt.Errorf("%w: see composelint --help", err)
	}
	return o, nil
}

// unknown is the error of a flag that does not exist, with the one that may be meant.
func (o *options) unknown(name string) error {
	var names []string
	o.flags.VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	if near := suggest.Nearest(name, names); near != "" {
		return fmt.Errorf("there is no flag %q: did you mean %q?", "--"+name, "--"+near)
	}
	return fmt.Errorf("there is no flag %q: see composelint --help", "--"+name)
}

// load are the options to load a project of these files with. A bare run takes the working
// directory's .env file too.
func (o *options) load(files []string) loader.Options {
	l := loader.Options{
		Files: files, Texts: o.stdin, EnvFiles: o.envFiles, ProjectDirectory: o.projectDirectory, Profiles: o.profiles,
		ProcessEnvironment: o.env, AllowOutside: o.allowOutside, Swarm: o.target == "swarm",
	}
	if len(o.files) == 0 && len(o.args) == 0 {
		l.WorkingDirectory = "."
	}
	return l
}

// choices are the values of the flags that have only some.
var choices = []struct {
	flag string
	of   []string
}{
	{"target", []string{"compose", "swarm"}},
	{"format", []string{"text", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown", "checklist", "checklist-md"}},
	{"fail-on", []string{"error", "warning", "note", "none"}},
	{"color", []string{"auto", "always", "never"}},
	{"print-model", []string{"model", "sources"}},
	{"completion", []string{"bash", "zsh", "fish"}},
}

func (o *options) check() error {
	if o.config != "" && o.noConfig {
		return fmt.Errorf("--config stands beside --no-config: use one of them")
	}
	if o.baseline != "" && o.noIgnores {
		return fmt.Errorf("--baseline stands beside --no-ignores: use one of them")
	}
	if o.today == "" {
		o.today = time.Now().UTC().Format(time.DateOnly) // the only look at a clock
	}
	if _, err := time.Parse(time.DateOnly, o.today); err != nil {
		return fmt.Errorf("--today cannot be %q: write a date as 2027-01-31", o.today)
	}
	for _, choice := range choices {
		value := o.flags.Lookup(choice.flag).Value.String()
		if value != "" && !slices.Contains(choice.of, value) {
			last := len(choice.of) - 1
			return fmt.Errorf("--%s cannot be %q: use %s or %s", choice.flag, value, strings.Join(choice.of[:last], ", "), choice.of[last])
		}
	}
	return nil
}

// reviews is true for the formats that show what no finding says.
func (o *options) reviews() bool {
	return o.format == "json" || o.format == "markdown" || strings.HasPrefix(o.format, "checklist")
}

// selection is what the command line says of rules.
func (o *options) selection() catalogue.Selection {
	return catalogue.Selection{Strict: o.strict, Select: o.selected, Ignore: o.ignored}
}

// verdict is the status that findings alone give.
func verdict(failOn string, findings []rules.Finding) int {
	threshold, err := severity.Parse(failOn)
	if err != nil {
		return statusClean // none
	}
	if slices.ContainsFunc(findings, func(f rules.Finding) bool { return f.Severity >= threshold }) {
		return statusFindings
	}
	return statusClean
}

// usage is written for a terminal of 80 columns.
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
		indent := "\n" + strings.Repeat(" ", 32)
		fmt.Fprintf(&flags, "  %-28s  %s\n", name+" "+value, strings.ReplaceAll(text, "\n", indent))
	})
	return `composelint judges a Docker Compose deployment before it runs.

Usage:
  composelint [flags]               the project of this directory
  composelint [flags] FILE ...      each one a project of its own
  composelint [flags] DIR ...       all projects in there and below
  composelint [flags] -f FILE ...   the files of one project
  composelint [flags] -             the standard input
  composelint test-policies DIR     run the tests of policies of your own

Flags:
` + flags.String() + `
Exit status:
  0  no finding at or above --fail-on
  1  findings
  2  a file could not be read or parsed, or composelint was called or configured
     wrongly
`
}
