package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/compose-spec/compose-go/v2/types"

	"github.com/composelint/composelint/loader/yamltree"
)

// replicas checks what a service says twice about the number of its containers.
func (c *checker) replicas(s spot) {
	scale, replicas, name := s.under("scale"), s.under("deploy", "replicas"), s.under("container_name")
	scaled, ok := decoded[int](scale)
	deployed, ok2 := decoded[int](replicas)
	if !ok || !ok2 {
		return
	}
	stated, attribute, count := !absent(scale), "scale", scaled
	if !stated {
		attribute, count = "deploy.replicas", deployed
	}
	switch {
	case stated && !absent(replicas) && scaled != deployed:
		c.refuse(scale, `"scale" is %d and "deploy.replicas" %d: remove one`, scaled, deployed)
	case stated && scaled < 0:
		c.refuse(scale, `"scale" must be at least 0`)
	case !absent(replicas) && deployed < 0:
		c.refuse(replicas, `"replicas" must be at least 0`)
	}
	if count > 1 && name.text() != "" {
		c.refuse(name, `%d containers cannot share a name: remove "container_name" or %q`, count, attribute)
	}
}

// containerNames checks that no two services that run together have one name for their containers
// (CheckContainerNameUnicity, types/project.go of compose-go v2.16.2), however many of them.
func (c *checker) containerNames() {
	if c.Swarm {
		return
	}
	running, together := map[string]spot{}, map[[2]string]spot{}
	for _, s := range c.containers {
		name := s.under("container_name")
		text, readable := name.stated()
		if !readable {
			continue
		}
		with := [2]string{text, profilesOf(s)}
		other, clash := together[with]
		if c.runs(s.Node) && !clash {
			other, clash = running[text]
		}
		if clash {
			if name.Unknown() {
				text = name.WrittenText()
			}
			c.report(name.Node, name.path, fmt.Sprintf("%q is the container name of service %q, too: give service %q another", text, other.key(), s.key()))
			continue
		}
		together[with] = s
		if c.runs(s.Node) {
			running[text] = s
		}
	}
}

// profilesOf is the same text for containers that are always started together.
func profilesOf(s spot) string {
	profiles := yamltree.Texts(s.Field("profiles").Scalars())
	slices.Sort(profiles)
	return strings.Join(slices.Compact(profiles), "\n")
}

// limits checks what a service says twice about its resources: its own keys must say the
// same as those of deploy, if deploy has limits at all.
func (c *checker) limits(s spot) {
	memory := func(s spot) (float64, bool) { v, ok := decoded[types.UnitBytes](s); return float64(v), ok }
	c.limit(s, "cpus", "limits", "cpus", func(s spot) (float64, bool) { v, ok := decoded[types.NanoCPUs](s); return float64(v), ok })
	c.limit(s, "mem_limit", "limits", "memory", memory)
	c.limit(s, "mem_reservation", "reservations", "memory", memory)
	c.limit(s, "pids_limit", "limits", "pids", func(s spot) (float64, bool) { v, ok := decoded[int64](s); return float64(v), ok })
}

// limit compares a key of the service with the one of that kind, limits or reservations.
func (c *checker) limit(s spot, key, kind, deployKey string, read func(spot) (float64, bool)) {
	own, resources := s.under(key), s.under("deploy", "resources", kind)
	if own.Node == nil || !resources.is(yamltree.Mapping) || resources.Unknown() {
		return
	}
	deployed := resources.under(deployKey)
	a, ownKnown := read(own)
	b, deployedKnown := read(deployed)
	if !ownKnown || !deployedKnown || a == 0 || a == b {
		return
	}
	full := "deploy.resources." + kind + "." + deployKey
	if absent(deployed) {
		c.refuse(own, "%q must say the same as %q, which is missing: move it there", key, full)
	} else {
		c.refuse(own, "%q and %q differ: remove the former", key, full)
	}
}

// absent is true for a value that compose-go reads as none.
func absent(s spot) bool { return s.Node == nil || s.isNull() }

// decoded is the value as compose-go's type, its zero if there is none; false where it is
// unknown.
func decoded[T any](s spot) (value T, known bool) {
	if absent(s) {
		return value, true
	}
	return value, s.known() && decodeInto(s.Plain(), &value) == nil
}
