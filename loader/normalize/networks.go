package normalize

import (
	"slices"
	"strings"

	"github.com/composelint/composelint/model"
)

// attachments are the networks of a service, as far as they are known.
func attachments(c cursor) []model.Attachment {
	attachments := []model.Attachment{}
	networks := c.Field("networks")
	for _, name := range networks.Keys() {
		network := networks.Field(name)
		if network.Unknown() {
			continue
		}
		a := model.Attachment{At: c.entry("networks", name, network).at, Name: name, Aliases: network.Field("aliases").KnownTexts(), Names: []string{}, Addresses: []string{}}
		if named, stated := network.Field("use_service_name_alias").Boolean(); stated {
			a.Unnamed = !named
		}
		for _, key := range []string{"ipv4_address", "ipv6_address"} {
			if static := network.Field(key); static.String() != "" && !static.Unknown() {
				a.Addresses = append(a.Addresses, static.String())
			}
		}
		attachments = append(attachments, a)
	}
	return attachments
}

// namespaceKeys are the attributes of a service that state a namespace.
var namespaceKeys = []struct{ name, key string }{
	{"network", "network_mode"}, {"pid", "pid"}, {"ipc", "ipc"}, {"uts", "uts"}, {"userns", "userns_mode"}, {"cgroup", "cgroup"},
}

// namespaces are those that the service states; the way of a chain comes later, when all
// services are known.
func namespaces(c cursor) []model.Namespace {
	namespaces := []model.Namespace{}
	for _, ns := range namespaceKeys {
		mode := c.text(ns.key, "")
		if mode == nil || *mode == "" {
			continue
		}
		word, of, _ := strings.Cut(*mode, ":")
		namespaces = append(namespaces, model.Namespace{
			At: c.below(ns.key).at, Name: ns.name,
			Mode: word, Of: of, Host: word == "host", Through: []string{},
		})
	}
	return namespaces
}

// inheritNetworks takes back what follows from the file's silence, where a base that is not known may
// have spoken: the default network, and that the networks which the file states are all.
func inheritNetworks(c cursor, s *model.Service) {
	s.Networks = slices.DeleteFunc(s.Networks, func(a model.Attachment) bool { return c.Field("networks").Field(a.Name).Generated })
	s.Wiring.MoreNetworks = true
}

// wiring is what tells which names and networks the container has, beyond what policies see.
func wiring(c cursor) model.Wiring {
	mode, networks, hosts := c.Field("network_mode"), c.Field("networks"), c.Field("extra_hosts")
	w := model.Wiring{
		StatesNetwork:  mode != nil,
		NetworkUnknown: mode != nil && mode.Unknown(),
		MoreNetworks:   networks != nil && networks.AnyUnknown(),
		ForeignNames:   hosts != nil && hosts.AnyUnknown() || c.Field("external_links") != nil || c.Field("dns") != nil,
	}
	if host := c.Field("hostname"); host != nil && !host.Unknown() {
		w.Hostname = host.String()
	}
	for _, link := range c.Field("links").Scalars() {
		if !link.Unknown() {
			service, alias, _ := strings.Cut(link.String(), ":")
			w.Links = append(w.Links, model.Link{Service: service, Alias: alias})
		}
	}
	return w
}
