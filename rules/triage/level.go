package triage

import (
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/catalogue"
	"github.com/composelint/composelint/rules/severity"
)

// Level gives the findings of a project the severities that were chosen for their rules, and
// leaves out those that are switched off.
func Level(findings []rules.Finding, choice catalogue.Choice, project model.Project) []rules.Finding {
	var left []rules.Finding
	for _, f := range findings {
		levels := choice.Levels[f.Rule]
		level := levels.Everywhere
		if len(levels.Services) > 0 {
			level = levelAt(f.At, levels, project)
		}
		if level == catalogue.Off {
			continue
		}
		if s, err := severity.Parse(level); err == nil {
			f.Severity = s
		}
		left = append(left, f)
	}
	return left
}

// levelAt is the level at a node, which may be part of a service or of a hook of it.
func levelAt(at string, levels catalogue.Levels, project model.Project) string {
	for _, s := range project.Services {
		if level := levels.Services[s.Owner]; level != "" && within(at, s.At) {
			return level
		}
	}
	return levels.Everywhere
}
