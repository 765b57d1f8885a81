package check

import (
	"slices"
	"strings"
)

// underDaemon checks what the engine refuses to create by its configuration (daemon/daemon_unix.go and
// daemon/runtime_unix.go of moby v29.7.2).
func (c creation) underDaemon(s spot) {
	if c.Daemon == nil {
		return
	}
	own := s.under("userns_mode")
	if remap := c.Daemon.UsernsRemap; remap != nil && *remap != "" && (own.Node == nil || own.known() && own.text() != "host") {
		const why = `because of "userns-remap" in its configuration: set "userns_mode" to "host", which undoes that for this container`
		if privileged := s.under("privileged"); privileged.Node != nil {
			if value, known := privileged.Boolean(); known && value {
				c.refuse(privileged, "the engine refuses a privileged container %s", why)
			}
		}
		for _, key := range []string{"network_mode", "pid"} {
			if mode := s.under(key); mode.known() && mode.text() == "host" {
				c.refuse(mode, "the engine refuses %q as %q %s", key, "host", why)
			}
		}
	}
	c.configuredRuntime(s.under("runtime"))
}

// configuredRuntime refuses a runtime that the engine does not have, where its configuration says which it
// has: a name with a dot is one of containerd, and a flag of dockerd may add others where no key does.
func (c creation) configuredRuntime(s spot) {
	name, known := s.given()
	if !known || len(c.Daemon.Runtimes) == 0 || name == "runc" || strings.Contains(name, ".") && !strings.Contains(name, "/") {
		return
	}
	var names []string
	for _, r := range c.Daemon.Runtimes {
		names = append(names, r.Name)
	}
	if !slices.Contains(names, name) {
		c.refuse(s, "the engine has no runtime %q%s", name, meant(name, append(names, "runc")))
	}
}
