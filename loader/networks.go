package loader

import (
	"slices"
	"strings"

	"github.com/composelint/composelint/loader/yamltree"
	"github.com/composelint/composelint/model"
)

// attachments are the networks of a service.
func (b *builder) attachments(at string, n *yamltree.Node) []model.Attachment {
	attachments := []model.Attachment{}
	networks := n.Field("networks")
	for _, name := range networks.Keys() {
		network := networks.Field(name)
		a := model.Attachment{At: b.mark(item(at, "networks", name), network), Name: name, Aliases: []string{}}
		for _, alias := range network.Field("aliases").Scalars() {
			a.Aliases = append(a.Aliases, alias.String())
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
func (b *builder) namespaces(at string, n *yamltree.Node) []model.Namespace {
	namespaces := []model.Namespace{}
	for _, ns := range namespaceKeys {
		mode := b.text(at, n, ns.key, "")
		if mode == nil || *mode == "" {
			continue
		}
		word, of, _ := strings.Cut(*mode, ":")
		namespaces = append(namespaces, model.Namespace{
			At: b.mark(at+"."+ns.key, n.Field(ns.key)), Name: ns.name,
			Mode: word, Of: of, Host: word == "host", Through: []string{},
		})
	}
	return namespaces
}

// namespaceChains follows service: and container: to the namespace that a container ends
// up in, and adds the network namespace of those that join the host's by a network.
func (b *builder) namespaceChains() {
	for i := range b.project.Services {
		b.joinHostNetworks(&b.project.Services[i])
	}
	for i := range b.project.Services {
		b.followNamespaces(&b.project.Services[i])
	}
}

// joinHostNetworks adds the network namespace of a container that is on a network which is
// the host's.
func (b *builder) joinHostNetworks(s *model.Service) {
	for _, a := range s.Networks {
		if b.isHostNetwork(a.Name) {
			s.Namespaces = append(s.Namespaces, model.Namespace{
				At: a.At, Name: "network", Mode: "host", Host: true, Through: []string{},
			})
		}
	}
}

// followNamespaces notes which namespaces of a container are the host's by way of others.
func (b *builder) followNamespaces(s *model.Service) {
	for i := range s.Namespaces {
		ns := &s.Namespaces[i]
		if through := b.wayToHost(b.owner(*ns), ns.Name); len(through) > 0 {
			ns.Host, ns.Through = true, through
		}
	}
}

// maxThrough bounds the namespaces on the way to the host's: a reader needs the first ones
// and the last one, which is the host's.
const maxThrough = 10

// wayToHost lists the namespaces of that name from the owner's to the host's, none where
// the way does not get there. Each is found once, so that a long chain takes no longer than
// as many short ones.
func (b *builder) wayToHost(owner *model.Service, name string) []string {
	if owner == nil {
		return nil
	}
	key := [2]string{owner.Name, name}
	if way, known := b.waysToHost[key]; known {
		return way
	}
	b.waysToHost[key] = nil // a circle does not get there
	for _, ns := range owner.Namespaces {
		if ns.Name != name {
			continue
		}
		if ns.Mode == "host" {
			b.waysToHost[key] = []string{ns.At}
			break
		}
		if rest := b.wayToHost(b.owner(ns), name); rest != nil {
			way := append([]string{ns.At}, rest...)
			if len(way) > maxThrough {
				way = slices.Delete(way, maxThrough-1, maxThrough)
			}
			b.waysToHost[key] = way
			break
		}
	}
	return b.waysToHost[key]
}
