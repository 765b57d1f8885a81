package topology

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

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
	// named are the services by every name that the engine's resolver knows, and by their
	// static addresses, each in the spelling of address.HostKey.
	named map[string][]string
	// unnamed are the services whose containers Compose names.
	unnamed map[string]bool
	// publishing are the services by the ports that they publish.
	publishing map[string][]string
	// sharing are the services by the owner of their network namespace, onHost those in the
	// host's.
	sharing map[string][]string
	onHost  []string
}

func newIndex(services []model.Service, networks []model.Network) *index {
	x := &index{
		services: services, byName: map[string]int{}, containerOf: map[string]string{}, networks: map[string]*model.Network{},
		named: map[string][]string{}, unnamed: map[string]bool{}, publishing: map[string][]string{}, sharing: map[string][]string{},
	}
	for i := range networks {
		x.networks[networks[i].Name] = &networks[i]
	}
	for i := range services {
		x.add(i)
	}
	return x
}

// add notes the names of a service: its own, those of its container and host, its aliases and
// static addresses on networks.
func (x *index) add(i int) {
	s := &x.services[i]
	x.byName[s.Name] = i
	note := func(index map[string][]string, key string) {
		if last := len(index[key]) - 1; key != "" && (last < 0 || index[key][last] != s.Name) {
			index[key] = append(index[key], s.Name)
		}
	}
	named := func(name string) { note(x.named, address.HostKey(name)) }
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
		for _, name := range slices.Concat(a.Aliases, a.Addresses) {
			named(name)
		}
	}
	for _, p := range s.Ports {
		if p.Published != nil {
			note(x.publishing, *p.Published)
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

// namedBy are the services that a name or an address stands for, as far as s is asked.
func (x *index) namedBy(s *model.Service, name string) []string {
	services := slices.DeleteFunc(slices.Clone(x.named[address.HostKey(name)]), func(service string) bool {
		return x.lacksName(s, x.find(service), name)
	})
	for _, h := range s.ExtraHosts {
		if strings.EqualFold(h.Name, name) && h.Address != nil {
			services = append(services, x.named[address.HostKey(*h.Address)]...)
		}
	}
	if linked := x.linked(s.Name, name); linked != "" {
		services = append(services, linked)
	}
	if len(services) == 0 {
		if service := x.madeOf(name); service != "" {
			services = append(services, service)
		}
	}
	return services
}

// linked is the service that a link of the service gives the name.
func (x *index) linked(service, name string) string {
	if s := x.find(service); s != nil {
		for _, link := range s.Wiring.Links {
			if link.Alias != "" && strings.EqualFold(link.Alias, name) {
				return link.Service
			}
		}
	}
	return ""
}

// links is true where s has a link to other, by whatever name.
func links(s, other *model.Service) bool {
	return slices.ContainsFunc(s.Wiring.Links, func(link model.Link) bool { return link.Service == other.Name })
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

// behindLoopback are the services that a container meets at its own loopback address:
// those in the same network namespace, and, in the host's, those that publish the port.
func (x *index) behindLoopback(s *model.Service, port int) []string {
	met := x.sharing[s.NetworkOwner]
	if onHost(s) {
		met = slices.Concat(x.onHost, x.publishing[strconv.Itoa(port)])
	}
	return sortedWithout(met, s.Name)
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
