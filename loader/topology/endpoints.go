package topology

import (
	"net"
	"slices"
	"strconv"
	"strings"

	"github.com/composelint/composelint/loader/address"
	"github.com/composelint/composelint/model"
)

// resolve finds the services behind an endpoint of a container that runs in s.
func resolve(x *index, s *model.Service, e *model.Endpoint) {
	if e.Host == "" || e.Scheme == "ssh" { // whose host may be an alias of the client's own configuration
		return
	}
	x.resolveStated(s, e)
	if e.Assumed && (e.Reachable == nil || !*e.Reachable) {
		e.Services, e.Meant, e.Reachable, e.Beyond = []string{}, "", nil, "anybody"
	}
}

func (x *index) resolveStated(s *model.Service, e *model.Endpoint) {
	host := strings.TrimSuffix(e.Host, ".")
	to, stated := statedAddress(s, host)
	switch {
	case stated && to == "":
		e.Beyond = "anybody"
	case isHere(to):
		x.resolveHere(s, e, to)
	case x.isOfHost(to):
		x.resolveHost(s, e, to)
	default:
		x.resolveName(s, e, to, stated)
	}
}

// statedAddress is the address that the hosts file of a container has for a host, empty where that
// is not known; else the host itself. Programs ask the file before a name server.
func statedAddress(s *model.Service, host string) (address string, stated bool) {
	for _, h := range s.ExtraHosts {
		switch {
		case !strings.EqualFold(h.Name, host):
		case h.Address == nil:
			return "", true
		default:
			return *h.Address, true
		}
	}
	return host, false
}

// isHere is true for the names and addresses by which a container reaches itself: a
// connection to the unspecified address is one to the loopback address.
func isHere(host string) bool {
	ip := net.ParseIP(host)
	return address.IsLoopback(host) || ip != nil && ip.IsUnspecified()
}

// isOfHost is true for the names and addresses of the host that the engine runs on, unless a
// container has them.
func (x *index) isOfHost(host string) bool {
	key := address.HostKey(host)
	return (address.IsHost(host) || x.gateways[key]) && len(x.named[key]) == 0
}

// resolveHere is for an endpoint at the container's own loopback address: there are those in the same
// network namespace, and in the host's those that publish the port.
func (x *index) resolveHere(s *model.Service, e *model.Endpoint, host string) {
	if onHost(s) {
		x.resolveHost(s, e, host)
		return
	}
	e.Services = sortedWithout(x.sharing[s.NetworkOwner], s.Name)
	switch {
	case len(e.Services) > 0:
		e.Reachable = new(true)
	case s.Complete && !strange(s):
		e.Reachable = new(false)
	default:
		e.Beyond = "anybody"
	}
}

// resolveHost is for an endpoint at an address of the host, where its own programs may listen as
// well: there are the services in its network namespace, and those that publish the port. A service
// whose port is stated and does not get there is meant, and not reached.
func (x *index) resolveHost(s *model.Service, e *model.Endpoint, host string) {
	if !x.meetsHost(s) {
		e.Reachable = new(false)
		return
	}
	var published, kept []string
	for _, p := range x.publishing[strconv.Itoa(e.Port)] {
		if (onHost(s) || x.hasWayOut(s)) && x.isPublishedAt(p, host, onHost(s)) {
			published, e.Target = append(published, p.service), p.port.Target
		} else {
			kept = append(kept, p.service)
		}
	}
	e.Services = sortedWithout(slices.Concat(x.onHost, x.answering(s, published)), s.Name)
	switch {
	case len(e.Services) > 0:
		e.Reachable = new(true)
	case len(kept) > 0:
		e.Services, e.Reachable = x.answering(s, kept), new(false)
	default:
		e.Beyond = "anybody"
	}
}

// isPublishedAt is true of a port that the engine publishes on an address of the host.
func (x *index) isPublishedAt(p publication, host string, within bool) bool {
	of := x.find(p.service)
	if open := x.publishes(of); of.NetworkOwner != of.Name || open != nil && !*open {
		return false
	}
	if p.port.HostIP == nil || x.swarm {
		return true
	}
	ip := net.ParseIP(address.WithoutBrackets(*p.port.HostIP))
	switch {
	case ip == nil || ip.IsUnspecified():
		return true
	case ip.IsLoopback():
		return within && isHere(host)
	}
	return address.HostKey(host) == ip.String() || !isHere(host)
}

// meetsHost is true for a service that reaches the host, as far as is known: on a network on which
// that has an address.
func (x *index) meetsHost(s *model.Service) bool {
	networks := x.attached(s)
	if len(networks) == 0 {
		return onHost(s) || strange(s) || s.NetworkOwner != ""
	}
	return slices.ContainsFunc(networks, func(a model.Attachment) bool {
		n := x.networks[a.Name]
		return n == nil || n.Isolated == nil || !*n.Isolated
	})
}

// hasWayOut is true for a service that is on a network with a way out, as far as is known.
func (x *index) hasWayOut(s *model.Service) bool {
	networks := x.attached(s)
	return len(networks) == 0 && s.NetworkOwner != "" || slices.ContainsFunc(networks, func(a model.Attachment) bool {
		n := x.networks[a.Name]
		return n == nil || n.Internal == nil || !*n.Internal
	})
}

// resolveName is for any other endpoint. What stands in a hosts file is an address.
func (x *index) resolveName(s *model.Service, e *model.Endpoint, host string, stated bool) {
	found := x.leadsTo(s, host)
	if len(found.services) == 0 {
		e.Beyond = x.beyond(s, host, stated)
		if meant, surely := x.meant(host); meant != "" && !stated && (surely || e.Beyond != "anybody") {
			e.Meant, found.services = meant, x.leadsTo(s, meant).services
		}
	}
	e.Services = x.answering(s, found.services)
	unsure := strange(s) || x.mayMeet(s) || slices.ContainsFunc(found.services, func(name string) bool {
		other := x.find(name)
		return other.Wiring.NetworkUnknown || x.mayMeet(other) || x.mayReach(s, other, host)
	})
	switch {
	case found.reached:
		e.Reachable = new(true)
	case unsure:
		e.Beyond = "anybody"
	case e.Beyond == "":
		e.Reachable = new(false)
	}
}

// A destination is whom a host stands for: the services that the client reaches by it, or where it
// reaches none those that have the name elsewhere.
type destination struct {
	services []string
	reached  bool
}

// leadsTo is the destination of a host that is not the engine's, by the first reading of it that
// leads somewhere.
func (x *index) leadsTo(s *model.Service, host string) destination {
	var first []string
	for _, q := range queries(host) {
		services := x.standingFor(s, q)
		if len(first) == 0 {
			first = services
		}
		reached := slices.DeleteFunc(slices.Clone(services), func(name string) bool { return !x.reaches(s, x.find(name), q) })
		if len(reached) > 0 {
			return destination{reached, true}
		}
	}
	return destination{services: first}
}

// reaches is true where s opens a connection to other by a reading of a host. The host knows no
// names of containers, and reaches them at their addresses on its bridges.
func (x *index) reaches(s, other *model.Service, q query) bool {
	if !onHost(s) {
		return x.knows(s, other, q)
	}
	return net.ParseIP(q.name) != nil && slices.ContainsFunc(other.Networks, func(a model.Attachment) bool {
		return isBridge(x.networks[a.Name]) && x.hasName(other, a, q.name)
	})
}

// mayReach is true where the host may reach a container at its address on a network of which too little is known.
func (x *index) mayReach(s, other *model.Service, host string) bool {
	return onHost(s) && net.ParseIP(host) != nil && slices.ContainsFunc(other.Networks, func(a model.Attachment) bool {
		return mayBeBridge(x.networks[a.Name]) && x.hasName(other, a, host)
	})
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

// beyond says who may have a host that names no service of the project: anybody where it is an
// address, an entry of extra_hosts, a name with a dot, or asked for on a network that is not the
// project's own; machine for a host of the local network. The engine's resolver asks the host's for
// names, but not for a container whose networks are all internal
// (https://github.com/moby/moby/pull/47589).
func (x *index) beyond(s *model.Service, host string, stated bool) string {
	if stated || !s.Complete || net.ParseIP(host) != nil || x.hasForeignNames(s) {
		return "anybody"
	}
	networks := x.attached(s)
	if len(networks) == 0 && s.NetworkOwner == "" && !onHost(s) && !strange(s) {
		return "" // no network at all
	}
	open := len(networks) == 0
	for _, a := range networks {
		n := x.networks[a.Name]
		if n == nil || n.External == nil || *n.External || n.Internal == nil {
			return "anybody"
		}
		open = open || !*n.Internal
	}
	switch {
	case !open:
		return ""
	case strings.Contains(host, "."):
		return "anybody"
	}
	return "machine"
}

// hasForeignNames is true for a container that may know names which are not of the project.
func (x *index) hasForeignNames(s *model.Service) bool {
	owner := x.find(s.NetworkOwner)
	return s.Wiring.ForeignNames || owner != nil && owner.Wiring.ForeignNames
}
