package topology

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/composelint/composelint/internal/lazyregexp"
	"github.com/composelint/composelint/model"
)

// The labels that Traefik reads. It does not mind their case.
var (
	// traefikRouter is a label of a router: its protocol, its name, and which setting.
	// https://doc.traefik.io/traefik/reference/routing-configuration/other-providers/docker/
	traefikRouter = lazyregexp.New(`(?i)^traefik\.(http|tcp|udp)\.routers\.([^.]+)\.(.+)$`)
	// traefikPort is the label of the port of a service, which is where a router leads to.
	traefikPort = lazyregexp.New(`(?i)^traefik\.(http|tcp|udp)\.services\.([^.]+)\.loadbalancer\.server\.port$`)
	// traefikURL is the label of the address of a service, which is where a router leads to
	// instead of the container that has the label.
	// https://doc.traefik.io/traefik/reference/routing-configuration/other-providers/docker/#services
	traefikURL = lazyregexp.New(`(?i)^traefik\.(http)\.services\.([^.]+)\.loadbalancer\.server\.url$`)
	// traefikFrontend is a label that makes a router of Traefik 1, perhaps of a named segment,
	// and traefikFrontendPort the label of its port.
	// https://doc.traefik.io/traefik/v1.7/configuration/backends/docker/
	traefikFrontend     = lazyregexp.New(`(?i)^traefik\.(?:([^.]+)\.)?frontend\.rule$`)
	traefikFrontendPort = lazyregexp.New(`(?i)^traefik\.(?:([^.]+)\.)?port$`)
)

// traefikEnable says whether Traefik looks at a container. Without it Traefik's option
// exposedByDefault decides.
const traefikEnable = "traefik.enable"

// traefikEnabled is what the container says of traefik.enable: stated is false where it says
// nothing, and enabled is nil where it is unknown. Traefik ignores a container whose value is
// no boolean of Go's.
func traefikEnabled(s *model.Service) (enabled *bool, stated bool) {
	for _, l := range allLabels(s) {
		if !strings.EqualFold(l.Name, traefikEnable) {
			continue
		}
		if l.Value == nil {
			return nil, true
		}
		value, err := strconv.ParseBool(*l.Value)
		return new(value && err == nil), true
	}
	return nil, false
}

// traefikTarget is where a service of Traefik leads: a port of the container that has its
// labels, 0 for any, or the address of a label.
type traefikTarget struct {
	port int
	url  *model.Setting
}

// traefikRouters are those that the container's labels make, or else the one that Traefik
// makes by default.
func traefikRouters(r *routes, s *model.Service) []route {
	enabled, stated := traefikEnabled(s)
	if stated && (enabled == nil || !*enabled) {
		return nil
	}
	labels := allLabels(s)
	routers := slices.Concat(labelledRouters(labels), here(labelledFrontends(labels)))
	switch {
	case len(routers) > 0:
		return routers
	case stated:
		i := slices.IndexFunc(labels, func(l model.Setting) bool { return strings.EqualFold(l.Name, traefikEnable) })
		return []route{traefikRoute(labels[i].At, "Traefik's default router", onlyTarget(traefikTargets(labels)))}
	}
	return here(r.traefiks.exposed(r.index, s))
}

// labelledRouters are the routers of Traefik 2 and later, each at its first label.
func labelledRouters(labels []model.Setting) []route {
	var routes []route
	targets := traefikTargets(labels)
	byName := map[string]int{}
	for _, l := range labels {
		m := traefikRouter().FindStringSubmatch(l.Name)
		if m == nil {
			continue
		}
		protocol, key, called := strings.ToLower(m[1]), strings.ToLower(m[1]+"."+m[2]), fmt.Sprintf("the Traefik router %q", m[2])
		i, known := byName[key]
		if !known {
			i = len(routes)
			byName[key] = i
			routes = append(routes, traefikRoute(l.At, called, onlyTarget(targets)))
		}
		if strings.EqualFold(m[3], "service") {
			target := traefikTarget{}
			if l.Value != nil {
				target = targets[protocol+"."+strings.TrimSuffix(strings.ToLower(*l.Value), "@docker")]
			}
			routes[i] = traefikRoute(routes[i].entry.At, called, target)
		}
	}
	return routes
}

// traefikRoute is a router that is made at a place. One that leads to an address is at the
// address, since nothing else says that it leads there.
func traefikRoute(at, called string, to traefikTarget) route {
	if to.url == nil {
		return route{entry: routerEntry("traefik", at, called, to.port)}
	}
	return routeTo(certain(*to.url), "traefik", to.url.At, called)
}

// traefikTargets are where the services of Traefik lead, by their protocols and names.
func traefikTargets(labels []model.Setting) map[string]traefikTarget {
	targets := map[string]traefikTarget{}
	for i, l := range labels {
		if m := traefikPort().FindStringSubmatch(l.Name); m != nil {
			targets[strings.ToLower(m[1]+"."+m[2])] = traefikTarget{port: numberOf(l)}
		}
		if m := traefikURL().FindStringSubmatch(l.Name); m != nil {
			targets[strings.ToLower(m[1]+"."+m[2])] = traefikTarget{url: &labels[i]}
		}
	}
	return targets
}

// onlyTarget is that of the one service, any port of the container where there is none or
// more.
func onlyTarget(targets map[string]traefikTarget) traefikTarget {
	if len(targets) != 1 {
		return traefikTarget{}
	}
	return slices.Collect(maps.Values(targets))[0]
}

// labelledFrontends are the routers of Traefik 1.
func labelledFrontends(labels []model.Setting) []model.Entry {
	ports := map[string]int{}
	for _, l := range labels {
		if m := traefikFrontendPort().FindStringSubmatch(l.Name); m != nil {
			ports[m[1]] = numberOf(l)
		}
	}
	var entries []model.Entry
	for _, l := range labels {
		if m := traefikFrontend().FindStringSubmatch(l.Name); m != nil {
			entries = append(entries, routerEntry("traefik", l.At, fmt.Sprintf("the Traefik frontend of the label %q", l.Name), ports[m[1]]))
		}
	}
	return entries
}

// exposers are what routes to every container that does not object: Traefik services with
// the Docker provider, by the networks that they route on.
type exposers struct {
	names     map[string]bool
	byNetwork map[string]model.Entry
	byOwner   map[string]model.Entry
	// onHost is on the host, from where every network is within reach.
	onHost *model.Entry
}

func exposersOf(x *index) exposers {
	all := exposers{names: map[string]bool{}, byNetwork: map[string]model.Entry{}, byOwner: map[string]model.Entry{}}
	for i := range x.services {
		s := &x.services[i]
		option := defaultExposure(s)
		if option == nil {
			continue
		}
		e := routerEntry("traefik", option.At, "Traefik, which routes to every container by default", 0)
		all.names[s.Name] = true
		if s.NetworkOwner != "" {
			setFirst(all.byOwner, s.NetworkOwner, e)
		}
		for _, network := range x.networksOf(s) {
			setFirst(all.byNetwork, network, e)
		}
		if onHost(s) && all.onHost == nil {
			all.onHost = &e
		}
	}
	return all
}

func setFirst(entries map[string]model.Entry, key string, e model.Entry) {
	if _, taken := entries[key]; !taken {
		entries[key] = e
	}
}

// exposed is the router that a Traefik of the project makes for a service that says nothing of
// it. Traefik needs a port for it, which the image may expose.
func (all exposers) exposed(x *index, s *model.Service) []model.Entry {
	if all.names[s.Name] || isHook(*s) {
		return nil
	}
	if e, ok := all.byOwner[s.NetworkOwner]; ok {
		return []model.Entry{e}
	}
	networks := x.networksOf(s)
	for _, network := range networks {
		if e, ok := all.byNetwork[network]; ok {
			return []model.Entry{e}
		}
	}
	if all.onHost != nil && len(networks) > 0 {
		return []model.Entry{*all.onHost}
	}
	return nil
}

// defaultExposure is the option or variable by which a Traefik service routes to every
// container, or nil. Which options a file of it has, or whom constraints leave out, is not known.
// https://doc.traefik.io/traefik/reference/install-configuration/providers/docker/
func defaultExposure(s *model.Service) *model.Setting {
	if s.Traefik == nil || s.Traefik.File == nil || *s.Traefik.File != "no" {
		return nil
	}
	var provider *model.Setting
	exposed := true
	for _, o := range s.Traefik.Options {
		name, ok := strings.CutPrefix(strings.TrimPrefix(o.Name, "providers."), "docker")
		on := o.Value != nil && isOn(*o.Value)
		switch {
		case strings.HasSuffix(o.Name, "constraints"):
			return nil
		case !ok || name != "" && name[0] != '.':
			continue
		case name == "" && !on:
			return nil
		case name == ".exposedbydefault":
			exposed = on
		}
		if provider == nil {
			provider = &o
		}
	}
	if !exposed {
		return nil
	}
	return provider
}

// isOn is true for a boolean option that is true, and for one that is there alone.
func isOn(value string) bool {
	on, err := strconv.ParseBool(value)
	return value == "" || on && err == nil
}
