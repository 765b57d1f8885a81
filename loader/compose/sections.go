package compose

import (
	"maps"
	"slices"
	"strings"

	"github.com/composelint/composelint/loader/yamltree"
)

// ContainerSections are the top-level keys whose entries are containers.
var ContainerSections = []string{"services", "jobs"}

// IsExtension is true for a key that compose-go takes for an extension, even where it is a name,
// but for a few mappings (processExtensions, loader/loader.go v2.16.2).
func IsExtension(key string) bool { return strings.HasPrefix(key, "x-") }

// IsEnabled is true for a service without profiles, for one of the profiles asked for, and for all
// where none are.
func IsEnabled(service *yamltree.Node, profiles []string) bool {
	own := service.Field("profiles").Scalars()
	return len(profiles) == 0 || len(own) == 0 || slices.ContainsFunc(own, func(p *yamltree.Node) bool {
		return p.Unknown() || slices.Contains(profiles, p.String()) || slices.Contains(profiles, "*")
	})
}

// ProfilesOf are the profiles of all services and jobs of a project, and * where one is not known.
func ProfilesOf(root *yamltree.Node) []string {
	profiles := map[string]bool{}
	for _, section := range ContainerSections {
		for _, service := range root.Field(section).Values() {
			for _, p := range service.Field("profiles").Scalars() {
				if p.Unknown() {
					profiles["*"] = true
				} else {
					profiles[p.String()] = true
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(profiles))
}

// isRemote is true for what docker compose would fetch where a file names another one: a Git
// repository or an OCI artifact.
func isRemote(path string) bool { return strings.HasPrefix(path, "oci://") || IsRemoteContext(path) }

// IsRemoteContext is true for the addresses that compose-go does not take for the path of a build
// context (paths/context.go v2.16.2).
func IsRemoteContext(context string) bool {
	for _, prefix := range []string{"https://", "http://", "git://", "ssh://", "github.com/", "git@"} {
		if strings.HasPrefix(context, prefix) {
			return true
		}
	}
	return false
}

// mapServices returns the project with every service and job replaced.
func mapServices(root *yamltree.Node, change func(*yamltree.Node) *yamltree.Node) *yamltree.Node {
	c := *root
	c.Fields = cloned(root.Fields)
	for _, section := range ContainerSections {
		entries := c.Fields[section]
		if entries == nil || entries.Kind != yamltree.Mapping {
			continue
		}
		e := *entries
		e.Fields = make(map[string]*yamltree.Node, len(entries.Fields))
		for name, service := range entries.Fields {
			if service.Kind == yamltree.Mapping {
				service = change(service)
			}
			e.Fields[name] = service
		}
		c.Fields[section] = &e
	}
	return &c
}

// apart takes out of a project the part that a document is merged with: the entries that both have.
// What is left has been through all steps, and they would not change it again.
func apart(root, document *yamltree.Node) (rest, part *yamltree.Node) {
	r, p := *root, *root
	r.Fields, p.Fields = map[string]*yamltree.Node{}, map[string]*yamltree.Node{}
	for key, field := range root.Fields {
		over := document.Field(key)
		switch {
		case over == nil && document.Kind == yamltree.Mapping:
			r.Fields[key] = field
		case over != nil && slices.Contains(includedSections, key) && field.Kind == yamltree.Mapping && over.Kind == yamltree.Mapping:
			r.Fields[key], p.Fields[key] = entriesApart(field, over)
		default:
			p.Fields[key] = field
		}
	}
	return &r, &p
}

func entriesApart(section, over *yamltree.Node) (rest, part *yamltree.Node) {
	r, p := *section, *section
	r.Fields, p.Fields = cloned(section.Fields), map[string]*yamltree.Node{}
	for name := range over.Fields {
		if entry := section.Fields[name]; entry != nil {
			p.Fields[name] = entry
			delete(r.Fields, name)
		}
	}
	return &r, &p
}

// together puts the part that apart took out into the rest again.
func together(rest, part *yamltree.Node) *yamltree.Node {
	c := *part
	c.Fields = cloned(part.Fields)
	for key, field := range rest.Fields {
		into := c.Fields[key]
		if into == nil || into.Kind != yamltree.Mapping {
			c.Fields[key] = field
			continue
		}
		section := *into
		section.Fields = cloned(field.Fields)
		maps.Copy(section.Fields, into.Fields)
		c.Fields[key] = &section
	}
	return &c
}
