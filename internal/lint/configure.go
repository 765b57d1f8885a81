package lint

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules/catalogue"
	"github.com/composelint/composelint/rules/config"
)

// settings are what a project is judged by.
type settings struct {
	// configuration is its file, nil where it has none.
	configuration *model.File
	engine        engines
	config        model.Config
	choice        catalogue.Choice
	exceptions    []config.Exception
	// failOn is the lowest severity that fails the run, or none.
	failOn string
}

// configure takes a project's settings from its configuration, nil where it has none, and the
// options. The file may bring policies, whose rules it can then name. A project whose
// configuration is wrong is not judged: findings that it would have changed are worse than
// none.
func (l *Linter) configure(p Loaded, file *model.File) (*Configured, []error) {
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
	selection := catalogue.Selection{Strict: stated.Strict, Select: l.Select, Ignore: l.Ignore, Levels: stated.Levels}
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
	return &Configured{p, settings{
		configuration: file, engine: engine, choice: choice, exceptions: stated.Exceptions, failOn: failOn,
		config: model.Config{
			Enabled: choice.Rules, Strict: selection.Strict, Target: l.Target, Roles: stated.Roles,
			Registries: stated.Registries, HarmlessMounts: stated.HarmlessMounts,
		},
	}}, nil
}

// notJudged says of a project what to correct.
func notJudged(p loader.Found, what string) error {
	return fmt.Errorf("%q was not judged: correct %s", p.Files[0], what)
}

// configurationFile is that of a project which is loaded with those options, nil where it has
// none.
func (l *Linter) configurationFile(of loader.Options) (*model.File, error) {
	switch {
	case l.NoConfig:
		return nil, nil
	case l.Config != "":
		return loader.ConfigurationFile(l.Config)
	}
	return loader.Configuration(of, config.FileNames)
}

// enginesFor are those with the policies of the options and those of a configuration, none of
// which lie outside of the project's root. Policies are code: those of a configuration that was
// found, which may be that of somebody else's tree, have to be allowed.
func (l *Linter) enginesFor(p Loaded, configuration *model.File) (engines, error) {
	dirs, at := config.PolicyDirectories(configuration)
	for _, dir := range dirs {
		if err := loader.Confined(p.options, dir); err != nil {
			return engines{}, err
		}
	}
	if len(dirs) > 0 && l.Config == "" && !l.AllowPolicies {
		return engines{}, fmt.Errorf("%s: policies are code that comes with the tree: let them run with --allow-policies, or name the configuration with --config", at)
	}
	return l.enginesOf(slices.Concat(l.Policies, dirs))
}
