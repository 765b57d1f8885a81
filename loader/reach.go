package loader

import (
	"net"
	"slices"
	"strconv"
	"strings"

	"github.com/composelint/composelint/internal/lazyregexp"
	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// reach is what tells who can open a connection to whom, each by its name.
type reach struct {
	// networks are the project's.
	networks map[string]*model.Network
	// named are the services by every name that the engine's resolver knows, and by their
	// static addresses, each as hostKey has it.
	named map[string][]string
	// unnamed are the services whose containers Compose names.
	unnamed map[string]bool
	// followed are the services whose owner is known.
	followed map[string]bool
	// sharing are the services by the owner of their network namespace.
	sharing map[string][]string
	// onHost are the services in the host's network namespace.
	onHost []string
	// publishing are the services by the ports that they publish.
	publishing map[string][]string
	// traefiks are the Traefik services that route to every container.
	traefiks exposers
}

// indexNetworks makes reach of what the services state.
func (b *builder) indexNetworks() {
	b.reach = reach{
		networks: map[string]*model.Network{},
		named:    map[string][]string{}, unnamed: map[string]bool{},
		followed: map[string]bool{}, sharing: map[string][]string{}, publishing: map[string][]string{},
	}
	for i := range b.project.Networks {
		b.reach.networks[b.project.Networks[i].Name] = &b.project.Networks[i]
	}
	for i := range b.project.Services {
		b.indexNames(&b.project.Services[i])
	}
}

// indexNames notes the names of a service: its own, those of its container and host, its
// aliases and static addresses on networks.
func (b *builder) indexNames(s *model.Service) {
	add := func(index map[string][]string, key string) {
		if last := len(index[key]) - 1; key != "" && (last < 0 || index[key][last] != s.Name) {
			index[key] = append(index[key], s.Name)
		}
	}
	named := func(name string) { add(b.reach.named, hostKey(name)) }
	named(s.Name)
	named(b.nodes[s.Name].Field("hostname").String())
	switch {
	case s.ContainerName == nil:
	case *s.ContainerName == "":
		b.reach.unnamed[s.Name] = s.Kind == "service"
	default:
		named(*s.ContainerName)
	}
	for _, a := range s.Networks {
		for _, alias := range a.Aliases {
			named(alias)
		}
		for _, key := range []string{"ipv4_address", "ipv6_address"} {
			named(b.nodes[s.Name].Field("networks").Field(a.Name).Field(key).String())
		}
	}
	for _, p := range s.Ports {
		if p.Published != nil {
			add(b.reach.publishing, *p.Published)
		}
	}
}

// networkOwners notes whose network namespace each service lives in.
func (b *builder) networkOwners() {
	for i := range b.project.Services {
		s := &b.project.Services[i]
		b.networkOwner(s)
		if s.NetworkOwner != "" {
			b.reach.sharing[s.NetworkOwner] = append(b.reach.sharing[s.NetworkOwner], s.Name)
		} else if onHost(s) {
			b.reach.onHost = append(b.reach.onHost, s.Name)
		}
	}
}

// networkOwner follows the chain of namespaces from s. What a cycle leads to is nobody's.
func (b *builder) networkOwner(s *model.Service) string {
	if !b.reach.followed[s.Name] {
		b.reach.followed[s.Name] = true
		s.NetworkOwner = b.networkOf(s, b.nodes[s.Name])
	}
	return s.NetworkOwner
}

// networkOf is the owner of the network namespace that a container of the node n, which is
// not yet known, ends up in.
func (b *builder) networkOf(s *model.Service, n *yamltree.Node) string {
	if onHost(s) || networkUnknown(n) {
		return ""
	}
	for _, ns := range s.Namespaces {
		if ns.Name != "network" {
			continue
		}
		switch ns.Mode {
		case "none":
			return ""
		case "service", "container":
			if owner := b.owner(ns); owner != nil {
				return b.networkOwner(owner)
			}
			return ""
		}
	}
	return s.Name
}

// networkUnknown is true for a container whose network namespace depends on a variable
// that nobody set.
func networkUnknown(n *yamltree.Node) bool {
	mode := n.Field("network_mode")
	return mode != nil && mode.Unknown()
}

// owner is the service whose namespace ns joins, or nil.
func (b *builder) owner(ns model.Namespace) *model.Service {
	switch ns.Mode {
	case "service":
		return b.find(ns.Of)
	case "container":
		return b.ofContainer(ns.Of)
	}
	return nil
}

// onHost is true for a service in the host's network namespace.
func onHost(s *model.Service) bool {
	return slices.ContainsFunc(s.Namespaces, func(ns model.Namespace) bool { return ns.Name == "network" && ns.Host })
}

// isHostNetwork is true for the engine's predefined network "host".
func (b *builder) isHostNetwork(name string) bool {
	n := b.reach.networks[name]
	return n != nil && (n.Driver != nil && *n.Driver == "host" ||
		n.EngineName != nil && *n.EngineName == "host" && n.External != nil && *n.External)
}

// attached are the networks of a service, through the owner of its network namespace.
func (b *builder) attached(s *model.Service) []model.Attachment {
	if owner := b.find(s.NetworkOwner); owner != nil {
		return owner.Networks
	}
	return s.Networks
}

// networksOf are the engine's names of the networks that a service is on.
func (b *builder) networksOf(s *model.Service) []string {
	var names []string
	for _, a := range b.attached(s) {
		name := a.Name
		if n := b.reach.networks[name]; n != nil && n.EngineName != nil {
			name = *n.EngineName
		}
		names = append(names, name)
	}
	return names
}

// onBridge is true for a service on the engine's default bridge, perhaps in the network
// namespace of another. The engine's resolver knows none of the names there, only links do.
// https://docs.docker.com/engine/network/drivers/bridge/#differences-between-user-defined-bridges-and-the-default-bridge
func (b *builder) onBridge(s *model.Service) bool {
	owner := b.find(s.NetworkOwner)
	return owner != nil && slices.ContainsFunc(owner.Namespaces, func(ns model.Namespace) bool {
		return ns.Name == "network" && (ns.Mode == "bridge" || ns.Mode == "default")
	})
}

// connected is true when s can open a connection to other: they share a network, by its
// name for the engine, or a network namespace, or s is on the host.
func (b *builder) connected(s, other *model.Service) bool {
	if onHost(s) || s.NetworkOwner != "" && s.NetworkOwner == other.NetworkOwner {
		return true
	}
	theirs := b.networksOf(other)
	return slices.ContainsFunc(b.networksOf(s), func(name string) bool { return slices.Contains(theirs, name) })
}

// generatedName is what Compose names a container: project, service, number. Compose v1
// joined them with underscores.
// https://docs.docker.com/compose/releases/migrate/
var generatedName = lazyregexp.New(`^[a-z0-9][A-Za-z0-9._-]*[-_]\d+$`)

// maxHostName is how many characters the name of a host can have (RFC 1035).
const maxHostName = 253

// serviceOfContainer is the service that a container's name was made of, else empty. Which
// project it says is not asked, since the command line can give the project another name.
func (b *builder) serviceOfContainer(name string) string {
	if len(name) > maxHostName || !generatedName().MatchString(name) {
		return ""
	}
	end := len(name) - 1
	for name[end] != '-' && name[end] != '_' {
		end--
	}
	for i := 1; i < end; i++ {
		if service := name[i+1 : end]; name[i] == name[end] && b.reach.unnamed[service] {
			return service
		}
	}
	return ""
}

// hostKey is the one spelling of a host: of an address, and of a name, whose case the
// engine's resolver does not mind (addNameToIP, libnetwork/network.go of moby v28.5.1).
func hostKey(host string) string {
	if ip := net.ParseIP(host); ip != nil {
		return ip.String()
	}
	return strings.ToLower(host)
}

// namedBy are the services that a name or an address stands for, as far as s is asked.
func (b *builder) namedBy(s *model.Service, name string) []string {
	services := slices.Clone(b.reach.named[hostKey(name)])
	for _, h := range s.ExtraHosts {
		if strings.EqualFold(h.Name, name) && h.Address != nil {
			services = append(services, b.reach.named[hostKey(*h.Address)]...)
		}
	}
	if linked := b.linked(s.Name, name); linked != "" {
		services = append(services, linked)
	}
	if len(services) == 0 {
		if service := b.serviceOfContainer(name); service != "" {
			services = append(services, service)
		}
	}
	return services
}

// linked is the service that a link of the service gives the name.
func (b *builder) linked(service, name string) string {
	for _, link := range b.nodes[service].Field("links").Scalars() {
		target, alias, found := strings.Cut(link.String(), ":")
		if found && strings.EqualFold(alias, name) {
			return target
		}
	}
	return ""
}

// links is true where s has a link to other, by whatever name.
func (b *builder) links(s, other *model.Service) bool {
	return slices.ContainsFunc(b.nodes[s.Name].Field("links").Scalars(), func(link *yamltree.Node) bool {
		target, _, _ := strings.Cut(link.String(), ":")
		return target == other.Name
	})
}

// behindLoopback are the services that a container meets at its own loopback address:
// those in the same network namespace, and, in the host's, those that publish the port.
func (b *builder) behindLoopback(s *model.Service, port int) []string {
	met := b.reach.sharing[s.NetworkOwner]
	if onHost(s) {
		met = slices.Concat(b.reach.onHost, b.reach.publishing[strconv.Itoa(port)])
	}
	return sortedWithout(met, s.Name)
}

// answering adds to services those that share the network namespace of one, since they
// answer at its address, but for s itself.
func (b *builder) answering(s *model.Service, services []string) []string {
	var beside []string
	for _, name := range services {
		beside = append(beside, b.reach.sharing[name]...)
	}
	return sortedWithout(slices.Concat(services, sortedWithout(beside, s.Name)), "")
}

// sortedWithout are the names, each once, but for one.
func sortedWithout(names []string, name string) []string {
	others := slices.DeleteFunc(slices.Clone(names), func(n string) bool { return n == name })
	slices.Sort(others)
	return append([]string{}, slices.Compact(others)...)
}
