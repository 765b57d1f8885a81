package compose

import (
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
