package topology

import (
	"cmp"
	"net"
	"slices"

	"github.com/composelint/composelint/loader/address"
	"github.com/composelint/composelint/model"
)

// index finds the services and networks of a project, each service by its name.
type index struct {
	// services are all but the hooks, byName their indexes.
	services []model.Service
	byName   map[string]int
	// containerOf are the services that state the name of their container, by that name.
	containerOf map[string]string
	networks    map[string]*model.Network
	// named are the services by every name that the engine's resolver knows on some network, and by
	// their static addresses, each in the spelling of address.HostKey.
	named map[string][]string
	// names are those of named that are no addresses, in order.
	names []string
	// comparisons are how many more comparisons of names may be made.
	comparisons int
	// unnamed are the services whose containers Compose names.
	unnamed map[string]bool
	// publishing are the ports that services publish, by their number on the host.
	publishing map[string][]publication
	// gateways are the addresses of the host on bridges of the project.
	gateways map[string]bool
	// sharing are the services by the owner of their network namespace, onHost those in the
	// host's.
	sharing map[string][]string
	onHost  []string
	// project is the project's name, empty where no file states it; swarm is true for docker stack
	// deploy.
	project string
	swarm   bool
}

// A publication is a port of a service that the host has too.
type publication struct {
	service string
	port    model.Port
}

func newIndex(p model.Project, services []model.Service, swarm bool) *index {
	x := &index{
		services: services, byName: map[string]int{}, containerOf: map[string]string{}, networks: map[string]*model.Network{},
		named: map[string][]string{}, unnamed: map[string]bool{}, publishing: map[string][]publication{}, sharing: map[string][]string{},
		gateways: map[string]bool{}, comparisons: mostComparisons, project: p.Name, swarm: swarm,
	}
	for i := range p.Networks {
		n := &p.Networks[i]
		x.networks[n.Name] = n
		if isBridge(n) {
			for _, gateway := range n.Gateways {
				x.gateways[address.HostKey(gateway)] = true
			}
		}
	}
	for i := range services {
		x.add(i)
	}
	for name := range x.named {
		if net.ParseIP(name) == nil {
			x.names = append(x.names, name)
		}
	}
	slices.Sort(x.names)
	return x
}

// add notes the names of a service: its own, those of its container and host, its aliases and
// static addresses on networks.
func (x *index) add(i int) {
	s := &x.services[i]
	x.byName[s.Name] = i
	x.nameAttachments(s)
	named := func(name string) {
		key := address.HostKey(name)
		if last := len(x.named[key]) - 1; key != "" && (last < 0 || x.named[key][last] != s.Name) {
			x.named[key] = append(x.named[key], s.Name)
		}
	}
	named(s.Name)
	named(s.Wiring.Hostname)
	switch {
	case s.ContainerName == nil:
	case *s.ContainerName == "":
		x.unnamed[s.Name] = s.Kind == "service"
	default:
		named(*s.ContainerName)
		if x.containerOf[*s.ContainerName] == "" {
			x.containerOf[*s.ContainerName] = s.Name
		}
	}
	for _, a := range s.Networks {
		for _, name := range slices.Concat(a.Names, a.Addresses) {
			named(name)
		}
	}
	for _, p := range s.Ports {
		if p.Published != nil && p.Protocol == "tcp" {
			x.publishing[*p.Published] = append(x.publishing[*p.Published], publication{s.Name, p})
		}
	}
}

// find returns the service or job of that name, or nil.
func (x *index) find(name string) *model.Service {
	i, ok := x.byName[name]
	if !ok {
		return nil
	}
	return &x.services[i]
}

// owner is the service whose namespace ns joins, or nil.
func (x *index) owner(ns model.Namespace) *model.Service {
	switch ns.Mode {
	case "service":
		return x.find(ns.Of)
	case "container":
		return x.find(x.ofContainer(ns.Of))
	}
	return nil
}

// ofContainer is the service whose container has that name, which it states or Compose made of it;
// else empty.
func (x *index) ofContainer(name string) string {
	return cmp.Or(x.containerOf[name], x.madeOf(name))
}

// madeOf is the service that Compose made a container's name of, else empty.
func (x *index) madeOf(name string) string {
	return address.ServiceOfContainer(name, func(service string) bool { return x.unnamed[service] })
}

// answering adds to services those that share the network namespace of one, since they
// answer at its address, but for s itself.
func (x *index) answering(s *model.Service, services []string) []string {
	var beside []string
	for _, name := range services {
		beside = append(beside, x.sharing[name]...)
	}
	return sortedWithout(slices.Concat(services, sortedWithout(beside, s.Name)), "")
}

// sortedWithout are the names, each once, but for one.
func sortedWithout(names []string, name string) []string {
	others := slices.DeleteFunc(slices.Clone(names), func(n string) bool { return n == name })
	slices.Sort(others)
	return append([]string{}, slices.Compact(others)...)
}
