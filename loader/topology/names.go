package topology

import (
	"net"
	"slices"
	"strings"

	"github.com/composelint/composelint/internal/suggest"
	"github.com/composelint/composelint/loader/address"
	"github.com/composelint/composelint/model"
)

// A query is one reading of a host: a name, and the engine's name of the network that it is
// looked up on, empty for any that the client is on.
type query struct{ name, network string }

// queries are the readings of a host in the order in which the engine's resolver tries them: both
// services and networks may have a dot in their names. What is too long for a name has none.
// ResolveName, daemon/libnetwork/sandbox.go of moby b985e2313a
func queries(host string) []query {
	if len(host) > address.MaxHostName {
		return nil
	}
	all := []query{{name: host}}
	for i := len(host) - 1; i > 0; i-- {
		if host[i] == '.' {
			all = append(all, query{name: host[:i], network: host[i+1:]})
		}
	}
	return all
}

// nameAttachments writes the names by which the engine's resolver knows a container on each of its
// networks. Compose makes aliases of the service's name and those of the file, and the engine adds
// the names of the container and of its host; a swarm has the name of the service with the stack's
// before it, and with tasks. before it that of its containers. daemon/container_operations.go 676
// and daemon/libnetwork/service_common.go 34 of moby b985e2313a; pkg/compose/create.go 465 of
// docker/compose f72979427; cli/compose/convert/service.go 218 of docker/cli 28f756087e
func (x *index) nameAttachments(s *model.Service) {
	s.Networks = slices.Clone(s.Networks)
	for i := range s.Networks {
		a := &s.Networks[i]
		names := slices.Clone(a.Aliases)
		if !a.Unnamed {
			names = append(names, s.Name)
		}
		if x.ofSwarm(*a) {
			for _, name := range slices.Clone(names) {
				names = append(names, "tasks."+name)
			}
		}
		if !x.swarm && s.ContainerName != nil {
			names = append(names, *s.ContainerName)
		}
		names = append(names, s.Wiring.Hostname)
		for i := range names {
			names[i] = address.HostKey(names[i])
		}
		a.Names = sortedWithout(names, "")
	}
}

// ofSwarm is true on a network whose containers a swarm starts: only a swarm makes an overlay.
func (x *index) ofSwarm(a model.Attachment) bool {
	n := x.networks[a.Name]
	return x.swarm || n != nil && n.Driver != nil && *n.Driver == "overlay"
}

// ofStack is the service that a stack's name for one was made of, whichever stack that is.
func (x *index) ofStack(name string) string {
	for i, c := range name {
		if c == '_' && i > 0 {
			if s := x.find(name[i+1:]); s != nil && slices.ContainsFunc(s.Networks, x.ofSwarm) {
				return s.Name
			}
		}
	}
	return ""
}

// knows is true where a container in the network namespace of s, on a network of its own, gets
// from the engine's resolver that other has the name, or reaches its address.
func (x *index) knows(s, other *model.Service, q query) bool {
	if other.NetworkOwner != other.Name {
		return false
	}
	if x.linksTo(s, other, q.name) && (x.connected(s, other) || x.onBridge(s) && x.onBridge(other)) {
		return true
	}
	ours := x.networksOf(s)
	return slices.ContainsFunc(other.Networks, func(a model.Attachment) bool {
		return slices.Contains(ours, x.networkName(a)) && x.isOf(a, q.network) && x.hasName(other, a, q.name)
	})
}

// isOf is true for an attachment to the network that the engine knows by that name, which is any
// for an empty one. Where no file states the project's name, nor a swarm's stack, what
// stands before the name of the network is not asked.
func (x *index) isOf(a model.Attachment, network string) bool {
	n := x.networks[a.Name]
	if network == "" || n == nil {
		return network == ""
	}
	if n.EngineName != nil && *n.EngineName == network {
		return true
	}
	made := n.EngineName == nil || x.swarm && *n.EngineName == x.project+"_"+a.Name
	return made && (n.External == nil || !*n.External) && strings.HasSuffix(network, "_"+a.Name)
}

// hasName is true where a container has a name, or an address, on a network.
func (x *index) hasName(s *model.Service, a model.Attachment, name string) bool {
	key := address.HostKey(name)
	isAddress := func(static string) bool { return address.HostKey(static) == key }
	return slices.Contains(a.Names, key) || slices.ContainsFunc(a.Addresses, isAddress) ||
		!x.swarm && x.madeOf(name) == s.Name || x.ofSwarm(a) && x.ofStack(name) == s.Name
}

// linksTo is true where a link of s gives other the name: its alias or else that of the service,
// and that with a number. A swarm makes no links.
// getLinks, pkg/compose/convergence.go of docker/compose f72979427
func (x *index) linksTo(s, other *model.Service, name string) bool {
	numbered, cut := address.CutNumber(name)
	return !x.swarm && slices.ContainsFunc(s.Wiring.Links, func(link model.Link) bool {
		alias := link.Alias
		if alias == "" {
			alias = link.Service
		}
		return link.Service == other.Name && (strings.EqualFold(alias, name) || cut && strings.EqualFold(link.Service, numbered) || x.madeOf(name) == other.Name)
	})
}

// standingFor are the services that a reading of a host stands for, as far as s is asked.
func (x *index) standingFor(s *model.Service, q query) []string {
	services := slices.Clone(x.named[address.HostKey(q.name)])
	for _, link := range s.Wiring.Links {
		if other := x.find(link.Service); other != nil && x.linksTo(s, other, q.name) {
			services = append(services, other.Name)
		}
	}
	if len(services) == 0 {
		services = []string{x.madeOf(q.name), x.ofStack(q.name)}
	}
	return slices.DeleteFunc(sortedWithout(services, ""), func(name string) bool {
		other := x.find(name)
		return x.lacksName(s, other, q.name) || q.network != "" && !slices.ContainsFunc(x.attached(other), func(a model.Attachment) bool { return x.isOf(a, q.network) })
	})
}

// meant is the name that a host is a slip of, which names a service of the project, else empty: one
// with the file's name of a network where the engine's is due, one of a swarm where there is none,
// one with a number or the project's name alone, or a slip of the pen. surely is false where the
// host can well be a name of its own, such as another project could have.
func (x *index) meant(host string) (name string, surely bool) {
	is := func(name string) bool { return len(x.named[address.HostKey(name)]) > 0 }
	if is(host) || net.ParseIP(host) != nil || len(host) > address.MaxHostName {
		return "", false
	}
	var parts []string
	for _, q := range queries(host) {
		if q.network != "" && x.networks[q.network] != nil {
			parts = append(parts, q.name)
		}
	}
	for _, prefix := range []string{"tasks.", x.project + "_", x.project + "-"} {
		if part, cut := strings.CutPrefix(host, prefix); cut {
			parts = append(parts, part)
		}
	}
	for _, part := range parts {
		if is(part) {
			return part, true
		}
		if part, cut := address.CutNumber(part); cut && is(part) {
			return part, true
		}
	}
	if part, cut := address.CutNumber(host); cut && is(part) {
		return part, false
	}
	if strings.Contains(host, ".") || len(x.names) > x.comparisons {
		return "", false
	}
	x.comparisons -= len(x.names)
	near := suggest.Slip(host, x.names)
	if short := suggest.Nearest(host, x.names); near == "" && len(short) > len(host) && isPlain(host, short) {
		near = short // of a short name a letter is missing
	}
	if numbered(host, near) {
		return "", false
	}
	return near, isPlain(host, near)
}

// isPlain is true for a slip that can hardly be a name of its own: one letter too many, too few or
// another, two that changed places, or none but in what stands between the words.
func isPlain(host, meant string) bool {
	words := strings.NewReplacer("-", "", "_", "")
	one, other := words.Replace(strings.ToLower(host)), words.Replace(strings.ToLower(meant))
	for one != "" && other != "" && one[0] == other[0] {
		one, other = one[1:], other[1:]
	}
	for one != "" && other != "" && one[len(one)-1] == other[len(other)-1] {
		one, other = one[:len(one)-1], other[:len(other)-1]
	}
	return len(one) <= 1 && len(other) <= 1 || len(one) == 2 && len(other) == 2 && one[0] == other[1] && one[1] == other[0]
}

// mostComparisons bounds how often a host is compared with a name in a project: as many hosts as
// names, none of which is one, would else take long.
const mostComparisons = 200_000

// numbered is true for two names that differ by a number, as those of two machines do.
func numbered(one, other string) bool {
	digits := func(name string) string {
		return strings.Map(func(r rune) rune {
			if r < '0' || r > '9' {
				return -1
			}
			return r
		}, name)
	}
	return digits(one) != digits(other)
}
