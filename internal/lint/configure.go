package lint

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/catalogue"
	"github.com/composelint/composelint/rules/config"
)

// settings are what a project is judged by.
type settings struct {
	// configuration is its file, nil where it has none, and relaxed what it has that can hide
	// findings, in phrases.
	configuration *model.File
	relaxed       []string
	engine        engines
	config        model.Config
	choice        catalogue.Choice
	exceptions    []config.Exception
	// failOn is the lowest severity that fails the run, or none.
	failOn string
	// gates are the controls of which every finding does.
	gates []rules.Gate
	// standard is the id of the one whose controls alone are told, empty for those of today.
	standard string
	// taxonomies are what rules are classified by, where the report says it.
	taxonomies []rules.Standard
}

// IsEngineVersion is true for what EngineVersion can be: 28, 29.3.
func IsEngineVersion(text string) bool {
	return config.IsEngine(text)
}

// configure takes a project's settings from its configuration, nil where it has none, and the
// options. The file may bring policies, whose rules it can then name. A project whose
// configuration is wrong is not judged: findings that it would have changed are worse than
// none. Instead is the path of another configuration that holds for the project where this one is
// not there.
func (l *Linter) configure(p Loaded, file *model.File, instead string) (*Configured, []error) {
	engine, err := l.enginesFor(p, file)
	if err != nil {
		return nil, []error{err, notJudged(p.Found, "its configuration")}
	}
	stated := config.Default()
	if file != nil {
		var errs []error
		if stated, errs = config.Parse(file, config.KnownTo(engine.Engine)); len(errs) > 0 {
			return nil, append(errs, notJudged(p.Found, "its configuration"))
		}
	}
	if l.NoIgnores {
		stated = stated.Stern(engine.Catalogue)
	}
	gates, err := engine.Gates(l.FailOnControls)
	if err != nil {
		return nil, []error{fmt.Errorf("--fail-on-control: %w", err), notJudged(p.Found, "the command line")}
	}
	standard, err := engine.StandardID(l.Standard)
	if err != nil {
		return nil, []error{fmt.Errorf("--standard: %w", err), notJudged(p.Found, "the command line")}
	}
	var taxonomies []rules.Standard
	if l.Taxonomies {
		if taxonomies, err = engine.Taxonomies(); err != nil {
			return nil, []error{err}
		}
	}
	selection := catalogue.Selection{Required: rulesOf(gates), Strict: stated.Strict, Select: l.Select, Ignore: l.Ignore, Levels: stated.Levels}
	if l.Strict != nil {
		selection.Strict = *l.Strict
	}
	failOn := cmp.Or(stated.FailOn, DefaultFailOn)
	if l.FailOn != nil {
		failOn = *l.FailOn
	}
	choice, err := engine.Catalogue.Choose(selection)
	if err != nil {
		return nil, []error{err, notJudged(p.Found, "the command line")}
	}
	relaxed, err := l.relaxed(stated, file, instead, engine.Catalogue, selection, choice)
	if err != nil {
		return nil, []error{err}
	}
	return &Configured{p, settings{
		configuration: file, relaxed: relaxed, engine: engine, choice: choice, exceptions: stated.Exceptions, failOn: failOn, gates: gates, standard: standard, taxonomies: taxonomies,
		config: model.Config{
			Enabled: choice.Rules, Strict: selection.Strict, Target: l.Target, Engine: cmp.Or(l.EngineVersion, stated.Engine), Today: l.Day, Roles: stated.Roles,
			Registries: stated.Registries, HarmlessMounts: stated.HarmlessMounts,
			EnvFile: p.options.EnvFile(), EnvironmentKnown: p.options.IsWhole(),
		},
	}}, nil
}

// relaxed are the phrases about what a configuration has that can hide findings, but for what the
// command line says otherwise.
func (l *Linter) relaxed(stated config.Config, file *model.File, instead string, rules catalogue.Catalogue, with catalogue.Selection, chosen catalogue.Choice) ([]string, error) {
	with.Levels = nil
	without, err := rules.Choose(with)
	if err != nil {
		return nil, err
	}
	if l.FailOn != nil {
		stated.FailOn = ""
	}
	phrases := stated.Relaxed(rules.Of(without.Rules), chosen.Levels, l.Today)
	if dirs, _ := config.PolicyDirectories(file); len(dirs) > 0 {
		phrases = append(phrases, "policies of its own")
	}
	if instead != "" {
		phrases = append(phrases, fmt.Sprintf("the configuration %q replaced", instead))
	}
	return phrases, nil
}

// notJudged says of a project what to correct.
func notJudged(p loader.Found, what string) error {
	return fmt.Errorf("%q was not judged: correct %s", p.Files[0], what)
}

// configurationFile is that of a project which is loaded with those options, nil where it has
// none, and the path of the one that it stands before, empty where there is no other.
func (l *Linter) configurationFile(of loader.Options) (file *model.File, instead string, err error) {
	switch {
	case l.NoConfig:
		return nil, "", nil
	case l.Config != "":
		file, err = loader.NamedFile(of, l.Config)
		return file, "", err
	}
	return loader.Configuration(of, config.FileNames)
}

// withScope are the options of loading with the variables, the profiles and the engine that a configuration
// states, unless the command line names others, or nothing may hide a finding. None of its files lie outside of
// the project's root.
func (l *Linter) withScope(o loader.Options, configuration *model.File) (loader.Options, error) {
	o.Engine = l.EngineVersion
	if l.NoIgnores {
		return o, nil
	}
	scope := config.ScopeOf(configuration)
	o.Engine = cmp.Or(o.Engine, scope.Engine)
	o.Variables = scope.Variables
	if len(o.Profiles) == 0 {
		o.Profiles = scope.Profiles
	}
	if o.Daemon == "" && scope.Daemon != "" {
		if err := loader.Confined(o, scope.Daemon); err != nil {
			return o, err
		}
		o.Daemon = scope.Daemon
	}
	if len(o.EnvFiles) > 0 {
		return o, nil
	}
	for _, file := range scope.EnvFiles {
		if err := loader.Confined(o, file); err != nil {
			return o, err
		}
	}
	o.EnvFiles = scope.EnvFiles
	return o, nil
}

// enginesFor are those with the policies of the options and those of a configuration, none of
// which lie outside of the project's root, or of their own where the user names them. Policies are
// code: those of a configuration that was found, which may be that of somebody else's tree, have to
// be allowed.
func (l *Linter) enginesFor(p Loaded, configuration *model.File) (engines, error) {
	dirs, at := config.PolicyDirectories(configuration)
	for _, dir := range dirs {
		if err := loader.Confined(p.options, dir); err != nil {
			return engines{}, err
		}
	}
	for _, dir := range l.Policies {
		if err := loader.Named(p.options, dir); err != nil {
			return engines{}, err
		}
	}
	if len(dirs) > 0 && l.Config == "" && !l.AllowPolicies {
		return engines{}, fmt.Errorf("%s: policies are code that comes with the tree: let them run with --allow-policies, or name the configuration with --config", at)
	}
	return l.enginesOf(slices.Concat(l.Policies, dirs))
}
