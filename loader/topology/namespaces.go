package topology

import (
	"slices"

	"github.com/composelint/composelint/model"
)

// connectNamespaces follows service: and container: to the namespace that a container ends up in,
// adds the network namespace of those that join the host's by a network, and notes whose network
// namespace each service lives in.
func connectNamespaces(x *index) {
	for i := range x.services {
		joinHostNetworks(x, &x.services[i])
	}
	chains := chains{x: x, toHost: map[[2]string][]string{}}
	for i := range x.services {
		chains.follow(&x.services[i])
	}
	followed := map[string]bool{}
	for i := range x.services {
		s := &x.services[i]
		networkOwner(x, s, followed)
		if s.NetworkOwner != "" {
			x.sharing[s.NetworkOwner] = append(x.sharing[s.NetworkOwner], s.Name)
		} else if onHost(s) {
			x.onHost = append(x.onHost, s.Name)
		}
	}
}

// joinHostNetworks adds the network namespace of a container that is on a network which is
// the host's.
func joinHostNetworks(x *index, s *model.Service) {
	for _, a := range s.Networks {
		if x.isHostNetwork(a.Name) {
			s.Namespaces = append(s.Namespaces, model.Namespace{
				At: a.At, Name: "network", Mode: "host", Host: true, Through: []string{},
			})
		}
	}
}

// chains are the ways from namespaces to the host's, by the names of their owner and of the
// namespace: each is found once, so that a long chain takes no longer than as many short ones.
type chains struct {
	x      *index
	toHost map[[2]string][]string
}

// follow notes whose the namespaces of a container are, and which are the host's by way of others.
func (c chains) follow(s *model.Service) {
	for i := range s.Namespaces {
		ns := &s.Namespaces[i]
		owner := c.x.owner(*ns)
		if owner != nil {
			ns.Joined = owner.Name
		}
		if through := c.wayToHost(owner, ns.Name); len(through) > 0 {
			ns.Host, ns.Through = true, through
		}
	}
}

// maxThrough bounds the namespaces on the way to the host's: a reader needs the first ones
// and the last one, which is the host's.
const maxThrough = 10

// wayToHost lists the namespaces of that name from the owner's to the host's, none where
// the way does not get there.
func (c chains) wayToHost(owner *model.Service, name string) []string {
	if owner == nil {
		return nil
	}
	key := [2]string{owner.Name, name}
	if way, known := c.toHost[key]; known {
		return way
	}
	c.toHost[key] = nil // a circle does not get there
	for _, ns := range owner.Namespaces {
		if ns.Name != name {
			continue
		}
		if ns.Mode == "host" {
			c.toHost[key] = []string{ns.At}
			break
		}
		if rest := c.wayToHost(c.x.owner(ns), name); rest != nil {
			way := append([]string{ns.At}, rest...)
			if len(way) > maxThrough {
				way = slices.Delete(way, maxThrough-1, maxThrough)
			}
			c.toHost[key] = way
			break
		}
	}
	return c.toHost[key]
}

// networkOwner follows the chain of namespaces from s. What a cycle leads to is nobody's.
func networkOwner(x *index, s *model.Service, followed map[string]bool) string {
	if !followed[s.Name] {
		followed[s.Name] = true
		s.NetworkOwner = networkOf(x, s, func(owner *model.Service) string { return networkOwner(x, owner, followed) })
	}
	return s.NetworkOwner
}

// networkOf is the owner of the network namespace that a container, of which that is not yet
// known, ends up in. of tells the same of a service that it joins.
func networkOf(x *index, s *model.Service, of func(*model.Service) string) string {
	if onHost(s) || s.Wiring.NetworkUnknown {
		return ""
	}
	for _, ns := range s.Namespaces {
		if !isNetwork(ns) {
			continue
		}
		switch ns.Mode {
		case "none":
			return ""
		case "service", "container":
			if owner := x.owner(ns); owner != nil {
				return of(owner)
			}
			return ""
		}
	}
	return s.Name
}
