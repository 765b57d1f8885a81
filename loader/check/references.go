package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/compose-spec/compose-go/v2/types"

	"github.com/composelint/composelint/internal/suggest"
	"github.com/composelint/composelint/loader/compose"
	"github.com/composelint/composelint/loader/yamltree"
)

// references checks that the networks, volumes and the rest that a service uses are
// defined (checkConsistency, loader/validate.go of compose-go v2.16.2).
func (c *checker) references(s spot) {
	c.networks(s)
	for _, v := range s.under("volumes").entries() {
		kind, source := v.under("type"), v.under("source")
		if kind.known() && kind.text() == types.VolumeTypeVolume && source.text() != "" {
			c.defined(source, "volume", "volumes", source.text())
		}
	}
	c.sources(s.under("build", "secrets"), "secret", "secrets")
	c.sources(s.under("configs"), "config", "configs")
	for _, m := range s.under("models").entries() {
		c.definedKey(m, "model", "models")
	}
	c.sources(s.under("secrets"), "secret", "secrets")
}

func (c *checker) networks(s spot) {
	networks := s.under("networks").entries()
	if mode := s.under("network_mode"); mode.text() != "" && len(networks) > 0 {
		c.refuse(mode, `"network_mode" and "networks" exclude each other: remove one`)
	}
	for _, n := range networks {
		if n.key() != "default" || !c.makesDefaultNetwork() {
			c.definedKey(n, "network", "networks")
		}
	}
}

// makesDefaultNetwork is true where Compose makes the network that containers are on
// unless they say otherwise (normalizeNetworks, loader/normalize.go).
func (c *checker) makesDefaultNetwork() bool {
	for _, section := range compose.ContainerSections {
		for _, s := range c.root.Field(section).Values() {
			if s.Field("provider") != nil || s.Field("network_mode") != nil {
				continue
			}
			if networks := s.Field("networks"); networks == nil || len(networks.Fields) == 0 || networks.Fields["default"] != nil {
				return true
			}
		}
	}
	return false
}

// sources checks mounts of secrets or configs.
func (c *checker) sources(list spot, kind, section string) {
	for _, mount := range list.entries() {
		if source := mount.under("source"); source.Node != nil {
			c.defined(source, kind, section, source.text())
		} else if mount.is(yamltree.Mapping) && !c.within(mount.path) {
			c.refuse(mount, `the %s lacks "source", its name`, kind)
		}
	}
}

// definedKey checks a use whose name is its key.
func (c *checker) definedKey(use spot, kind, section string) {
	if compose.IsExtension(use.key()) {
		c.refuse(use, "%s", nameOfExtension(use.key()))
		return
	}
	c.defined(use, kind, section, use.key())
}

// defined checks that a top-level section has the name that is used at a spot.
func (c *checker) defined(use spot, kind, section, name string) {
	if !c.has(c.section(section), name) {
		c.undefined(use, kind, section, name)
	}
}

// undefined reports a name that a section lacks.
func (c *checker) undefined(use spot, kind, section, name string) {
	if c.partial {
		return
	}
	message, near := fmt.Sprintf("the %s %q is not defined: ", kind, name), ""
	if c.suggestions++; c.suggestions <= maxSuggestions {
		near = suggest.Nearest(name, c.others(use, section))
	}
	switch {
	case near != "":
		message += fmt.Sprintf("did you mean %q?", near)
	case kind == "volume" && strings.Contains(name, "/"):
		message += fmt.Sprintf(`write %q for a path, or add it to the top-level "volumes"`, "./"+name)
	default:
		message += fmt.Sprintf("add it to the top-level %q", section)
	}
	c.refuse(use, "%s", message)
}

// others are the names of a section but for the entry that the spot is in.
func (c *checker) others(use spot, section string) []string {
	return slices.DeleteFunc(c.names(section), func(name string) bool {
		return use.path[0] == section && use.path[1] == name
	})
}

// maxSuggestions bounds how often a name is compared with all that are defined.
const maxSuggestions = 100
