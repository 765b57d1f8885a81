package triage

import (
	"slices"

	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/catalogue"
	"github.com/composelint/composelint/rules/severity"
)

// Level gives the findings of a project the severities that were chosen for their rules, and
// leaves out those that are switched off.
func Level(findings []rules.Finding, choice catalogue.Choice, project model.Project, files map[string]*model.File) []rules.Finding {
	var left []rules.Finding
	for _, f := range findings {
		level := levelOf(f, choice.Levels[f.Rule], project, files)
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

// levelOf is the level of a finding: the last that is stated for its file, else that for its service.
func levelOf(f rules.Finding, levels catalogue.Levels, project model.Project, files map[string]*model.File) string {
	for _, in := range slices.Backward(levels.Files) {
		if !in.In.Have(model.URIOf(files, f.Location.File)) {
			continue
		}
		if level := levelAt(f.At, in.Everywhere, in.Services, project); level != "" {
			return level
		}
	}
	return levelAt(f.At, levels.Everywhere, levels.Services, project)
}

// levelAt is the level at a node, which may be part of a service or of a hook of it.
func levelAt(at, everywhere string, services map[string]string, project model.Project) string {
	if len(services) == 0 {
		return everywhere
	}
	for _, s := range project.Services {
		if level := services[s.Owner]; level != "" && within(at, s.At) {
			return level
		}
	}
	return everywhere
}
