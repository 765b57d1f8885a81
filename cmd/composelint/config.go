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
func (c *command) configure(o *options, engine *rules.Engine, enabled []string, projects []project) (configured []project, status int) {
	known := rules.Known{
		Kinds: engine.Names("proxies"),
		Needs: slices.Concat(engine.Names("docker_api", "operations"), engine.Names("consumers")),
	}
	said := map[string]bool{}
	for _, p := range projects {
		config, errs := configuration(o, p.options, known)
		for _, err := range errs {
			if !said[err.Error()] {
				said[err.Error()] = true
				c.trouble(err)
			}
		}
		if len(errs) > 0 {
			status = c.trouble(fmt.Errorf("%q was not judged: correct its configuration", p.options.Files[0]))
			continue
		}
		p.config = model.Config{
			Enabled: enabled, Strict: o.strict, Target: o.target, Roles: config.Roles, Registries: config.Registries,
		}
		configured = append(configured, p)
	}
	return configured, status
}

// configuration reads that of a project which is loaded with those options.
func configuration(o *options, of loader.Options, known rules.Known) (rules.Config, []error) {
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
	return rules.ParseConfig(file, known)
}
