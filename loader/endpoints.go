package loader

import (
	"net"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/composelint/composelint/model"
)

// endpoints are the addresses of servers among a service's variables and options.
func (b *builder) endpoints(s model.Service) []model.Endpoint {
	endpoints := []model.Endpoint{}
	add := func(at, name string, value *string) {
		if value == nil {
			return
		}
		for _, address := range strings.Split(*value, ",") {
			if e, ok := parseEndpoint(address); ok {
				e.At, e.Name, e.Services = at, name, []string{}
				endpoints = append(endpoints, e)
			}
		}
	}
	for _, v := range s.Environment {
		add(v.At, v.Name, v.Value)
	}
	for _, o := range s.Options {
		add(o.At, o.Name, o.Value)
	}
	return endpoints
}

// An address is scheme://host:port, scheme:///path or host:port; what follows a | is a
// label (DOZZLE_REMOTE_HOST).
var (
	schemeAddress = regexp.MustCompile(`^([a-z][a-z0-9+.-]*)://([^|\s]*)`)
	bareAddress   = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9_.-]*|\d+\.\d+\.\d+\.\d+|\[[0-9a-fA-F:]+\]):(\d{1,5})$`)
)

func parseEndpoint(address string) (model.Endpoint, bool) {
	address = strings.TrimSpace(address)
	if m := bareAddress.FindStringSubmatch(address); m != nil {
		port, _ := strconv.Atoi(m[2])
		return model.Endpoint{Host: strings.Trim(m[1], "[]"), Port: port}, port > 0 && port < 1<<16
	}
	m := schemeAddress.FindStringSubmatch(address)
	if m == nil {
		return model.Endpoint{}, false
	}
	e := model.Endpoint{Scheme: m[1]}
	authority, _, _ := strings.Cut(m[2], "/")
	if e.Scheme == "unix" || e.Scheme == "npipe" || e.Scheme == "fd" {
		e.Path = hostPath(m[2])
		return e, true
	}
	if i := strings.LastIndexByte(authority, '@'); i >= 0 {
		authority = authority[i+1:]
	}
	e.Host = authority
	if host, port, err := net.SplitHostPort(authority); err == nil {
		e.Host = host
		e.Port, _ = strconv.Atoi(port)
	}
	e.Host = strings.Trim(e.Host, "[]")
	return e, e.Host != ""
}

// resolveEndpoints finds, for every endpoint, the services that its host names and
// whether one of them can be reached.
func (b *builder) resolveEndpoints() {
	names := b.hostNames()
	for i := range b.project.Services {
		s := &b.project.Services[i]
		for j := range s.Endpoints {
			b.resolve(s, &s.Endpoints[j], names)
		}
	}
}

// hostNames maps every name that Docker's resolver knows to the services it stands for:
// service, container and host names, and the aliases on networks.
func (b *builder) hostNames() map[string][]string {
	names := map[string][]string{}
	add := func(name, service string) {
		if name != "" && !slices.Contains(names[name], service) {
			names[name] = append(names[name], service)
		}
	}
	for _, s := range b.project.Services {
		add(s.Name, s.Name)
		if s.ContainerName != nil {
			add(*s.ContainerName, s.Name)
		}
		n := b.nodes[s.Name]
		add(text(valueOf(n.Field("hostname"))), s.Name)
		for _, a := range s.Networks {
			for _, alias := range a.Aliases {
				add(alias, s.Name)
			}
		}
	}
	return names
}

func (b *builder) resolve(s *model.Service, e *model.Endpoint, names map[string][]string) {
	if e.Host == "" || e.Scheme == "ssh" { // whose host may be an alias of the client's own configuration
		return
	}
	if isLoopback(e.Host) {
		e.Services = b.behindLoopback(s, e.Port)
		if len(e.Services) > 0 {
			e.Reachable = new(true)
		}
		return
	}
	e.Services = append(e.Services, names[e.Host]...)
	if linked := b.linked(s.Name, e.Host); linked != "" && !slices.Contains(e.Services, linked) {
		e.Services = append(e.Services, linked)
	}
	slices.Sort(e.Services)
	for _, name := range e.Services {
		if b.connected(s, b.find(name)) {
			e.Reachable = new(true)
			return
		}
	}
	if len(e.Services) > 0 || !b.mayBeOutside(s, e.Host) {
		e.Reachable = new(false)
	}
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// behindLoopback are the services that a container meets at its own loopback address:
// those in the same network namespace, and, in the host's, those that publish the port.
func (b *builder) behindLoopback(s *model.Service, port int) []string {
	services := []string{}
	for _, other := range b.project.Services {
		if other.Name == s.Name {
			continue
		}
		shared := b.networkOwner(&other) == b.networkOwner(s)
		published := onHost(s) && slices.ContainsFunc(other.Ports, func(p model.Port) bool {
			return p.Published != nil && *p.Published == strconv.Itoa(port)
		})
		if shared || published {
			services = append(services, other.Name)
		}
	}
	return services
}

// onHost is true for a service in the host's network namespace.
func onHost(s *model.Service) bool {
	return slices.ContainsFunc(s.Namespaces, func(ns model.Namespace) bool { return ns.Name == "network" && ns.Host })
}

// networkOwner names the network namespace that a service lives in. Each is found once.
func (b *builder) networkOwner(s *model.Service) string {
	if owner, known := b.networkOwners[s.Name]; known {
		return owner
	}
	b.networkOwners[s.Name] = "services." + s.Name // also that of a circle
	i := slices.IndexFunc(s.Namespaces, func(ns model.Namespace) bool { return ns.Name == "network" })
	switch {
	case i < 0:
	case s.Namespaces[i].Host:
		b.networkOwners[s.Name] = "host"
	default:
		if owner := b.owner(s.Namespaces[i]); owner != nil {
			b.networkOwners[s.Name] = b.networkOwner(owner)
		}
	}
	return b.networkOwners[s.Name]
}

// linked is the service that a link of the service gives the name.
func (b *builder) linked(service, name string) string {
	for _, link := range items(b.nodes[service].Field("links")) {
		target, alias, found := strings.Cut(text(link.Value), ":")
		if found && alias == name {
			return target
		}
	}
	return ""
}

// connected is true when a can open a connection to b: they share a network, by its
// name for the engine, or a network namespace, or a is on the host.
func (b *builder) connected(s, other *model.Service) bool {
	if other == nil {
		return false
	}
	if onHost(s) || b.networkOwner(s) == b.networkOwner(other) {
		return true
	}
	mine, theirs := b.networksOf(s), b.networksOf(other)
	return slices.ContainsFunc(mine, func(name string) bool { return slices.Contains(theirs, name) })
}

// networksOf are the engine's names of the networks that a service is on, through the
// service whose namespace it joins.
func (b *builder) networksOf(s *model.Service) []string {
	if owner := b.find(strings.TrimPrefix(b.networkOwner(s), "services.")); owner != nil {
		s = owner
	}
	var names []string
	for _, a := range s.Networks {
		name := a.Name
		for _, n := range b.project.Networks {
			if n.Name == a.Name && n.EngineName != nil {
				name = *n.EngineName
			}
		}
		names = append(names, name)
	}
	return names
}

// mayBeOutside is true where a host that names no service within reach can still be
// there: an address, a name with a dot, an entry of extra_hosts, a container on a network
// that is not the project's own, or one whose namespace another project owns.
func (b *builder) mayBeOutside(s *model.Service, host string) bool {
	n := b.nodes[s.Name]
	if !s.Complete || strings.ContainsAny(host, ".:") || onHost(s) || n.Field("extra_hosts") != nil || n.Field("external_links") != nil || n.Field("dns") != nil {
		return true
	}
	if n.Field("network_mode") != nil {
		return true
	}
	return slices.ContainsFunc(s.Networks, func(a model.Attachment) bool {
		i := slices.IndexFunc(b.project.Networks, func(n model.Network) bool { return n.Name == a.Name })
		return i < 0 || b.project.Networks[i].External == nil || *b.project.Networks[i].External
	})
}
