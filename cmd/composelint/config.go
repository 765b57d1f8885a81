package main

import (
	"slices"

	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules/config"
	"github.com/composelint/composelint/rules/triage"
)

// configure takes a project's configuration from its file and the command line, which has the
// last word. The file may bring policies, whose rules it can then name. A project whose
// configuration is wrong is not judged: findings that it would have changed are worse than
// none.
func (c *command) configure(o *options, p *project) []error {
	p.toCorrect = "its configuration"
	file, err := configurationFile(o, p.options)
	if err != nil {
		return []error{err}
	}
	p.configuration = file
	dirs := config.PolicyDirectories(file)
	for _, dir := range dirs {
		if err := loader.Confined(p.options, dir); err != nil {
			return []error{err}
		}
	}
	if p.engine, err = c.engine(slices.Concat(o.policies, dirs)); err != nil {
		return []error{err}
	}
	stated := config.Default()
	if file != nil {
		var errs []error
		if stated, errs = config.Parse(file, config.KnownTo(p.engine)); len(errs) > 0 {
			return errs
		}
	}
	selection := o.selection()
	selection.Levels = stated.Levels
	if stated.Strict && !o.flags.Changed("strict") {
		selection.Strict = true
	}
	p.failOn = o.failOn
	if stated.FailOn != "" && !o.flags.Changed("fail-on") {
		p.failOn = stated.FailOn
	}
	p.toCorrect = "the command line"
	if p.choice, err = p.engine.Catalogue.Choose(selection); err != nil {
		return []error{err}
	}
	p.config = model.Config{
		Enabled: p.choice.Rules, Strict: selection.Strict, Target: o.target, Roles: stated.Roles,
		Registries: stated.Registries, HarmlessMounts: stated.HarmlessMounts,
	}
	p.judged = &triage.Judged{
		Catalogue: p.engine.Catalogue, Project: p.Project, Sources: p.Sources, Choice: p.choice, Exceptions: stated.Exceptions,
		Partial: p.Incomplete || p.Fragment || len(o.profiles) > 0,
	}
	return nil
}

// configurationFile is that of a project which is loaded with those options, nil where it has
// none.
func configurationFile(o *options, of loader.Options) (*model.File, error) {
	switch {
	case o.noConfig:
		return nil, nil
	case o.config != "":
		return loader.ConfigurationFile(o.config)
	}
	return loader.Configuration(of, config.FileNames)
}
