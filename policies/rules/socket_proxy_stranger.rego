# METADATA
# title: Service that can call the Docker API without being a client
# description: |
#   A socket proxy serves everybody who can open a connection to it, and a shared network is
#   all that takes. The service shows no sign of using the Docker API, but whoever takes it
#   over has what the proxy lets through: names, variables and logs of all containers at
#   least.
#
#   Give the proxy and its clients a network of their own with `internal: true`, and take the
#   service off it. It loses nothing, as it does not call the proxy. If it does, say so: by
#   `DOCKER_HOST`, or as a client in the configuration file. Two proxies, one for reading and
#   one that lets more through, need two networks: on a common one their clients can choose.
# related_resources:
#   - ref: https://docs.docker.com/reference/compose-file/services/#networks
#     description: networks, in the Compose file reference
#   - ref: https://github.com/Tecnativa/docker-socket-proxy
#     description: Tecnativa docker-socket-proxy
# custom:
#   severity: warning
#   security_severity: 5.5
#   precision: high
#   set: default
#   fixes: [unsafe]
#   controls: [nist-800-190/4.3.3, guide]
#   tags: [external/cwe/cwe-653, external/cwe/cwe-668]
#   techniques: [T1609, T1613, T1552.007]
package composelint.rules["socket-proxy-stranger"]

import data.composelint.effective_api
import data.composelint.lint
import data.composelint.network_fixes
import data.composelint.networks
import data.composelint.proxy_networks
import data.composelint.proxy_ports
import data.composelint.proxy_sockets
import data.composelint.reach
import data.composelint.services
import data.composelint.setting_names
import data.composelint.socket_proxies
import data.composelint.zone

findings contains lint.with_fix(lint.on({"at": way.at}, message), _taken_off(name, way)) if {
	some name, ways in _alone
	way := min(ways)
	called := services.by_name[name].called
	message := $`{called} can call the Docker API of the socket proxy "{way.proxy}" by {way.label} but does not point at it: {_remedy(name, way.kind)}`
}

findings contains lint.with_fixes(lint.with_related(lint.on({"at": at}, message), _related[names]), network_fixes.move(proxy, network)) if {
	some [proxy, network], names in _of_proxy
	network in _crowded
	at := _places[proxy][network]
	message := $`socket proxy "{proxy}" can be called by {_count(count(names))} on network "{network}" that {_do(count(names))} not point at it: give it one with its clients alone`
}

# Two proxies keep nothing apart while the clients of one can call the other.
findings contains lint.with_fixes(lint.with_related(lint.on({"at": at}, message), _related[names]), network_fixes.move(proxy, network)) if {
	some [proxy, network], names in _of_others
	not network in _crowded
	at := _places[proxy][network]
	message := $`socket proxy "{proxy}" can be called on network "{network}" by clients of another one: give it one with its clients alone`
}

# What mounts a socket of the proxy where it does not look for one may be told of it where nobody sees that.
findings contains lint.with_severity(lint.on({"at": way.at}, message), "note") if {
	some proxy, by_service in proxy_sockets.roads
	count(effective_api.possible[proxy]) > 0
	some name, ways in by_service
	not name in object.get(zone.clients, proxy, set())
	_judged_but_for_sockets(name)
	count(setting_names.of[name] & setting_names.docker_api) == 0
	way := min({way | some way in ways; is_string(way.path)})
	not _told_of(name, way.inside)
	message := $`{services.by_name[name].called} can call the Docker API of the socket proxy "{proxy}" by a mount with its socket but does not point at it: take the mount away`
}

_told_of(name, path) if {
	service := services.by_name[name]
	some said in array.flatten([service.environment, service.entrypoint, service.command])
	contains(said.value, path)
}

_related := {names: shown |
	some names in {names | some together in [_of_proxy, _of_others]; some names in together}
	shown := [{"at": service.at, "label": service.called} |
		some [_, name] in lint.shown(sort([[_position[name], name] | some name in names]))
		service := services.by_name[name]
	]
}

_position := {service.name: i | some i, service in input.project.services}

_taken_off(name, way) := lint.unsafe($`take it off network "{way.network}"`, "what it reaches there it does not reach any more", [lint.remove(attachment)]) if {
	way.kind == "network"
	service := services.by_name[name]
	service.network_owner == name
	count(service.networks) > 1
	some attachment in service.networks
	attachment.name == way.network
} else := lint.by_hand("on which other network it belongs, no file says")

_remedy(name, "network") := "take it off the network" if {
	services.by_name[name].network_owner == name
} else := "give it a network namespace of its own"

_remedy(_, "namespace") := "give it a network namespace of its own"

_count(1) := "a service"

_count(count_) := $"{count_} services" if count_ > 1

_do(1) := "does"

_do(count_) := "do" if count_ > 1

# _crowded are the networks of which it is easier to move the proxy than the strangers: the
# default network, and those with more than three of them.
_crowded := {network |
	some network, names in _on_network
	_many(network, count(names))
}

_many(_, count_) if count_ > 3

_many(network, _) if networks.by_name[network].implicit == true

_on_network := {network: union(sets) | some network, sets in _sets_on}

_sets_on[network] contains names if {
	some [_, network], names in _of_proxy
	network != ""
}

# _alone are, by stranger, the ways to proxies that are not better moved.
_alone[name] contains object.union(way, {"proxy": proxy}) if {
	some [proxy, network], names in _of_proxy
	not network in _crowded
	some name in names
	way := reach.callers[proxy][name]
}

# _of_proxy are, by proxy and network, the services that neither point at it nor may do so out of
# sight, and can call it there. The network has no name where it is a network namespace.
_of_proxy := {[proxy, network]: names |
	some proxy, first in reach.first_at_place
	_serves_anybody(proxy)
	some network, found in _judged_callers[first]
	not _needless(proxy, network)
	names := _without(found, _concerned[proxy] | socket_proxies.upstreams[proxy])
	count(names) > 0
}

# _concerned are, by proxy, its clients, and those by whose network namespace these reach it.
_concerned := {proxy: concerned |
	some proxy, _ in socket_proxies.kinds
	clients := object.get(zone.clients, proxy, set())
	concerned := clients | {services.by_name[client].network_owner | some client in clients}
}

# _without mostly is the very set, which then is not copied for each proxy.
_without(names, others) := names if {
	count({name | some name in others; name in names}) == 0
} else := names - others

# _callers are, by first proxy at a place and network, the services that can call it there.
_callers[proxy][way.network] contains name if {
	some proxy in reach.firsts
	some name, way in reach.callers[proxy]
	way.kind in {"network", "namespace"}
	not _alone_with_proxy(name, way.network)
}

_judged_callers := {proxy: by_network |
	some proxy, found in _callers
	by_network := {network: {name | some name in names; _judged(name)} | some network, names in found}
}

# _of_others are, by proxy and network, the services that can call it there and point at another
# proxy alone, whose rules let less through.
_of_others := {[proxy, network]: names |
	some proxy, first in reach.first_at_place
	_serves_anybody(proxy)
	some network, found in _decided_callers[[first, effective_api.allowed[proxy]]]
	not _needless(proxy, network)
	names := _without(found, _concerned[proxy] | socket_proxies.upstreams[proxy])
	count(names) > 0
}

# _decided_callers are, by first proxy at a place and what a proxy there lets through, the callers
# whose own proxies let less through.
_decided_callers := {[first, allowed]: by_network |
	some [first, allowed] in {[first, effective_api.allowed[proxy]] | some proxy, first in reach.first_at_place}
	by_network := {network: names |
		some network, found in _callers[first]
		network != ""
		names := {name | some name in found; name in _decided; count(allowed - _own[name]) > 0}
	}
}

# _own are, by client, the operations that its proxies let through.
_own := {name: union({effective_api.allowed[proxy] | some proxy in proxies}) | some name, proxies in _proxies_of}

_proxies_of[name] contains proxy if {
	some proxy, names in zone.clients
	some name in names
}

# _decided are the clients of which all is known that may point at a Docker API.
_decided contains service.name if {
	some service in input.project.services
	service.name in zone.declared_clients
	service.complete == true
	not service.name in zone.configured_elsewhere
	not service.name in zone.holders
	names := setting_names.of[service.name] & setting_names.docker_api
	count(names - {endpoint.name | some endpoint in service.endpoints; endpoint.reachable == true}) == 0
}

# Whoever holds the engine's socket has no need of the proxy, and a hook or a job comes and
# goes with a service.
_judged(name) if {
	not name in zone.pointed
	_judged_but_for_sockets(name)
}

_judged_but_for_sockets(name) if {
	service := services.by_name[name]
	service.kind == "service"
	service.complete == true
	not name in zone.named_clients
	not name in zone.configured_elsewhere
	not name in zone.holders
}

_serves_anybody(proxy) if {
	not proxy in proxy_ports.choosy
	not proxy in socket_proxies.settled
	count(effective_api.possible[proxy]) > 0
}

# What is on a network with the proxy alone is there for the proxy, and a network that no client
# needs is left to socket-proxy-extra-network, which knows no better of an external one.
_alone_with_proxy(name, network) if proxy_networks.lone_neighbours[network] == name

_needless(proxy, network) if {
	_places[proxy][network] in proxy_networks.extra_attachments
	not networks.by_name[network].external == true
}

# _places are the attachments of proxies, by network.
_places := {service.name: places |
	some service in socket_proxies.services
	places := {attachment.name: attachment.at | some attachment in services.by_name[service.network_owner].networks}
}
