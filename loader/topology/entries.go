package topology

import (
	"fmt"
	"net"
	"slices"
	"strconv"
	"strings"

	"github.com/composelint/composelint/internal/lazyregexp"
	"github.com/composelint/composelint/loader/address"
	"github.com/composelint/composelint/model"
)

// Reverse proxies find what to route to by the labels and variables of containers. Those of
// Traefik are in traefik.go; these are the others'.
var (
	// caddySite starts the labels of one site of caddy-docker-proxy: caddy, or caddy_0 and so
	// on. They route to their container where they ask for its address by the template
	// upstreams, which may have a scheme and a port, and elsewhere by the addresses of a
	// reverse_proxy; all else (a file server, global options) leads to no container.
	// https://github.com/lucaslorentz/caddy-docker-proxy#labels-to-caddyfile-conversion
	caddySite      = lazyregexp.New(`^caddy(_\d+)?(\.|$)`)
	caddyProxy     = lazyregexp.New(`[._]reverse_proxy$`)
	caddyUpstreams = lazyregexp.New(`\{\{[^}]*\bupstreams\b(?:\s+(?:http|https|h2c))?(?:\s+(\d+))?`)

	// nginxProxyHosts are the variables that make nginx-proxy route to a container, the one
	// that counts first; VIRTUAL_PORT is the port where it is not VIRTUAL_HOST_MULTIPORTS.
	// https://github.com/nginx-proxy/nginx-proxy/tree/main/docs#virtual-hosts-and-ports
	nginxProxyHosts = []string{"VIRTUAL_HOST_MULTIPORTS", "VIRTUAL_HOST"}

	// coolifyDomain are the variables by whose names Coolify gives a container a domain,
	// whatever their values; a number at the end is the port. Coolify reads them in the
	// Compose file only, not in env files.
	// https://coolify.io/docs/knowledge-base/docker/compose#coolify-s-magic-environment-variables
	coolifyDomain = lazyregexp.New(`^SERVICE_(?:FQDN|URL)_.*?(?:_(\d+))?$`)
)

// The label swag=enable makes the auto-proxy mod of linuxserver's SWAG route to a container.
// https://github.com/linuxserver/docker-mods/tree/swag-auto-proxy
const (
	swagLabel   = "swag"
	swagEnabled = "enable"
	swagPort    = "swag_port"
)

// routes are the ways by which outsiders get into the containers of a project.
type routes struct {
	*index
	// traefiks are the Traefik services that route to every container.
	traefiks exposers
}

func newRoutes(x *index) *routes {
	return &routes{index: x, traefiks: exposersOf(x)}
}

// addEntries writes the ways into each service from outside of the project. What leads to a
// port of a network namespace leads to whoever listens on it there.
func (r *routes) addEntries() {
	for i := range r.services {
		s := &r.services[i]
		s.Entries = append(s.Entries, r.opened(s)...)
	}
	for i := range r.services {
		r.routeElsewhere(&r.services[i])
	}
	for i := range r.services {
		s := &r.services[i]
		owner := r.find(s.NetworkOwner)
		if owner == nil || owner == s {
			continue
		}
		for _, e := range owner.Entries {
			if e.Kind == "port" {
				e.Called += " of " + owner.Called
			}
			if e.Kind != "router" || e.Port != 0 {
				s.Entries = append(s.Entries, e)
			}
		}
	}
}

// ofHook are the entries that a hook with a container of its own opens besides those of its
// service.
func (r *routes) ofHook(s, h *model.Service) []model.Entry {
	entries := []model.Entry{}
	if h.Kind != "pre_start" {
		return entries
	}
	for _, e := range r.opened(h) {
		if !slices.ContainsFunc(s.Entries, func(of model.Entry) bool { return of.At == e.At }) {
			entries = append(entries, e)
		}
	}
	return entries
}

// opened are the entries that a container opens itself.
func (r *routes) opened(s *model.Service) []model.Entry {
	var byLabels []model.Entry
	for _, route := range slices.Concat(traefikRouters(r, s), caddyRouters(s)) {
		if !route.elsewhere {
			byLabels = append(byLabels, route.entry)
		}
	}
	routers := slices.Concat(byLabels, nginxProxyRouters(s), coolifyRouters(s), swagRouters(s))
	return slices.Concat(r.portEntries(s), hostNetworkEntries(s), routers, r.externalNetworkEntries(s))
}

// A route is an entry by a reverse proxy. It leads to the container whose labels make it,
// or elsewhere: to the host of an address, which is empty where it is unknown.
type route struct {
	entry     model.Entry
	elsewhere bool
	host      string
}

// here are routes to the container itself.
func here(entries []model.Entry) []route {
	var routes []route
	for _, e := range entries {
		routes = append(routes, route{entry: e})
	}
	return routes
}

// routeTo is a route to an address.
func routeTo(to, kind, at, called string) route {
	e, _ := address.ParseEndpoint(to)
	if e.Port == 0 {
		e.Port = defaultPorts[e.Scheme]
	}
	return route{entry: routerEntry(kind, at, called, e.Port), elsewhere: true, host: e.Host}
}

// defaultPorts are those of the schemes that a reverse proxy speaks.
var defaultPorts = map[string]int{"http": 80, "h2c": 80, "https": 443}

// routeElsewhere writes the entries that the labels of s open into other services. Which of
// them the reverse proxy reaches is not asked: it may be of another project.
func (r *routes) routeElsewhere(s *model.Service) {
	for _, route := range slices.Concat(traefikRouters(r, s), caddyRouters(s)) {
		if !route.elsewhere {
			continue
		}
		for _, name := range r.leadsTo(s, route.host).services {
			if other := r.find(name); other != nil && !slices.ContainsFunc(other.Entries, func(e model.Entry) bool { return e.At == route.entry.At }) {
				other.Entries = append(other.Entries, route.entry)
			}
		}
	}
}

// portEntries are the published ports. In a namespace that is not of the project, or the
// host's, the engine publishes none. A swarm passes over the address of the host.
func (r *routes) portEntries(s *model.Service) []model.Entry {
	open := r.publishes(s)
	if s.NetworkOwner == "" || open != nil && !*open {
		return nil
	}
	var entries []model.Entry
	for _, p := range s.Ports {
		e := model.Entry{At: p.At, Kind: "port", Called: portCalled(p, r.swarm), Port: p.Target, Open: open}
		if r.swarm {
			e.Loopback = new(false)
		} else if p.HostIP != nil {
			ip := net.ParseIP(address.WithoutBrackets(*p.HostIP))
			e.Loopback = new(ip != nil && ip.IsLoopback())
		}
		entries = append(entries, e)
	}
	return entries
}

// publishes is false for a service whose networks are all internal: Compose then publishes
// no port, though a swarm does. It is unknown where that of a network is, and where no
// other is open.
func (x *index) publishes(s *model.Service) *bool {
	if x.swarm {
		return new(true)
	}
	networks := x.attached(s)
	open := new(len(networks) == 0)
	for _, a := range networks {
		n := x.networks[a.Name]
		switch {
		case n == nil || n.Internal == nil:
			open = nil
		case !*n.Internal:
			return new(true)
		}
	}
	return open
}

// portCalled is a phrase for a published port: its number on the host, or a range to choose
// from, and the address, as far as they are known and count.
func portCalled(p model.Port, swarm bool) string {
	called := "a port"
	if p.Published != nil && *p.Published != "" {
		called = "port " + *p.Published
	}
	if p.Protocol != "tcp" {
		called += "/" + p.Protocol
	}
	if p.HostIP != nil && !swarm {
		called += " on " + *p.HostIP
	}
	return called
}

func hostNetworkEntries(s *model.Service) []model.Entry {
	var entries []model.Entry
	for _, ns := range s.Namespaces {
		if isNetwork(ns) && ns.Host {
			entries = append(entries, model.Entry{
				At: ns.At, Kind: "host-network", Called: "the host's network", Loopback: new(false), Open: new(true),
			})
		}
	}
	return entries
}

// externalNetworkEntries are the networks of a container on which others may be.
func (r *routes) externalNetworkEntries(s *model.Service) []model.Entry {
	var entries []model.Entry
	for _, a := range s.Networks {
		n := r.networks[a.Name]
		if n != nil && n.External != nil && *n.External && !r.isHostNetwork(a.Name) {
			entries = append(entries, model.Entry{
				At: a.At, Kind: "external-network", Called: fmt.Sprintf("the external network %q", a.Name), Loopback: new(false),
			})
		}
	}
	return entries
}

func routerEntry(kind, at, called string, port int) model.Entry {
	return model.Entry{At: at, Kind: "router", Called: called, Port: port, Router: kind, Loopback: new(false), Open: new(true)}
}

// caddyRouters are the sites of caddy-docker-proxy that lead to a container: to their own
// once each, and to the addresses that they name.
func caddyRouters(s *model.Service) []route {
	var routes []route
	seen := map[string]bool{}
	for _, l := range allLabels(s) {
		site := strings.TrimSuffix(caddySite().FindString(l.Name), ".")
		called := fmt.Sprintf("the Caddy site of the labels %q", site)
		if site == "" {
			continue
		}
		if upstreams := caddyUpstreams().FindStringSubmatch(certain(l)); upstreams != nil && !seen[site] {
			seen[site] = true
			routes = append(routes, route{entry: routerEntry("caddy", l.At, called, number(upstreams[1]))})
		}
		if caddyProxy().MatchString(l.Name) {
			for _, to := range strings.Fields(certain(l)) {
				routes = append(routes, routeTo(to, "caddy", l.At, called))
			}
		}
	}
	return routes
}

func nginxProxyRouters(s *model.Service) []model.Entry {
	for _, name := range nginxProxyHosts {
		hosts := setting(s.Environment, name)
		if hosts == nil || certain(*hosts) == "" {
			continue
		}
		port := 0
		if stated := setting(s.Environment, "VIRTUAL_PORT"); name == "VIRTUAL_HOST" && stated != nil {
			port = numberOf(*stated)
		}
		return []model.Entry{routerEntry("nginx-proxy", hosts.At, fmt.Sprintf("nginx-proxy, by the variable %q", name), port)}
	}
	return nil
}

func coolifyRouters(s *model.Service) []model.Entry {
	var entries []model.Entry
	for _, v := range s.Environment {
		if port := coolifyDomain().FindStringSubmatch(v.Name); port != nil && !v.FromFile {
			entries = append(entries, routerEntry("coolify", v.At, fmt.Sprintf("the Coolify domain %q", v.Name), number(port[1])))
		}
	}
	return entries
}

func swagRouters(s *model.Service) []model.Entry {
	enabled := setting(s.Labels, swagLabel)
	if enabled == nil || enabled.Value == nil || *enabled.Value != swagEnabled {
		return nil
	}
	port := 0
	if stated := setting(s.Labels, swagPort); stated != nil {
		port = numberOf(*stated)
	}
	return []model.Entry{routerEntry("swag", enabled.At, fmt.Sprintf("SWAG, by the label %q", swagLabel), port)}
}

// allLabels are those of the containers and those of a swarm's service: a reverse proxy
// reads one or the other.
func allLabels(s *model.Service) []model.Setting { return slices.Concat(s.Labels, s.Deploy.Labels) }

// setting is the first one of a name, or nil.
func setting(settings []model.Setting, name string) *model.Setting {
	if i := slices.IndexFunc(settings, func(s model.Setting) bool { return s.Name == name }); i >= 0 {
		return &settings[i]
	}
	return nil
}

// certain is a setting's value, or as much of it as is certain.
func certain(s model.Setting) string {
	if s.Value != nil {
		return *s.Value
	}
	return s.Literal
}

// numberOf is a setting's value as a port, 0 where it is unknown.
func numberOf(s model.Setting) int {
	if s.Value == nil {
		return 0
	}
	return number(*s.Value)
}

// number is a port in digits, 0 for anything else.
func number(port string) int {
	n, err := strconv.Atoi(port)
	if err != nil || n < 0 || n > 65535 {
		return 0
	}
	return n
}
