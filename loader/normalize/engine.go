package normalize

import (
	"slices"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// engine gives to containers and networks what they do not say themselves: what its configuration says, or
// else dockerd's own defaults. What it gives stands at the configuration's keys.
type engine struct {
	// Daemon is nil where the configuration is not known.
	*model.Daemon
	swarm bool
}

// noNewPrivileges is that of a container which says nothing of it.
func (e engine) noNewPrivileges() *bool {
	if e.Daemon == nil {
		return new(false)
	}
	return e.NoNewPrivileges
}

// ulimits are those of a container with the ones that it does not state (daemon/oci_linux.go of moby).
func (e engine) ulimits(stated []model.Ulimit) []model.Ulimit {
	if e.Daemon == nil {
		return stated
	}
	for _, u := range e.Ulimits {
		if !slices.ContainsFunc(stated, func(own model.Ulimit) bool { return own.Name == u.Name }) {
			stated = append(stated, u)
		}
	}
	return stated
}

// logging is that of a container with the driver, which it does not state, and with options of the same
// driver, each of which it does not state (mergeAndVerifyLogConfig in daemon/logs.go of moby).
func (e engine) logging(l model.Logging) model.Logging {
	if e.Daemon == nil || l.Driver == nil {
		return l
	}
	if *l.Driver == "" {
		l.Driver, l.ByEngine = e.LogDriver, true
	}
	if l.Driver != nil && e.LogDriver != nil && *l.Driver == *e.LogDriver {
		l.Options = withDefaults(l.Options, e.LogOpts)
	}
	return l
}

// driverOpts are those of a network with the ones that it does not state (daemon/network.go of moby).
func (e engine) driverOpts(n model.Network) []model.Setting {
	if e.Daemon == nil || e.swarm || n.Driver == nil || n.External == nil || *n.External {
		return n.DriverOpts
	}
	driver := *n.Driver
	if driver == "" {
		driver = "bridge"
	}
	var defaults []model.Setting
	for _, o := range e.NetworkOpts {
		if o.Driver == driver {
			defaults = append(defaults, model.Setting{At: o.At, Name: o.Name, Value: &o.Value, Literal: o.Value})
		}
	}
	return withDefaults(n.DriverOpts, defaults)
}

// hostIP is the address of the host for a port that states none. That of the configuration is for the
// default bridge alone.
func (e engine) hostIP(network *yamltree.Node) *string {
	if e.Daemon == nil || network.String() != "bridge" {
		return new("0.0.0.0")
	}
	return e.IP
}

// withDefaults are the stated options with those of the defaults that they lack.
func withDefaults(stated, defaults []model.Setting) []model.Setting {
	for _, d := range defaults {
		if !slices.ContainsFunc(stated, func(own model.Setting) bool { return own.Name == d.Name }) {
			stated = append(stated, d)
		}
	}
	return stated
}
