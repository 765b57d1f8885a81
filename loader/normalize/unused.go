package normalize

import (
	"slices"

	"github.com/compose-spec/compose-go/v2/types"

	"github.com/composelint/composelint/loader/compose"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// unused are the definitions that no service or job uses, enabled or not. Where one use of a section is
// not known, it may be any.
func unused(w *writer) []model.Definition {
	definitions := []model.Definition{}
	for _, section := range []string{"networks", "volumes", "secrets", "configs"} {
		names, known := used(w.root, section)
		for _, name := range w.root.Field(section).Keys() {
			if known && !names[name] && name != "default" {
				definitions = append(definitions, model.Definition{At: yamltree.Path{section, name}.At(), Section: section, Name: name})
			}
		}
	}
	return definitions
}

// used are the names of a section that containers and builds use, and whether all are known.
func used(root *yamltree.Node, section string) (names map[string]bool, known bool) {
	names = map[string]bool{}
	for _, containers := range compose.ContainerSections {
		for _, container := range root.Field(containers).Values() {
			for _, part := range partsOf(container) {
				uses := part.Field(section)
				if uses == nil {
					continue
				}
				if uses.AnyUnknown() {
					return nil, false
				}
				for _, name := range uses.Keys() {
					names[name] = true
				}
				for _, item := range uses.Items {
					if item.Field("type").String() != types.VolumeTypeBind {
						names[item.Field("source").String()] = true
					}
				}
			}
		}
	}
	return names, true
}

// partsOf are a container and what of it can use a definition by itself.
func partsOf(container *yamltree.Node) []*yamltree.Node {
	parts := []*yamltree.Node{container, container.Field("build")}
	for _, hooks := range model.HookKinds {
		if list := container.Field(hooks); list != nil {
			parts = append(parts, list.Items...)
		}
	}
	return slices.DeleteFunc(parts, func(n *yamltree.Node) bool { return n == nil })
}
