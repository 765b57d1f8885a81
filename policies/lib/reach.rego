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
import data.composelint.services
import data.composelint.socket_proxies
import data.composelint.zone

# callers are, by proxy, the services that can open a connection to it, each with the place
# and the name of what it comes by: kind is network, namespace, volume, host or port. That it
# does is not said: see zone.clients.
callers := {proxy: by_service |
	some proxy, _ in socket_proxies.kinds
	by_service := {name: way |
		some name in _near(proxy)
		way := _way(name, proxy)
	}
}

# _near are the services of which _way has to be asked: in a large project that is far less
# than all.
_near(proxy) := union({met, mates, holders, bridged, _hosts_own, anybody}) & _candidates if {
	met := union({_members[network] | some network in object.get(_networks, proxy, set())})
	mates := object.get(_sharing, object.get(_owners, proxy, ""), set())
	holders := {name | some name, _ in object.get(_filtered_socket, proxy, {})}
	bridged := {name | networks.on_bridge[proxy]; some name, _ in networks.on_bridge}
	anybody := {name | _open_to_all(proxy); some name, _ in _networks}
}

_open_to_all(proxy) if networks.on_host[proxy]

_open_to_all(proxy) if proxy_ports.published[proxy]

_candidates := {service.name |
	some service in input.project.services
	service.name == service.owner
	not socket_proxies.kinds[service.name]
}

_members := {network: names | some network, names in _on_networks}

_on_networks[network] contains name if {
	some name, joined in _networks
	some network in joined
}

_sharing := {owner: names | some owner, names in _with_owner}

_with_owner[owner] contains name if {
	some name, owner in _owners
}

_hosts_own := object.keys(networks.on_host)

_way(name, proxy) := {"at": services.by_name[name].at, "label": "a shared network namespace", "kind": "namespace", "network": ""} if {
	_owners[name] == _owners[proxy]
	not proxy in proxy_ports.sockets_only
} else := {"at": _attachments[name][network], "label": label, "kind": "network", "network": network} if {
	proxy in proxy_ports.listening
	network := _best(_networks[name] & _networks[proxy])
	label := $`network "{network}"`
} else := {"at": networks.on_bridge[name], "label": "Docker's default bridge", "kind": "network", "network": ""} if {
	proxy in proxy_ports.listening
	networks.on_bridge[proxy]
} else := {"at": _filtered_socket[proxy][name], "label": "a volume with the proxy's socket", "kind": "volume", "network": ""} if {
	_filtered_socket[proxy][name]
} else := {"at": networks.on_host[name], "label": "the host's network", "kind": "host", "network": ""} if {
	networks.on_host[name]
	_heard_on_the_host(proxy)
} else := {"at": networks.on_host[proxy], "label": "the host's network", "kind": "host", "network": ""} if {
	proxy in proxy_ports.listening
	networks.on_host[proxy]
	_networks[name]
} else := {"at": proxy_ports.published[proxy].at, "label": proxy_ports.published[proxy].called, "kind": "port", "network": ""} if {
	proxy_ports.published[proxy].loopback == false
	count(_networks[name] - networks.known_internal) > 0
}

# The host reaches every bridge.
_heard_on_the_host(proxy) if proxy in proxy_ports.listening

_heard_on_the_host(proxy) if {
	networks.on_host[proxy]
	not proxy in proxy_ports.sockets_only
}

# An internal network is the one that was meant.
_best(shared) := min(shared & networks.known_internal) if {
	count(shared & networks.known_internal) > 0
} else := min(shared) if {
	count(shared) > 0
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
	some proxy, by_name in _volumes_of
	by_service := {name: min(ats) | some name, ats in by_name}
}

_volumes_of[proxy][service.name] contains mount.at if {
	some service in input.project.services
	not socket_proxies.kinds[service.name]
	some mount in service.mounts
	some proxy in socket_proxies.volumes[mount.volume]
}

# ways are, by proxy, the ways to it from every entry point: from outside straight to it, from
# outside through a service that can call it, and from each such service.
ways := {proxy: array.flatten([straight, through, within]) |
	some proxy, _ in socket_proxies.kinds
	end := _end[proxy]
	straight := [{"entry": entry, "path": array.concat(steps, end)} |
		proxy in proxy_ports.listening
		some [entry, steps] in outsiders.entries_of[proxy]
		entry.at in _leading[proxy]
	]
	through := [{"entry": entry, "path": array.flatten([steps, _hop(name, way), end])} |
		some name, way in callers[proxy]
		some [entry, steps] in outsiders.entries_of[name]
	]
	within := [{"entry": entry, "path": array.concat(_hop(name, way), end)} |
		some name, way in callers[proxy]
		service := services.by_name[name]
		entry := {"kind": "service", "service": name, "called": service.called, "at": service.at, "certain": true}
	]
}

_leading := {service.name: ats |
	some service in socket_proxies.services
	ats := {entry.at | some entry in service.entries; proxy_ports.leads_to_api(service.name, entry.port)}
}

_hop(name, way) := [
	{"at": services.by_name[name].at, "label": services.by_name[name].called},
	{"at": way.at, "label": way.label},
]

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
story(proxy) := array.concat([{"at": entry.at, "label": label}], _end[proxy]) if {
	proxy in proxy_ports.listening
	entry := outsiders.first[proxy]
	entry.at in _leading[proxy]
	label := $"outsiders come in by {entry.called}"
} else := through[proxy][min(names)] if {
	names := object.keys(through[proxy])
	count(names) > 0
} else := array.concat(_hop(name, callers[proxy][name]), _end[proxy]) if {
	name := min(object.keys(callers[proxy]) & zone.clients[proxy])
} else := array.concat(_hop(name, callers[proxy][name]), _end[proxy]) if {
	name := min(object.keys(callers[proxy]))
} else := []

# _end is the end of every way to a proxy: itself, and the socket that it mounts.
_end := {proxy: end |
	some proxy, _ in socket_proxies.kinds
	label := $`socket proxy "{proxy}"`
	end := array.concat([{"at": services.by_name[proxy].at, "label": label}], _socket_of(proxy))
}

# through is, by proxy and service, the way from outside through a service that can call the
# proxy to what stands behind it.
through := {proxy: by_service |
	some proxy, callers_ in callers
	end := _end[proxy]
	by_service := {name: path |
		some name, way in callers_
		steps := outsiders.path_to[name]
		path := array.flatten([steps, {"at": way.at, "label": way.label}, end])
	}
}
