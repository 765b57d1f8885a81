# METADATA
# description: |
#   Who can send requests to a socket proxy, and by what. The model says which network
#   namespace a container uses and by which ways outsiders come in; here these are laid on
#   the proxies of the project.
package composelint.reach

import data.composelint.lint

# callers are, by proxy, the services that can open a connection to it, each with the place
# and the name of what it comes by. That it does is not said: see lint.clients.
callers := {proxy: by_service |
	some proxy, _ in lint.proxies
	by_service := {service.owner: way |
		some service in input.project.services
		service.name == service.owner
		not lint.proxies[service.name]
		way := _way(service.name, proxy)
	}
}

_way(name, proxy) := {"at": _attachments[name][network], "label": label} if {
	network := _best(_networks[name] & _networks[proxy])
	label := $`network "{network}"`
} else := {"at": lint.services[name].at, "label": "one network namespace"} if {
	_owners[name] == _owners[proxy]
} else := {"at": _filtered_socket[proxy][name], "label": "a volume with the proxy's socket"} if {
	_filtered_socket[proxy][name]
} else := {"at": _host_networks[name], "label": "the host's network"} if {
	_host_networks[name]
} else := {"at": _host_networks[proxy], "label": "the host's network"} if {
	_host_networks[proxy]
} else := {"at": published[proxy].at, "label": published[proxy].called} if {
	published[proxy]
}

# An internal network is the one that was meant.
_best(networks) := min(networks & lint.internal_networks) if {
	count(networks & lint.internal_networks) > 0
} else := min(networks) if {
	count(networks) > 0
}

_owners := {service.name: service.network_owner |
	some service in input.project.services
	service.network_owner != ""
}

_networks := {name: networks |
	some name, owner in _owners
	networks := lint.networks_of[owner]
}

# _attachments are, by service and network, what puts the service on the network: its own
# entry, or that of the service whose network namespace it uses.
_attachments := {name: by_network |
	some name, owner in _owners
	by_network := {network: min(ats) |
		some network in lint.networks_of[owner]
		ats := {attachment.at |
			some attachment in lint.services[owner].networks
			attachment.name == network
		}
	}
}

_host_networks := {service.name: min(ats) |
	some service in input.project.services
	ats := {namespace.at |
		some namespace in service.namespaces
		namespace.name == "network"
		namespace.host == true
	}
	count(ats) > 0
}

_filtered_socket := {proxy: by_service |
	some proxy, _ in lint.proxies
	by_service := {service.name: mount.at |
		some service in input.project.services
		not lint.proxies[service.name]
		some mount in service.mounts
		proxy in lint.proxy_volumes[mount.volume]
	}
}

# published are the proxies that have a port on the host, with the entry that it makes.
published := {name: entry |
	some name, ways in _entries
	lint.proxies[name]
	entry := min({[loopback, entry.at, entry] |
		some entry in ways
		entry.kind == "port"
		loopback := object.get(entry, "loopback", true)
	})[2]
}

_entries := {service.name: entries |
	some service in input.project.services
	entries := {entry | some entry in service.entries}
	count(entries) > 0
}

# outside are the ways by which outsiders reach each service: not those that only the host
# itself can use, nor a network of which it is not known whether anybody else is on it.
outside := {name: entries |
	some name, ways in _entries
	entries := {entry |
		some entry in ways
		entry.open == true
		not _only_the_host(entry)
	}
	count(entries) > 0
}

_only_the_host(entry) if entry.loopback == true

# perhaps_outside are the ways of which it is not known whether anybody uses them: networks
# of others, ports that may not be published.
perhaps_outside := {name: entries |
	some name, ways in _entries
	entries := ways - {entry | some entry in ways; entry.open == true}
	count(entries) > 0
}

# entries_of are the entry points outside of the project by which a service is reached, each
# with the first step of the way.
entries_of := {service.name: found |
	some service in input.project.services
	found := [[entry, [{"at": way.at, "label": label}]] |
		some way in _outside_first(service.name)
		label := $"outsiders come in by {way.called}"
		entry := {"kind": way.kind, "service": service.name, "called": way.called, "at": way.at, "certain": object.get(way, "open", false)}
	]
}

_outside_first(name) := array.concat(
	[entry | some entry in object.get(outside, name, set())],
	[entry | some entry in object.get(perhaps_outside, name, set())],
)

# ways are, by proxy, the ways to it from every entry point: from outside straight to it, from
# outside through a service that can call it, and from each such service.
ways := {proxy: array.concat(array.concat(straight, through), within) |
	some proxy, _ in lint.proxies
	label := $`socket proxy "{proxy}"`
	end := array.concat([{"at": lint.services[proxy].at, "label": label}], _socket_of(proxy))
	straight := [{"entry": entry, "path": array.concat(steps, end)} | some [entry, steps] in entries_of[proxy]]
	through := [{"entry": entry, "path": array.concat(array.concat(steps, _hop(name, way)), end)} |
		some name, way in callers[proxy]
		some [entry, steps] in entries_of[name]
	]
	within := [{"entry": entry, "path": array.concat(_hop(name, way), end)} |
		some name, way in callers[proxy]
		service := lint.services[name]
		entry := {"kind": "service", "service": name, "called": service.called, "at": service.at, "certain": true}
	]
}

_hop(name, way) := [
	{"at": lint.services[name].at, "label": lint.services[name].called},
	{"at": way.at, "label": way.label},
]

_socket_of(proxy) := [{"at": min(ats), "label": "the host's Docker API socket"}] if {
	ats := _mounted_sockets[proxy]
} else := []

_mounted_sockets[service.name] contains mount.at if {
	some service in input.project.services
	lint.proxies[service.name]
	some mount in service.mounts
	lint.api_sockets[mount.at]
}

# story is the way to a proxy that says most: one from outside, else one from a service that
# points at it, else any.
story(proxy) := _first(array.concat(array.concat(outsiders, declared), others)) if {
	outsiders := [way.path | some way in ways[proxy]; way.entry.kind != "service"; way.entry.certain == true]
	declared := [way.path | some way in ways[proxy]; way.entry.service in object.get(lint.clients, proxy, set())]
	others := [way.path | some way in ways[proxy]]
}

_first(paths) := paths[0] if {
	count(paths) > 0
} else := []
