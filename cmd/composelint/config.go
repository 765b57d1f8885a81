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
func (c *command) configure(o *options, engine *rules.Engine, projects []*project) (configured []*project, status int) {
	said := map[string]bool{}
	for _, p := range projects {
		p.engine = engine
		if errs := p.configure(o); len(errs) > 0 {
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

// configure takes a project's configuration from its file and the command line, which has
// the last word.
func (p *project) configure(o *options) []error {
	config, errs := configuration(o, p.options, p.engine)
	if len(errs) > 0 {
		return errs
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
	var err error
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

// configuration reads that of a project which is loaded with those options.
func configuration(o *options, of loader.Options, engine *rules.Engine) (rules.Config, []error) {
	var file *model.File
	var err error
	switch {
	case o.noConfig:
	case o.config != "":
		file, err = loader.ConfigurationFile(o.config)
	default:
		file, err = loader.Configuration(of, rules.ConfigNames)
	}
	if err != nil {
		return rules.Config{}, []error{err}
	}
	if file == nil {
		return rules.DefaultConfig(), nil
	}
	return rules.ParseConfig(file, known(engine))
}

// known are the names that a configuration can use.
func known(engine *rules.Engine) rules.Known {
	return rules.Known{
		Rules: engine.Catalogue.IDs(),
		Kinds: engine.Names("proxies"),
		Needs: slices.Concat(engine.Names("docker_api", "operations"), engine.Names("consumers")),
	}
}
