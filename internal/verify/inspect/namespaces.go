package inspect

import (
	"fmt"
	"slices"
	"strings"

	"github.com/composelint/composelint/internal/verify/check"
	"github.com/composelint/composelint/model"
)

// namespaces compares in whose namespaces the container is.
func (p pair) namespaces() {
	h := p.container.HostConfig
	for _, ns := range []struct{ name, key, mode string }{
		{"network", "network_mode", h.NetworkMode}, {"pid", "pid", h.PidMode}, {"ipc", "ipc", h.IpcMode},
		{"uts", "uts", h.UTSMode}, {"userns", "userns_mode", h.UsernsMode}, {"cgroup", "cgroup", h.CgroupnsMode},
	} {
		i := slices.IndexFunc(p.file.Namespaces, func(of model.Namespace) bool { return of.Name == ns.name })
		one := check.Check{Section: sectionContainers, ID: ns.key, Expected: own, Seen: p.namespaceSeen(ns.mode)}
		switch {
		case i >= 0:
			if one.Expected = namespaceOf(p.file.Namespaces[i]); one.Seen == own && ns.mode == shareable {
				one.Seen = shareable // which is the default of some engines
			}
		case len(p.variables(ns.key)) > 0:
			one.Expected = ""
		case ns.name == "cgroup":
			continue // the engine decides by the kernel
		}
		if one.Seen == "" {
			one.Why = "it is that of a container that was not inspected"
		}
		p.compared(one, ns.key)
	}
}

// own is a namespace that the container does not share, shareable one that others can join.
const (
	own       = "its own"
	shareable = "shareable"
)

func namespaceOf(n model.Namespace) string {
	switch {
	case n.Joined != "":
		return fmt.Sprintf("that of %q", n.Joined)
	case n.Mode == "container":
		return fmt.Sprintf("that of %q", n.Of)
	case n.Host:
		return "the host's"
	case n.Mode == "none" || n.Mode == shareable:
		return n.Mode
	}
	return own
}

func (p pair) namespaceSeen(mode string) string {
	id, joins := strings.CutPrefix(mode, "container:")
	i, known := p.byID[id]
	switch {
	case joins && known && p.byName[p.owner[i]] != nil:
		return fmt.Sprintf("that of %q", p.owner[i])
	case joins && known:
		return fmt.Sprintf("that of %q", p.running.Containers[i].name())
	case joins:
		return "" // a container that was not inspected
	case mode == "host":
		return "the host's"
	case mode == "none":
		return "none"
	}
	return own
}
