package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/composelint/composelint/internal/lint"
	"github.com/composelint/composelint/internal/suggest"
	"github.com/composelint/composelint/internal/words"
	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/report"
)

// options are the command line.
type options struct {
	files            []string
	args             []string
	exclude          []string
	changed          bool
	stdinFilename    string
	stdin            map[string][]byte
	envFiles         []string
	projectDirectory string
	env              bool
	profiles         []string
	daemon           string
	allowOutside     bool
	config           string
	noConfig         bool
	policies         []string
	allowPolicies    bool
	memoryLimit      int64
	init             bool
	fromFindings     bool
	addIgnores       bool
	strict           bool
	selected         []string
	ignored          []string
	noIgnores        string
	baseline         string
	writeBaseline    string
	showSuppressed   bool
	newFromPatch     string
	minSeverity      string
	statistics       bool
	verbose          bool
	today            string
	listRules        bool
	explain          string
	target           string
	engine           string
	printModel       string
	printSchema      bool
	images           []string
	kind             string
	urls             []string
	model            string
	from             string
	inspect          string
	printScript      bool
	tlsCA            string
	tlsCert          string
	tlsKey           string
	write            bool
	unsafe           bool
	ask              bool
	format           string
	output           string
	failOn           string
	failOnControls   []string
	standard         string
	color            string
	completion       string
	version          bool

	flags *pflag.FlagSet
	// choices are the values of the flags that have only some, by flag.
	choices map[string][]string
}

// define defines the flags, in the order of the usage.
func (o *options) define() {
	f := o.flags
	f.StringArrayVarP(&o.files, "file", "f", nil, "merge `FILE` into one project, in order")
	f.StringArrayVar(&o.exclude, "exclude", nil, "pass over what `PATTERN` names in directories,\nas a line of .gitignore would")
	f.BoolVar(&o.changed, "changed", false, "take each FILE for one that changed: judge what it does to the projects in this directory and below")
	f.StringVar(&o.stdinFilename, "stdin-filename", "", "take what - reads for the text of `FILE`")
	f.StringVar(&o.projectDirectory, "project-directory", "", "take `DIR` for the project's directory")
	f.StringArrayVar(&o.envFiles, "env-file", nil, "read variables from `FILE` instead of .env")
	f.BoolVar(&o.env, "env", false, "read this process's environment variables too")
	f.StringArrayVar(&o.profiles, "profile", nil, "judge only the services that `PROFILE` enables")
	f.StringVar(&o.daemon, "daemon", "", "judge the engine's configuration `FILE` too, daemon.json, and the projects by what it says")
	f.BoolVar(&o.allowOutside, "allow-outside", false, "read files outside of the repository too")
	f.StringVar(&o.config, "config", "", "take `FILE` for the configuration, instead of the nearest .composelint.yaml")
	f.BoolVar(&o.noConfig, "no-config", false, "read no configuration")
	f.BoolVar(&o.init, "init", false, "write a .composelint.yaml for the project")
	f.BoolVar(&o.fromFindings, "from-findings", false, "with --init, accept in it what fails the run, with reasons to fill in")
	f.StringArrayVar(&o.policies, "policies", nil, "judge by the policies in `DIR` too")
	f.BoolVar(&o.allowPolicies, "allow-policies", false, "let a configuration that is found name policies, too")
	f.Int64Var(&o.memoryLimit, "memory-limit", 512, "end policies that take more than `MIB` of memory, and runs that take twice as much")
	f.BoolVar(&o.strict, "strict", false, "judge what is absent in every service")
	f.StringSliceVar(&o.selected, "select", nil, "judge only by `RULES`: ids, or patterns with *")
	f.StringSliceVar(&o.ignored, "ignore", nil, "do not judge by `RULES`")
	o.chooseOptional(&o.noIgnores, "no-ignores", "let nothing excuse a finding or make less of it; =comments only what stands in the files themselves", "all", "comments")
	f.StringVar(&o.baseline, "baseline", "", "let the findings that `FILE` holds not count")
	f.StringVar(&o.writeBaseline, "write-baseline", "", "write all findings to `FILE`, for --baseline")
	f.BoolVar(&o.addIgnores, "add-ignores", false, "accept what would be reported: write a comment for each line of it into the Compose files, with the reason to fill in")
	f.BoolVar(&o.showSuppressed, "show-suppressed", false, "show what does not count, too, and why")
	f.StringVar(&o.today, "today", "", "take `DATE` for today, by which exceptions expire and the time of versions ends")
	o.choose(&o.target, "target", "compose", "judge what `RUNTIME` makes of the files", "compose", "swarm (docker stack deploy)")
	f.StringVar(&o.engine, "engine", "", "take `VERSION` for that of the engine, such as 28, instead of a current one")
	o.choose(&o.format, "format", report.Formats[0].Name, "`FORMAT` of the report", append(report.FormatNames(), "tap (of verify alone)")...)
	f.StringVar(&o.newFromPatch, "new-from-patch", "", "report only what stands on lines that the unified diff `FILE` adds")
	o.choose(&o.minSeverity, "min-severity", "note", "lowest `SEVERITY` that is shown", "error", "warning", "note")
	f.BoolVar(&o.statistics, "statistics", false, "show how often each rule finds something, instead of what")
	f.BoolVarP(&o.verbose, "verbose", "v", false, "show every note on a terminal, and name every service; with --version, how old composelint's knowledge of images is")
	f.StringVarP(&o.output, "output", "o", "", "write the findings to `FILE`")
	o.choose(&o.failOn, "fail-on", lint.DefaultFailOn, "lowest `SEVERITY` for exit status 1", "error", "warning", "note", "none")
	f.StringSliceVar(&o.failOnControls, "fail-on-control", nil, "judge by the rules of `CONTROLS` too, and let each finding of theirs fail: such as cis-docker/5.31, or a standard for all it has")
	f.StringVar(&o.standard, "standard", "", "tell the verdicts on the controls of `STANDARD` alone, such as cis-docker, or cis-docker-1.6.0 for an older edition; as a checklist, where no format is named")
	o.choose(&o.color, "color", "auto", "`WHEN` to colour", "auto", "always", "never")
	o.chooseOptional(&o.printModel, "print-model", "print what the policies see instead of findings; =sources adds where it stands in the files", "model", "sources")
	f.BoolVar(&o.printSchema, "print-schema", false, "print the JSON Schema of what the policies see")
	f.StringArrayVar(&o.images, "image", nil, "with least, take `IMAGE` for a client instead of a project")
	f.StringVar(&o.kind, "kind", "", "with least, print the flags of `KIND` of proxy, instead of the one that lets through the least")
	f.StringArrayVar(&o.urls, "url", nil, "with verify, ask `URL`, such as tcp://docker-proxy:2375 or unix:///run/proxy.sock; SERVICE=URL where there are several proxies")
	f.StringVar(&o.model, "model", "", "with verify, take what is promised from the report `FILE` of --format json, or from - for the standard input")
	f.StringVar(&o.from, "from", "", "with verify, compare the network that this is run in with those of `SERVICE` too: whether a way leads out")
	f.StringVar(&o.inspect, "inspect", "", "with verify, compare the project with what docker inspect prints of containers and networks, in `FILE` or - for the standard input; without --url nothing is asked")
	f.BoolVar(&o.printScript, "print-script", false, "with verify, print a shell script that asks the same with nc alone")
	f.StringVar(&o.tlsCA, "tls-ca", "", "with verify, trust the certificates in `FILE`")
	f.StringVar(&o.tlsCert, "tls-cert", "", "with verify, show the certificate in `FILE`")
	f.StringVar(&o.tlsKey, "tls-key", "", "with verify, the key of that certificate is in `FILE`")
	f.BoolVar(&o.write, "write", false, "with fix, write what it would change, instead of showing it")
	f.BoolVar(&o.ask, "ask", false, "with fix, ask of each change on a terminal, unsafe ones too, and write those that are wanted")
	f.BoolVar(&o.unsafe, "unsafe", false, "with fix, make changes too after which something may run otherwise")
	f.Bool("stdio", false, "with lsp, serve the standard input and output, as it always does")
	f.BoolVar(&o.listRules, "list-rules", false, "list the rules, with --format json as JSON")
	f.StringVar(&o.explain, "explain", "", "print the page of `RULE`")
	o.choose(&o.completion, "completion", "", "print the completions for `SHELL`", "bash", "zsh", "fish")
	f.BoolVar(&o.version, "version", false, "print the version")
}

func parseOptions(args []string) (*options, error) {
	o := &options{flags: pflag.NewFlagSet("composelint", pflag.ContinueOnError), choices: map[string][]string{}}
	o.flags.SortFlags = false
	o.flags.Usage = func() {}
	o.define()
	err := o.flags.Parse(args)
	var unknown *pflag.NotExistError
	switch {
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() == "":
		return o, o.unknown(unknown.GetSpecifiedName())
	case errors.Is(err, pflag.ErrHelp):
		return o, err
	case err == nil:
		o.args = o.flags.Args()
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

// lint is what is asked of the linter. A bare run takes the working directory's .env file too.
func (o *options) lint() lint.Options {
	l := lint.Options{
		Load: loader.Options{
			Texts: o.stdin, EnvFiles: o.envFiles, ProjectDirectory: o.projectDirectory, Profiles: o.profiles,
			ProcessEnvironment: o.env, AllowOutside: o.allowOutside, Swarm: o.target == "swarm", Daemon: o.daemon,
		},
		Whole: o.fromFindings || o.addIgnores, Config: o.config, NoConfig: o.noConfig, Policies: o.policies, AllowPolicies: o.allowPolicies,
		Memory: o.memoryLimit << 20, Select: o.selected, Ignore: o.ignored, FailOnControls: o.failOnControls, Standard: o.standard,
		Target: o.target, EngineVersion: o.engine, Review: report.FormatNamed(o.format).Review, Taxonomies: report.FormatNamed(o.format).Taxonomies,
		Fixes: report.FormatNamed(o.format).Fixes, NoIgnores: o.noIgnores == "all", NoComments: o.noIgnores != "", NewFromPatch: o.newFromPatch, Today: o.today,
	}
	if o.flags.Changed("today") {
		l.Day = o.today
	}
	if o.flags.Changed("strict") {
		l.Strict = &o.strict
	}
	if o.flags.Changed("fail-on") {
		l.FailOn = &o.failOn
	}
	if o.changed {
		l.Changed = append([]string{}, o.args...)
	}
	if len(o.files) == 0 && len(o.args) == 0 {
		l.Load.WorkingDirectory = "."
	}
	return l
}

// choose defines a flag that has only some values, of which preset is the one without it. Behind
// a blank a value may bring what the help says of it.
func (o *options) choose(to *string, name, preset, text string, values ...string) {
	var shown []string
	for _, v := range values {
		value, _, _ := strings.Cut(v, " ")
		o.choices[name] = append(o.choices[name], value)
		if value == preset {
			v += " (default)"
		}
		shown = append(shown, v)
	}
	o.flags.StringVar(to, name, preset, text+": "+strings.Join(shown, ", "))
}

// chooseOptional defines a flag that stands alone, which is its first value, or has another one.
func (o *options) chooseOptional(to *string, name, text string, values ...string) {
	o.flags.StringVar(to, name, "", text)
	o.flags.Lookup(name).NoOptDefVal = values[0]
	o.choices[name] = values
}

// check refuses what contradicts itself, and values that a flag does not have.
func (o *options) check() error {
	if o.fromFindings && !o.init {
		return fmt.Errorf("--from-findings stands alone: use it with --init")
	}
	if (len(o.images) > 0 || o.kind != "") && !o.asks("least") {
		return fmt.Errorf("--image and --kind stand alone: use them with composelint least")
	}
	if err := o.checkVerify(); err != nil {
		return err
	}
	if (o.write || o.ask || o.unsafe) && !o.asks("fix") {
		return fmt.Errorf("--write, --ask and --unsafe stand alone: use them with composelint fix")
	}
	if o.flags.Changed("stdio") && !o.asks("lsp") {
		return fmt.Errorf("--stdio stands alone: use it with composelint lsp")
	}
	if o.changed && len(o.files) > 0 {
		return fmt.Errorf("--changed stands beside -f: name the files that changed as arguments")
	}
	if err := o.checkAddIgnores(); err != nil {
		return err
	}
	if o.writeBaseline != "" && (o.changed || o.newFromPatch != "") {
		narrowed := "--changed"
		if !o.changed {
			narrowed = "--new-from-patch"
		}
		return fmt.Errorf("--write-baseline stands beside %s: a baseline holds all findings", narrowed)
	}
	if o.config != "" && o.noConfig {
		return fmt.Errorf("--config stands beside --no-config: use one of them")
	}
	if o.baseline != "" && o.noIgnores == "all" {
		return fmt.Errorf("--baseline stands beside --no-ignores: use one of them")
	}
	if o.statistics && o.format != "text" {
		return fmt.Errorf("--statistics stands beside --format %s: use it with the format text", o.format)
	}
	if o.flags.Changed("fail-on-control") && len(o.failOnControls) == 0 {
		return fmt.Errorf("--fail-on-control names no control: write one, such as cis-docker/5.31, or a standard")
	}
	if err := o.checkStandard(); err != nil {
		return err
	}
	if o.today == "" {
		o.today = time.Now().UTC().Format(time.DateOnly) // a look at a clock, for exceptions alone
	}
	if _, err := time.Parse(time.DateOnly, o.today); err != nil {
		return fmt.Errorf("--today cannot be %q: write a date as 2027-01-31", o.today)
	}
	if o.engine != "" && !lint.IsEngineVersion(o.engine) {
		return fmt.Errorf("--engine cannot be %q: write a version such as 28 or 29.3", o.engine)
	}
	if o.memoryLimit < 1 || o.memoryLimit > 1<<40 {
		return fmt.Errorf("--memory-limit cannot be %d: write a number of MiB, such as 2048", o.memoryLimit)
	}
	var wrong error
	o.flags.VisitAll(func(f *pflag.Flag) {
		values, value := o.choices[f.Name], f.Value.String()
		if wrong == nil && values != nil && value != "" && !slices.Contains(values, value) {
			wrong = fmt.Errorf("--%s cannot be %q: use %s", f.Name, value, words.Or(values))
		}
	})
	return wrong
}

// checkVerify refuses what verify alone has, and what contradicts itself there.
func (o *options) checkVerify() error {
	if o.asks("verify") {
		switch {
		case (o.tlsCert == "") != (o.tlsKey == ""):
			return fmt.Errorf("--tls-cert and --tls-key are of no use without each other: name both")
		case o.inspect == "":
		case o.model != "":
			return fmt.Errorf("--inspect stands beside --model: containers are compared with the files themselves")
		case o.target == "swarm":
			return fmt.Errorf("--inspect stands beside --target swarm: containers of docker compose alone are compared")
		case o.printScript:
			return fmt.Errorf("--inspect stands beside --print-script: use one of them")
		case o.inspect == "-" && slices.Contains(slices.Concat(o.files, o.args, o.envFiles), "-"):
			return fmt.Errorf("the standard input can be read only once: name - once")
		}
		return nil
	}
	for _, name := range []string{"url", "model", "from", "inspect", "print-script", "tls-ca", "tls-cert", "tls-key"} {
		if o.flags.Changed(name) {
			return fmt.Errorf("--%s stands alone: use it with composelint verify", name)
		}
	}
	if o.format == "tap" {
		return fmt.Errorf("--format tap stands alone: use it with composelint verify")
	}
	return nil
}

// checkStandard makes a checklist of what is asked of a standard, and refuses a format that has none.
func (o *options) checkStandard() error {
	if o.standard == "" {
		return nil
	}
	if !o.flags.Changed("format") {
		o.format = "checklist"
	}
	if !report.FormatNamed(o.format).Review {
		return fmt.Errorf("--standard stands beside --format %s: use it with checklist, checklist-md, html or json", o.format)
	}
	return nil
}

// checkAddIgnores refuses beside --add-ignores what writes something else, and what takes no ignore.
func (o *options) checkAddIgnores() error {
	if !o.addIgnores {
		return nil
	}
	for _, other := range []string{"init", "write-baseline", "no-ignores", "print-model", "format", "output", "stdin-filename", "statistics"} {
		if o.flags.Changed(other) {
			return fmt.Errorf("--add-ignores stands beside --%s: use one of them", other)
		}
	}
	if slices.Contains(slices.Concat(o.files, o.args), "-") {
		return fmt.Errorf("--add-ignores cannot write to the standard input: name the file")
	}
	return nil
}
