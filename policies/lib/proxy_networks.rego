# METADATA
# description: Which networks a socket proxy has no need of.
package composelint.proxy_networks

import data.composelint.networks
import data.composelint.proxy_admission
import data.composelint.proxy_ports
import data.composelint.services
import data.composelint.socket_proxies
import data.composelint.zone

# lone_neighbours are, by the name of an internal network with a proxy, the one other service
# on it, unless it points at a proxy or a proxy at it: it can only be there for this one.
lone_neighbours := {network: name |
	some network, names in _neighbours
	count(names) == 1
	some name in names
	not name in zone.declared_clients
	not name in _all_upstreams
}

_neighbours[network] contains service.owner if {
	some service in input.project.services
	not socket_proxies.kinds[service.owner]
	not service.network_owner in _proxy_namespaces
	some network in networks.of[service.name]
	network in _internal_with_proxy
}

_proxy_namespaces := {service.network_owner | some service in input.project.services; socket_proxies.kinds[service.name]}

_internal_with_proxy := {network | some name, _ in socket_proxies.kinds; some network in networks.of[name]} & networks.known_internal

_all_upstreams := {name | some names in socket_proxies.upstreams; some name in names}

# extra_attachments are the attachments of proxies, or of those whose network namespace they
# use, by their at, that no declared client needs, nor what the proxy itself points at. A
# client needs the best of the networks that it shares with the proxy and that this lets it in by: internal
# before unknown before open, then the one that most of them share, then the first by name. An internal
# network stays as long as a client needs one that is not; so does the network of a lone neighbour, and
# the last open one where a port is published, which has no effect without.
extra_attachments := {attachment.at |
	some service in input.project.services
	needed := _needed[service.name]
	not service.name in proxy_ports.sockets_only
	some attachment in services.by_name[service.network_owner].networks
	not attachment.name in needed
	not lone_neighbours[attachment.name]
	not attachment.name in _expected_networks
	not attachment.at in _named
	not _publishes_by[service.name] == {attachment.name}
	_worse(attachment.name, needed)
}

# _publishes_by are, by proxy that publishes a port, the networks by which it can.
_publishes_by := {name: open |
	some name, _ in proxy_ports.published
	open := networks.of[name] - networks.known_internal
}

# _named are the attachments by whose alias or address somebody names the proxy, or by the name of whose
# network after one of the proxy's.
_named contains attachment.at if {
	some service in input.project.services
	some endpoint in service.endpoints
	some proxy in endpoint.services
	socket_proxies.kinds[proxy]
	some attachment in services.by_name[services.by_name[proxy].network_owner].networks
	_names(endpoint.host, attachment.name, attachment.names, array.concat(attachment.aliases, attachment.addresses))
}

_names(host, _, _, others) if host in others

_names(host, network, names, _) if {
	some name in names
	trim_suffix(lower(host), ".") == lower($"{name}.{networks.by_name[network].engine_name}")
}

_expected_networks := {name | some name in input.config.roles.networks}

_needed := {proxy: names |
	some proxy, of_proxy in zone.clients
	names := {best[2] |
		some partner in (of_proxy | socket_proxies.upstreams[proxy])
		best := min({[_rank(network), 0 - _sharing[proxy][network], network] | some network in _meeting(proxy, partner)})
	}
	count(names) > 0
}

# _meeting are the networks by which a client may have its proxy: of those that both are on, those by which it
# is surely let in, or may be, if there are any.
_meeting(proxy, partner) := admitting if {
	admitting := {network | some network in networks.of[partner]; network in networks.of[proxy]; proxy_admission.admits_surely_by(proxy, partner, network)}
	count(admitting) > 0
} else := admitting if {
	admitting := {network | some network in networks.of[partner]; network in networks.of[proxy]; proxy_admission.admits_by(proxy, partner, network)}
	count(admitting) > 0
} else := networks.of[proxy] & networks.of[partner]

# _sharing is, by proxy and network, how many of its partners are there.
_sharing := {proxy: by_network |
	some proxy, of_proxy in zone.clients
	partners := of_proxy | socket_proxies.upstreams[proxy]
	by_network := {network: count([partner | some partner in partners; network in networks.of[partner]]) | some network in networks.of[proxy]}
}

_worse(network, _) if not network in networks.known_internal

_worse(_, needed) if count(needed - networks.known_internal) == 0

_rank(network) := 0 if {
	network in networks.known_internal
} else := 2 if {
	network in networks.known_open
} else := 1
