package topology

import (
	"slices"
	"strings"

	"github.com/composelint/composelint/loader/address"
	"github.com/composelint/composelint/model"
)

// resolve finds the services behind an endpoint of a container that runs in s.
func resolve(x *index, s *model.Service, e *model.Endpoint) {
	if e.Host == "" || e.Scheme == "ssh" { // whose host may be an alias of the client's own configuration
		return
	}
	if address.IsLoopback(e.Host) {
		e.Services = x.behindLoopback(s, e.Port)
		if len(e.Services) > 0 {
			e.Reachable = new(true)
		}
		return
	}
	named := x.namedBy(s, e.Host)
	e.Services = x.answering(s, named)
	unknown := strange(s) || x.mayMeet(s) || len(named) == 0 && mayBeOutside(x, s, e.Host)
	for _, name := range named {
		other := x.find(name)
		if x.meets(s, other) {
			e.Reachable = new(true)
			return
		}
		unknown = unknown || other != nil && (other.Wiring.NetworkUnknown || x.mayMeet(other))
	}
	if !unknown {
		e.Reachable = new(false)
	}
}

// mayMeet is true for a service that may be on networks whose names are not known.
func (x *index) mayMeet(s *model.Service) bool {
	owner := x.find(s.NetworkOwner)
	return owner != nil && owner.Wiring.MoreNetworks
}

// strange is true for a service in a network namespace of which nothing is known, such as
// that of a container of another project.
func strange(s *model.Service) bool {
	return s.NetworkOwner == "" && !onHost(s) && !slices.ContainsFunc(s.Namespaces, func(ns model.Namespace) bool {
		return isNetwork(ns) && ns.Mode == "none"
	})
}

// mayBeOutside is true where a host that names no service of the project can still be
// there: an address, a name with a dot, an entry of extra_hosts, a container on a network
// that is not the project's own, a host of the local network. The engine's resolver asks
// the host's for the last, but not for a container whose networks are all internal
// (https://github.com/moby/moby/pull/47589).
func mayBeOutside(x *index, s *model.Service, host string) bool {
	if !s.Complete || strings.ContainsAny(host, ".:") || onHost(s) {
		return true
	}
	for _, name := range []string{s.Name, s.NetworkOwner} {
		if owner := x.find(name); owner != nil && owner.Wiring.ForeignNames {
			return true
		}
	}
	networks := x.attached(s)
	return len(networks) == 0 || slices.ContainsFunc(networks, func(a model.Attachment) bool {
		n := x.networks[a.Name]
		return n == nil || n.External == nil || *n.External || n.Internal == nil || !*n.Internal
	})
}
