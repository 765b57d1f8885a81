package main

import (
	"fmt"
	"slices"

	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
)

// configure gives each project its configuration and returns those that are to be judged.
// A project whose configuration is wrong is not: findings that it would have changed are
// worse than none. What several projects share is said once.
func (c *command) configure(o *options, projects []*project) (configured []*project, status int) {
	said := map[string]bool{}
	for _, p := range projects {
		if errs := c.configureOne(o, p); len(errs) > 0 {
			for _, err := range errs {
				if !said[err.Error()] {
					said[err.Error()] = true
					c.trouble(err)
				}
			}
			status = c.trouble(fmt.Errorf("%q was not judged: correct its configuration", p.options.Files[0]))
			continue
		}
		configured = append(configured, p)
	}
	return configured, status
}

// configureOne takes a project's configuration from its file and the command line, which has
// the last word. The file may bring policies, whose rules it can then name.
func (c *command) configureOne(o *options, p *project) []error {
	file, err := configurationFile(o, p.options)
	if err != nil {
		return []error{err}
	}
	dirs := rules.PolicyDirectories(file)
	for _, dir := range dirs {
		if err := loader.Confined(p.options, dir); err != nil {
			return []error{err}
		}
	}
	if p.engine, err = c.engine(slices.Concat(o.policies, dirs)); err != nil {
		return []error{err}
	}
	config := rules.DefaultConfig()
	if file != nil {
		var errs []error
		if config, errs = rules.ParseConfig(file, known(p.engine)); len(errs) > 0 {
			return errs
		}
	}
	selection := o.selection()
	selection.Levels = config.Levels
	if config.Strict && !o.flags.Changed("strict") {
		selection.Strict = true
	}
	p.failOn = o.failOn
	if config.FailOn != "" && !o.flags.Changed("fail-on") {
		p.failOn = config.FailOn
	}
	if p.choice, err = p.engine.Catalogue.Choose(selection); err != nil {
		return []error{err}
	}
	p.config = model.Config{
		Enabled: p.choice.Rules, Strict: selection.Strict, Target: o.target, Roles: config.Roles, Registries: config.Registries,
	}
	p.judged = &rules.Judged{
		Catalogue: p.engine.Catalogue, Project: p.Project, Sources: p.Sources, Choice: p.choice, Exceptions: config.Exceptions,
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
	return loader.Configuration(of, rules.ConfigNames)
}

// known are the names that a configuration can use.
func known(engine *rules.Engine) rules.Known {
	return rules.Known{
		Rules: engine.Catalogue.IDs(),
		Kinds: engine.Names("proxies"),
		Needs: slices.Concat(engine.Names("docker_api", "operations"), engine.Names("consumers")),
	}
}
