// Package topology works out from the model of a project how its containers are connected: whose
// namespaces they live in, whom a name or an address leads to, who can reach whom, and by which
// ways somebody from outside gets in. It is a function of the model alone.
package topology

import (
	"slices"

	"github.com/composelint/composelint/model"
)

// Connect returns the project with the fields that follow from how its containers are connected: of
// namespaces Joined, Host and Through, of attachments Names, of endpoints Services, Meant, Target,
// Reachable and Beyond, NetworkOwner and Entries, what a Traefik is told, and the networks that
// hooks share with their services. swarm is true for docker stack deploy, which publishes ports
// otherwise and has other names.
func Connect(p model.Project, swarm bool) model.Project {
	p.Services = slices.Clone(p.Services)
	for i := range p.Services {
		s := &p.Services[i]
		s.Namespaces, s.Endpoints = slices.Clone(s.Namespaces), slices.Clone(s.Endpoints)
		s.Traefik = traefikOf(*s)
	}
	services := p.Services[:firstHook(p.Services)]
	x := newIndex(p, services, swarm)
	connectNamespaces(x)
	for i := range services {
		for j := range services[i].Endpoints {
			resolve(x, &services[i], &services[i].Endpoints[j])
		}
	}
	r := newRoutes(x)
	r.addEntries()
	for i := len(services); i < len(p.Services); i++ {
		connectHook(x, r, &p.Services[i])
	}
	return p
}

// firstHook is the index of the first hook: hooks follow all services and jobs.
func firstHook(services []model.Service) int {
	if i := slices.IndexFunc(services, isHook); i >= 0 {
		return i
	}
	return len(services)
}

func isHook(s model.Service) bool { return slices.Contains(model.HookKinds, s.Kind) }

// WithEdge gives the services that outsiders reach by what is not in the project an entry of their
// own.
func WithEdge(services []model.Service, edge []string) []model.Service {
	services = slices.Clone(services)
	for i, s := range services {
		if slices.Contains(edge, s.Name) {
			entry := model.Entry{At: s.At, Kind: "edge", Called: "its role in the configuration", Loopback: new(false), Open: new(true)}
			services[i].Entries = append(slices.Clone(s.Entries), entry)
		}
	}
	return services
}
