package loader

import (
	"fmt"
	"slices"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// hookKinds are the attributes of a service that list hooks.
var hookKinds = []string{"pre_start", "post_start", "pre_stop"}

// hooks writes the lifecycle hooks of the services. They come last: they refer to services,
// and nothing refers to them.
func (b *builder) hooks() {
	var hooks []model.Service
	for i := range b.project.Services {
		s := &b.project.Services[i]
		if s.Kind != "service" {
			continue
		}
		for _, kind := range hookKinds {
			list := b.stated.Field("services").Field(s.Name).Field(kind)
			if list == nil {
				continue
			}
			for j, n := range list.Items {
				if n.Kind == yamltree.Mapping {
					hooks = append(hooks, b.hook(s, kind, j, n))
				}
			}
		}
	}
	b.project.Services = append(b.project.Services, hooks...)
}

// hook writes a hook of the service s: only what it states itself, since all else stands
// with the service. A pre_start hook is on the service's networks besides its own.
func (b *builder) hook(s *model.Service, kind string, index int, n *yamltree.Node) model.Service {
	stated := n
	if whole := b.hookFiles[n]; whole != nil {
		n = whole
	}
	b.inheriting = n
	defer func() { b.inheriting = nil }()
	id := fmt.Sprintf("%s[%d]", kind, index)
	h := b.container(b.mark(s.At+"."+id, n), n)
	h.Name, h.Kind, h.Owner = s.Name+"."+id, kind, s.Name
	h.EnvironmentIncomplete = b.unread[s.At+"."+id]
	h.Called = fmt.Sprintf("%s hook %d of %s", kind, index+1, s.Called)
	notInCompose(h.Environment, stated.Field("environment"))
	notInCompose(h.Labels, stated.Field("labels"))
	taken := targetsOf(h.Mounts)
	for _, entry := range n.Field("volumes_from").Scalars() {
		h.Mounts = append(h.Mounts, b.mountsFrom(h.At, entry, taken)...)
	}
	b.joinHostNetworks(&h)
	b.followNamespaces(&h)
	if kind == "pre_start" && n.Field("network_mode") == nil {
		h.Networks = append(h.Networks, sharedNetworks(s, h)...)
	}
	h.NetworkOwner = b.hookNetwork(s, h, n)
	h.Entries = b.hookEntries(s, &h)
	running := runningAs(s, h)
	for i := range h.Endpoints {
		b.resolve(&running, &h.Endpoints[i])
	}
	return h
}

// sharedNetworks are the service's networks that the hook does not name itself. The
// service's aliases are not the hook's.
func sharedNetworks(s *model.Service, h model.Service) []model.Attachment {
	var shared []model.Attachment
	for _, a := range s.Networks {
		if !slices.ContainsFunc(h.Networks, func(own model.Attachment) bool { return own.Name == a.Name }) {
			a.Aliases = []string{}
			shared = append(shared, a)
		}
	}
	return shared
}

// runningAs is the container that a hook runs in, as far as its network goes: the
// service's, or one of its own beside that.
func runningAs(s *model.Service, h model.Service) model.Service {
	if h.Kind != "pre_start" {
		return *s
	}
	if !slices.ContainsFunc(h.Namespaces, func(ns model.Namespace) bool { return ns.Name == "network" }) {
		h.Namespaces = s.Namespaces
	}
	return h
}

// hookNetwork is the owner of the network namespace that a hook runs in. A pre_start hook
// that states none has one of its own where its service has, else that of the service.
func (b *builder) hookNetwork(s *model.Service, h model.Service, n *yamltree.Node) string {
	if h.Kind != "pre_start" || n.Field("network_mode") == nil && !onHost(&h) && s.NetworkOwner != s.Name {
		return s.NetworkOwner
	}
	return b.networkOf(&h, n)
}

// hookEntries are the entries that a hook with a container of its own opens besides those
// of its service.
func (b *builder) hookEntries(s, h *model.Service) []model.Entry {
	entries := []model.Entry{}
	if h.Kind != "pre_start" {
		return entries
	}
	for _, e := range b.opened(h) {
		if !slices.ContainsFunc(s.Entries, func(of model.Entry) bool { return of.At == e.At }) {
			entries = append(entries, e)
		}
	}
	return entries
}
