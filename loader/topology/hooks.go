package topology

import (
	"slices"

	"github.com/composelint/composelint/model"
)

// connectHook connects a hook. A pre_start hook is on the service's networks besides its own.
func connectHook(x *index, r *routes, h *model.Service) {
	s := x.find(h.Owner)
	joinHostNetworks(x, h)
	chains{x: x, toHost: map[[2]string][]string{}}.follow(h)
	if h.Kind == "pre_start" && !h.Wiring.StatesNetwork {
		h.Networks = append(h.Networks, sharedNetworks(s, h)...)
	}
	if h.Kind == "pre_start" && (h.Wiring.StatesNetwork || onHost(h) || s.NetworkOwner == s.Name) {
		h.NetworkOwner = networkOf(x, h, func(owner *model.Service) string { return owner.NetworkOwner })
	} else {
		h.NetworkOwner = s.NetworkOwner
	}
	h.Entries = r.ofHook(s, h)
	running := runningAs(s, *h)
	for i := range h.Endpoints {
		resolve(x, &running, &h.Endpoints[i])
	}
}

// sharedNetworks are the service's networks that the hook does not name itself. The
// service's names and addresses are not the hook's.
func sharedNetworks(s, h *model.Service) []model.Attachment {
	var shared []model.Attachment
	for _, a := range s.Networks {
		if !slices.ContainsFunc(h.Networks, func(own model.Attachment) bool { return own.Name == a.Name }) {
			a.Aliases, a.Names, a.Addresses = []string{}, []string{}, []string{}
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
	if !slices.ContainsFunc(h.Namespaces, isNetwork) {
		h.Namespaces = s.Namespaces
	}
	return h
}
