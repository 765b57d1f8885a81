package topology

import (
	"slices"

	"github.com/composelint/composelint/loader/address"
	"github.com/composelint/composelint/model"
)

// isNetwork is true for a network namespace.
func isNetwork(ns model.Namespace) bool { return ns.Name == "network" }

// onHost is true for a service in the host's network namespace.
func onHost(s *model.Service) bool {
	return slices.ContainsFunc(s.Namespaces, func(ns model.Namespace) bool { return isNetwork(ns) && ns.Host })
}

// isHostNetwork is true for the engine's predefined network "host".
func (x *index) isHostNetwork(name string) bool {
	n := x.networks[name]
	return n != nil && (n.Driver != nil && *n.Driver == "host" ||
		n.EngineName != nil && *n.EngineName == "host" && n.External != nil && *n.External)
}

// isBridge is true for a network whose containers the host reaches, and they it.
func isBridge(n *model.Network) bool {
	return n != nil && n.Driver != nil && (*n.Driver == "" || *n.Driver == "bridge") && n.Isolated != nil && !*n.Isolated
}

// mayBeBridge is true for a network that may be one, for all that is known.
func mayBeBridge(n *model.Network) bool {
	return n == nil || n.Driver == nil || (*n.Driver == "" || *n.Driver == "bridge") && n.Isolated == nil
}

// attached are the networks of a service, through the owner of its network namespace.
func (x *index) attached(s *model.Service) []model.Attachment {
	if owner := x.find(s.NetworkOwner); owner != nil {
		return owner.Networks
	}
	return s.Networks
}

// networksOf are the engine's names of the networks that a service is on.
func (x *index) networksOf(s *model.Service) []string {
	var names []string
	for _, a := range x.attached(s) {
		names = append(names, x.networkName(a))
	}
	return names
}

// networkName is the engine's name of the network of an attachment, or else that of the file.
func (x *index) networkName(a model.Attachment) string {
	if n := x.networks[a.Name]; n != nil && n.EngineName != nil {
		return *n.EngineName
	}
	return a.Name
}

// onBridge is true for a service on the engine's default bridge, perhaps in the network
// namespace of another. The engine's resolver knows none of the names there, only links do.
// https://docs.docker.com/engine/network/drivers/bridge/#differences-between-user-defined-bridges-and-the-default-bridge
func (x *index) onBridge(s *model.Service) bool {
	owner := x.find(s.NetworkOwner)
	return owner != nil && slices.ContainsFunc(owner.Namespaces, func(ns model.Namespace) bool {
		return isNetwork(ns) && (ns.Mode == "bridge" || ns.Mode == "default")
	})
}

// connected is true when s can open a connection to other: they share a network, by its
// name for the engine, or a network namespace, or s is on the host.
func (x *index) connected(s, other *model.Service) bool {
	if onHost(s) || s.NetworkOwner != "" && s.NetworkOwner == other.NetworkOwner {
		return true
	}
	theirs := x.networksOf(other)
	return slices.ContainsFunc(x.networksOf(s), func(name string) bool { return slices.Contains(theirs, name) })
}

// lacksName is true where other has the name as a service, and on none of the networks that it shares
// with s.
func (x *index) lacksName(s, other *model.Service, name string) bool {
	is := func(another string) bool { return address.HostKey(another) == address.HostKey(name) }
	if other == nil || !is(other.Name) || is(other.Wiring.Hostname) || other.ContainerName != nil && is(*other.ContainerName) {
		return false
	}
	ours, shared := x.networksOf(s), false
	for i, network := range x.networksOf(other) {
		if !slices.Contains(ours, network) {
			continue
		}
		shared = true
		if a := x.attached(other)[i]; !a.Unnamed || slices.ContainsFunc(a.Aliases, is) {
			return false
		}
	}
	return shared
}
