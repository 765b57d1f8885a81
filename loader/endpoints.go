package loader

import (
	"net"
	"slices"
	"strconv"
	"strings"

	"github.com/composelint/composelint/internal/lazyregexp"
	"github.com/composelint/composelint/model"
)

// endpoints are the addresses of servers among a service's variables and options.
func (b *builder) endpoints(s model.Service) []model.Endpoint {
	endpoints := []model.Endpoint{}
	add := func(at, name string, value *string) {
		if value == nil {
			return
		}
		addresses := strings.Split(*value, ",")
		for _, address := range addresses {
			e, ok := parseEndpoint(address)
			if !ok && hostVariable().MatchString(name) {
				e, ok = b.bareHost(address)
			}
			if ok {
				e.At, e.Name, e.Services = at, name, []string{}
				if len(addresses) > 1 {
					e.At = b.markPiece(at+"["+e.Host+"]", at, strings.TrimSpace(address))
				}
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
	schemeAddress = lazyregexp.New(`^([a-z][a-z0-9+.-]*)://([^|\s]*)`)
	bareAddress   = lazyregexp.New(`^([A-Za-z][A-Za-z0-9_.-]*|\d+\.\d+\.\d+\.\d+|\[[0-9a-fA-F:]+\]):(\d{1,5})$`)
)

// hostVariable is a name that says that the value is a host, or several (DOCKER_HOSTNAMES of
// Homarr), whose port stands elsewhere.
var hostVariable = lazyregexp.New(`(?i)(^|[_.-])(host|hostname)s?$`)

// bareHost is the endpoint at a service of the project that is named alone.
func (b *builder) bareHost(name string) (model.Endpoint, bool) {
	e := model.Endpoint{Host: strings.TrimSpace(name)}
	return e, b.root.Field("services").Field(e.Host) != nil
}

func parseEndpoint(address string) (model.Endpoint, bool) {
	address = strings.TrimSpace(address)
	if m := bareAddress().FindStringSubmatch(address); m != nil {
		port, _ := strconv.Atoi(m[2])
		return model.Endpoint{Host: strings.Trim(m[1], "[]"), Port: port}, port > 0 && port < 1<<16
	}
	m := schemeAddress().FindStringSubmatch(address)
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

// resolveEndpoints finds, for every endpoint, the services that its host leads to and
// whether one of them can be reached.
func (b *builder) resolveEndpoints() {
	for i := range b.project.Services {
		s := &b.project.Services[i]
		for j := range s.Endpoints {
			b.resolve(s, &s.Endpoints[j])
		}
	}
}

// resolve finds the services behind an endpoint of a container that runs in s.
func (b *builder) resolve(s *model.Service, e *model.Endpoint) {
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
	named := b.namedBy(s, e.Host)
	e.Services = b.answering(s, named)
	unknown := b.strange(s) || len(named) == 0 && b.mayBeOutside(s, e.Host)
	for _, name := range named {
		other := b.find(name)
		if b.meets(s, other) {
			e.Reachable = new(true)
			return
		}
		unknown = unknown || other != nil && networkUnknown(b.nodes[name])
	}
	if !unknown {
		e.Reachable = new(false)
	}
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

// meets is true when s reaches other by a name. The engine's resolver knows no name of a
// container that lives in the network namespace of another.
func (b *builder) meets(s, other *model.Service) bool {
	if other == nil || !onHost(s) && other.NetworkOwner != other.Name {
		return false
	}
	return b.connected(s, other) || b.onBridge(s) && b.onBridge(other) && b.links(s, other)
}

// strange is true for a service in a network namespace of which nothing is known, such as
// that of a container of another project.
func (b *builder) strange(s *model.Service) bool {
	return s.NetworkOwner == "" && !onHost(s) && !slices.ContainsFunc(s.Namespaces, func(ns model.Namespace) bool {
		return ns.Name == "network" && ns.Mode == "none"
	})
}

// mayBeOutside is true where a host that names no service of the project can still be
// there: an address, a name with a dot, an entry of extra_hosts, a container on a network
// that is not the project's own, a host of the local network. The engine's resolver asks
// the host's for the last, but not for a container whose networks are all internal
// (https://github.com/moby/moby/pull/47589).
func (b *builder) mayBeOutside(s *model.Service, host string) bool {
	if !s.Complete || strings.ContainsAny(host, ".:") || onHost(s) {
		return true
	}
	for _, name := range []string{s.Name, s.NetworkOwner} {
		n := b.nodes[name]
		if n.Field("extra_hosts") != nil || n.Field("external_links") != nil || n.Field("dns") != nil {
			return true
		}
	}
	networks := b.attached(s)
	return len(networks) == 0 || slices.ContainsFunc(networks, func(a model.Attachment) bool {
		n := b.reach.networks[a.Name]
		return n == nil || n.External == nil || *n.External || n.Internal == nil || !*n.Internal
	})
}
