# METADATA
# description: |
#   Who can send requests to a socket proxy, and by what. The model says which network
#   namespace a container uses and by which ways outsiders come in; here these are laid on
#   the proxies of the project.
package composelint.reach

import data.composelint.mounts
import data.composelint.networks
import data.composelint.outsiders
import data.composelint.proxy_ports
import data.composelint.proxy_sockets
import data.composelint.services
import data.composelint.socket_proxies
import data.composelint.zone

# callers are, by proxy, the services that can open a connection to it otherwise than by a port of the
# host, each with the place and the name of what it comes by: kind is network, namespace, volume or host.
# That it does is not said: see zone.clients.
callers := spread({proxy: by_service |
	some proxy in firsts
	by_service := _joined([
		_by_the_hosts_network(proxy),
		_from_the_host(proxy),
		_by_volume(proxy),
		_by_bridge(proxy),
		_by_network(proxy),
		_by_namespace(proxy),
	])
})

# _joined is mostly the very object that one way gives, which then is not copied for each proxy.
_joined(ways) := _joined_some([of | some of in ways; count(of) > 0])

_joined_some([of]) := of

_joined_some(ways) := object.union_n(ways) if count(ways) != 1

# way is that by which a service can open a connection to a proxy; undefined of one that cannot. Of a port
# of the host the kind is port: all who reach the host come by the same, so that it is kept once.
#     reach.way("proxy", "logs")
way(proxy, name) := callers[proxy][name]

way(proxy, name) := _ports[proxy] if {
	not callers[proxy][name]
	name in _outgoing
}

_ports := {proxy: {"at": port.at, "label": port.called, "kind": "port", "network": ""} |
	some proxy, port in proxy_ports.published
	port.loopback == false
}

# names are those of all who can, in order.
names := spread({proxy: sort(object.keys(callers[proxy]) | _by_port(proxy)) | some proxy in firsts})

# all_names are those that call any proxy.
all_names := {name | some proxy in firsts; some name, _ in callers[proxy]} | {name | count(_ports) > 0; some name in _outgoing}

# firsts are the proxies but for those at the same place as one before them, whose callers are the
# same: n proxies and n services on one network are n ways, not n times n.
firsts := {first | some first in first_at_place}

# spread is what is known by first proxy, by proxy.
#     reach.spread({"proxy": "what is known of it"})
spread(of_firsts) := {proxy: of_firsts[first] | some proxy, first in first_at_place}

# first_at_place is, by proxy, the first one at its place.
first_at_place := {proxy: first | some proxies in _at_place; first := min(proxies); some proxy in proxies}

_at_place[[ways_in, object.get(_networks, proxy, set()), owner, object.get(_filtered_socket, proxy, {})]] contains proxy if {
	some proxy, _ in socket_proxies.kinds
	owner := {owner | owner := _owners[proxy]; _mates[owner]}
	ways_in := {
		"port": object.get(proxy_ports.published, proxy, null),
		"host": object.get(networks.on_host, proxy, ""),
		"bridge": object.get(networks.on_bridge, proxy, ""),
		"listening": proxy in proxy_ports.listening,
		"sockets_only": proxy in proxy_ports.sockets_only,
	}
}

_by_port(proxy) := _outgoing if {
	_ports[proxy]
} else := set()

# Of several ways to a proxy the last of callers counts. Each is by the name of the service that
# comes by it.

_by_the_hosts_network(proxy) := {name: by_host | some name in _candidates; _meets_host(name)} if {
	proxy in proxy_ports.listening
	by_host := {"at": networks.on_host[proxy], "label": "the host's network", "kind": "host", "network": ""}
} else := {}

_from_the_host(proxy) := {name: {"at": at, "label": "the host's network", "kind": "host", "network": ""} |
	some name, at in networks.on_host
	name in _candidates
} if {
	_heard_on_the_host(proxy)
} else := {}

_by_volume(proxy) := {name: {"at": at, "label": "a mount with the proxy's socket", "kind": "volume", "network": ""} |
	some name, at in _filtered_socket[proxy]
	name in _candidates
}

_by_bridge(proxy) := {name: {"at": at, "label": "Docker's default bridge", "kind": "network", "network": ""} |
	some name, at in networks.on_bridge
	name in _candidates
} if {
	proxy in proxy_ports.listening
	networks.on_bridge[proxy]
} else := {}

# Of several networks an internal one counts, which was meant, else the first by name.
_by_network(proxy) := _joined([_on_network[network] | some [_, network] in numbered]) if {
	proxy in proxy_ports.listening
	joined := _networks[proxy]
	ranked := array.concat(sort(joined & networks.known_internal), sort(joined - networks.known_internal))
	numbered := sort([[0 - i, network] | some i, network in ranked])
} else := {}

_on_network := {network: ways |
	some network, names in _members
	label := $`network "{network}"`
	ways := {name: {"at": _attachments[name][network], "label": label, "kind": "network", "network": network} | some name in names}
}

_by_namespace(proxy) := {name: by |
	some name in _mates[_owners[proxy]]
	at := object.get(_joins_at, name, services.by_name[name].at)
	by := {"at": at, "label": "a shared network namespace", "kind": "namespace", "network": ""}
} if {
	not proxy in proxy_ports.sockets_only
} else := {}

# _joins_at is, by service, what puts it into the network namespace of another one.
_joins_at := {service.name: min(ats) |
	some service in input.project.services
	ats := {namespace.at | some namespace in service.namespaces; namespace.name == "network"}
	count(ats) > 0
}

_candidates := {service.name |
	some service in input.project.services
	service.name == service.owner
	not socket_proxies.kinds[service.name]
}

# _outgoing are the services that reach what the host publishes.
_outgoing contains name if {
	some name in _candidates
	some network in _networks[name]
	not network in networks.known_internal
}

_outgoing contains name if {
	some name in _candidates
	networks.on_bridge[name]
}

# _members are, by network that a proxy is on, the others on it.
_members[network] contains name if {
	some name in _candidates
	some network in _networks[name]
	network in _networks_of_proxies
}

_networks_of_proxies := union({_networks[proxy] | some proxy, _ in socket_proxies.kinds})

# _mates are, by owner of the network namespace of a proxy, the others in it.
_mates[owner] contains name if {
	some name in _candidates
	owner := _owners[name]
	owner in _owners_of_proxies
}

_owners_of_proxies := {_owners[proxy] | some proxy, _ in socket_proxies.kinds}

# The host reaches every bridge on which it has an address, and is reached by it.
_heard_on_the_host(proxy) if {
	proxy in proxy_ports.listening
	_meets_host(proxy)
}

_heard_on_the_host(proxy) if {
	proxy in proxy_ports.listening
	not _networks[proxy]
}

_heard_on_the_host(proxy) if {
	networks.on_host[proxy]
	not proxy in proxy_ports.sockets_only
}

_meets_host(name) if count(_networks[name]) == 0

_meets_host(name) if {
	some network in _networks[name]
	not network in networks.isolated
}

_owners := {service.name: service.network_owner |
	some service in input.project.services
	service.network_owner != ""
}

_networks := {name: networks.of[owner] | some name, owner in _owners}

# _attachments are, by service and network, what puts the service on the network: its own
# entry, or that of the service whose network namespace it uses.
_attachments := {name: by_network |
	some name, owner in _owners
	by_network := {network: min(ats) |
		some network in networks.of[owner]
		ats := {attachment.at |
			some attachment in services.by_name[owner].networks
			attachment.name == network
		}
	}
}

_filtered_socket := {proxy: by_service |
	some proxy, by_name in proxy_sockets.roads
	by_service := {name: min({road.at | some road in of_service}) | some name, of_service in by_name}
}

# ways are, by proxy, the ways to it from entry points: from outside straight to it, from outside
# through a service that can call it, and from each such service. Of many the first are enough,
# since the attacks are the same from all.
ways := {proxy: array.slice(array.flatten([straight, through, within]), 0, _most) |
	some proxy, _ in socket_proxies.kinds
	end := _end[proxy]
	straight := [object.union(entry, {"path": array.concat(steps, end)}) | some [entry, steps] in _straight(proxy)]
	through := [object.union(entry, {"path": array.flatten([steps, _steps[name], _hop(by), end])}) |
		some name in array.slice(_entered[proxy], 0, _most)
		by := way(proxy, name)
		some [entry, steps] in outsiders.entries_of[name]
	]
	within := [{"kind": "service", "service": name, "called": step.label, "at": step.at, "certain": true, "path": path} |
		some name in array.slice(names[proxy], 0, _most)
		by := way(proxy, name)
		step := _steps[name]
		path := array.flatten([step, _hop(by), end])
	]
}

_straight(proxy) := [[entry, steps] |
	some [entry, steps] in outsiders.entries_of[proxy]
	entry.at in _leading[proxy]
] if {
	proxy in proxy_ports.listening
} else := []

# ways_left are, by proxy, how many more there are.
ways_left := {proxy: number |
	some proxy, shown in ways
	number := ((count(_straight(proxy)) + _entries_to_callers[proxy]) + count(names[proxy])) - count(shown)
}

# _entered are the callers of a proxy to whom outsiders come.
_entered := spread({proxy: entered |
	some proxy in firsts
	entered := [name | some name in names[proxy]; count(outsiders.entries_of[name]) > 0]
})

_entries_to_callers := spread({proxy: number |
	some proxy in firsts
	number := sum([count(outsiders.entries_of[name]) | some name in names[proxy]])
})

# _most is how many ways to a proxy are shown: a thousand to all of them together, and one to each.
_most := max([1, floor(1000 / count(socket_proxies.kinds))])

_steps := {name: {"at": service.at, "label": service.called} |
	some name in _candidates
	service := services.by_name[name]
}

_hop(way) := {"at": way.at, "label": way.label}

_leading := {service.name: ats |
	some service in socket_proxies.services
	ats := {entry.at | some entry in service.entries; proxy_ports.leads_to_api(service.name, entry.port)}
}

_socket_of(proxy) := [{"at": min(ats), "label": "the host's Docker API socket"}] if {
	ats := _mounted_sockets[proxy]
} else := []

_mounted_sockets := {service.name: ats |
	some service in socket_proxies.services
	ats := {mount.at | some mount in service.mounts; mounts.api_sockets[mount.at]}
	count(ats) > 0
}

# story is the way to a proxy that says most: one from outside, else one from a service that
# points at it, else any.
#     reach.story("proxy")
story(proxy) := array.concat([{"at": entry.at, "label": label}], _end[proxy]) if {
	proxy in proxy_ports.listening
	entry := outsiders.first[proxy]
	entry.at in _leading[proxy]
	label := $"outsiders come in by {entry.called}"
} else := through(proxy, _outward[proxy][0]) if {
	count(_outward[proxy]) > 0
} else := array.flatten([_steps[name], _hop(way(proxy, name)), _end[proxy]]) if {
	name := min({name | some name in zone.clients[proxy]; way(proxy, name)})
} else := array.flatten([_steps[name], _hop(way(proxy, name)), _end[proxy]]) if {
	name := names[proxy][0]
} else := []

# _outward are the callers of a proxy to whom outsiders have a way.
_outward := spread({proxy: outward |
	some proxy in firsts
	outward := [name | some name in names[proxy]; outsiders.path_to[name]]
})

# _end is the end of every way to a proxy: itself, and the socket that it mounts.
_end := {proxy: end |
	some proxy, _ in socket_proxies.kinds
	label := $`socket proxy "{proxy}"`
	end := array.concat([{"at": services.by_name[proxy].at, "label": label}], _socket_of(proxy))
}

# through is the way from outside through a service that can call the proxy to what stands behind it.
#     reach.through("proxy", "logs")
through(proxy, name) := path if {
	by := way(proxy, name)
	steps := outsiders.path_to[name]
	path := array.flatten([steps, _hop(by), _end[proxy]])
}
