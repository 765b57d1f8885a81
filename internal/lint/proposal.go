package lint

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/composelint/composelint/loader"
	"github.com/composelint/composelint/model"
	"github.com/composelint/composelint/rules"
	"github.com/composelint/composelint/rules/config"
	"github.com/composelint/composelint/rules/triage"
)

// Proposal is a commented configuration for the project, with the roles that can be seen in it,
// and the path where it belongs.
func (c *Configured) Proposal(ctx context.Context) (path, text string, err error) {
	return c.propose(ctx, exampleOfException)
}

// Proposal is the same with an exception for what fails the run.
func (p *Judged) Proposal(ctx context.Context) (path, text string, err error) {
	return p.propose(ctx, exceptionsFor(p.judged.Findings, p.judged.Mask))
}

// exampleOfException shows what an exception looks like.
const exampleOfException = `# exceptions:
#   - rule: docker-socket-mount
#     service: agent
#     reason: it has to create containers
#     expires: 2027-01-31
`

// exceptionsFor accepts what fails the run, each service's or node's once. What is wrong with a file or
// with an excuse is to be corrected.
func exceptionsFor(findings []rules.Finding, mask func(string) string) string {
	var b strings.Builder
	seen := map[string]bool{}
	for _, f := range findings {
		entry := fmt.Sprintf("  - %s\n", triage.ExceptionFor(f, mask))
		if f.Fails && triage.Acceptable(f.Rule) && !seen[entry] {
			seen[entry] = true
			b.WriteString(entry)
		}
	}
	if b.Len() == 0 {
		return exampleOfException
	}
	return "exceptions:\n" + b.String()
}

func (c *Configured) propose(ctx context.Context, exceptions string) (path, text string, err error) {
	dir := c.options.ProjectDirectory
	if dir == "" {
		dir = filepath.Dir(c.Files[0])
	}
	review, err := c.review(ctx)
	if err != nil {
		return "", "", err
	}
	return filepath.Join(dir, config.FileNames[0]), loader.NewMask(c.Secrets).Text(configurationFor(c.Project, review, exceptions)), nil
}

// configurationFor is a configuration that changes nothing yet: all that is not sure is a
// comment.
func configurationFor(project model.Project, review rules.Review, exceptions string) string {
	var b strings.Builder
	b.WriteString(`# What composelint cannot see in the Compose files. Every key may be left out:
# https://github.com/composelint/composelint/blob/main/docs/configuration.md
# yaml-language-server: $schema=https://raw.githubusercontent.com/composelint/composelint/main/docs/composelint.schema.json

# How strict to be: recommended, as without this line, or strict, as --strict, which judges what is
# absent in every service.
# preset: strict

# The lowest severity for exit status 1: error, warning, note, none.
# fail-on: warning

# What the findings of single rules count as: off, note, warning, error.
# rules:
#   image-tag-mutable: note
#   privileged: {services: {agent: warning}}

# And what they count as in some files, by patterns as in .gitignore.
# overrides:
#   - files: [test/, "*.dev.yaml"]
#     rules: {privileged: note, "port-*": off}

`)
	writeRoles(&b, project, review)
	b.WriteString("\n# Where images may come from. These are in use:\n# registries:\n")
	for _, registry := range registriesOf(project) {
		fmt.Fprintf(&b, "#   - %s\n", registry)
	}
	b.WriteString("\n# Findings that are known and accepted.\n" + exceptions)
	return b.String()
}

// writeRoles writes what can be seen of socket proxies and their clients.
func writeRoles(b *strings.Builder, project model.Project, review rules.Review) {
	known := map[string]string{}
	callers := callersOf(project)
	for _, api := range review.DockerAPI {
		if api.Kind != "unknown" {
			known[api.Service] = api.Kind
		} else if callers[api.Service] == nil {
			callers[api.Service] = []string{}
		}
	}
	b.WriteString("roles:\n")
	for _, service := range sortedKeys(known) {
		fmt.Fprintf(b, "  # %q is known as a socket proxy (%s) by its image.\n", service, known[service])
	}
	unknown := slices.DeleteFunc(sortedKeys(callers), func(service string) bool { return known[service] != "" })
	if len(unknown) > 0 {
		b.WriteString("  # These seem to be socket proxies. Say which kind each is, or leave it out.\n  # proxies:\n")
	}
	for _, service := range unknown {
		fmt.Fprintf(b, "  #   %s: tecnativa  # %s\n", service, pointsAt(callers[service]))
	}
	b.WriteString("  # What clients need of the Docker API; of common images composelint knows it.\n  # clients:\n")
	clients := map[string]bool{}
	for _, names := range callers {
		for _, name := range names {
			clients[name] = true
		}
	}
	for _, name := range sortedKeys(clients) {
		fmt.Fprintf(b, "  #   %s: [ContainerList, ContainerInspect]\n", name)
	}
	if len(clients) == 0 {
		b.WriteString("  #   app: [ContainerList, ContainerInspect]\n")
	}
}

// review is what there is to say of the project beyond findings. It may have secrets.
func (c *Configured) review(ctx context.Context) (review rules.Review, err error) {
	err = c.engine.bounded(ctx, fmt.Sprintf("could not review %q", c.Files[0]), func(ctx context.Context) (err error) {
		_, review, err = c.engine.Review(ctx, c.Input(c.config), c.Sources)
		return err
	})
	return review, err
}

// Connections is the part of the review that says who comes in, what is connected and what that allows, without
// secrets.
func (c *Configured) Connections(ctx context.Context) (review rules.Review, err error) {
	err = c.engine.bounded(ctx, fmt.Sprintf("could not review %q", c.Files[0]), func(ctx context.Context) (err error) {
		review, err = c.engine.Connections(ctx, c.Input(c.config), c.Sources)
		return err
	})
	return loader.Masked(loader.NewMask(c.Secrets), review), err
}

// Steering is, by socket proxy that flags steer and flag, what the flag decides.
func (c *Configured) Steering(ctx context.Context) (steering map[string]map[string]rules.FlagEffect, err error) {
	err = c.engine.bounded(ctx, fmt.Sprintf("could not review %q", c.Files[0]), func(ctx context.Context) (err error) {
		steering, err = c.engine.Steering(ctx, c.Input(c.config), c.Sources)
		return err
	})
	return steering, err
}

// callersOf are, by service that others point at as at a Docker API, those others.
func callersOf(project model.Project) map[string][]string {
	callers := map[string][]string{}
	for _, s := range project.Services {
		for _, e := range s.Endpoints {
			for _, service := range e.Services {
				if service != s.Owner && !slices.Contains(callers[service], s.Owner) {
					callers[service] = append(callers[service], s.Owner)
				}
			}
		}
	}
	return callers
}

func pointsAt(callers []string) string {
	if len(callers) == 0 {
		return "it looks like one"
	}
	if len(callers) == 1 {
		return fmt.Sprintf("%q points at it", callers[0])
	}
	return fmt.Sprintf("%d services point at it", len(callers))
}

func registriesOf(project model.Project) []string {
	used := map[string]bool{}
	for _, s := range project.Services {
		switch {
		case s.Image == nil || s.Image.Registry == nil:
		case *s.Image.Registry == "":
			used["docker.io"] = true
		default:
			used[*s.Image.Registry] = true
		}
	}
	return sortedKeys(used)
}

func sortedKeys[V any](m map[string]V) []string {
	return slices.Sorted(maps.Keys(m))
}
