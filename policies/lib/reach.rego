# METADATA
# description: |
#   Who can send requests to a socket proxy, and by what. The model says which network
#   namespace a container uses and by which ways outsiders come in; here these are laid on
#   the proxies of the project.
package composelint.reach

import data.composelint.docker_api
import data.composelint.lint
import data.composelint.mounts
import data.composelint.networks
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
_near(proxy) := union({met, mates, holders, bridged, _hosts_own, all}) & _candidates if {
	met := union({_members[network] | some network in object.get(_networks, proxy, set())})
	mates := object.get(_sharing, object.get(_owners, proxy, ""), set())
	holders := {name | some name, _ in object.get(_filtered_socket, proxy, {})}
	bridged := {name | networks.on_bridge[proxy]; some name, _ in networks.on_bridge}
	all := {name | _open_to_all(proxy); some name, _ in _networks}
}

_open_to_all(proxy) if networks.on_host[proxy]

_open_to_all(proxy) if published[proxy]

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
	not proxy in _sockets_only
} else := {"at": _attachments[name][network], "label": label, "kind": "network", "network": network} if {
	proxy in listening
	network := _best(_networks[name] & _networks[proxy])
	label := $`network "{network}"`
} else := {"at": networks.on_bridge[name], "label": "Docker's default bridge", "kind": "network", "network": ""} if {
	proxy in listening
	networks.on_bridge[proxy]
} else := {"at": _filtered_socket[proxy][name], "label": "a volume with the proxy's socket", "kind": "volume", "network": ""} if {
	_filtered_socket[proxy][name]
} else := {"at": networks.on_host[name], "label": "the host's network", "kind": "host", "network": ""} if {
	networks.on_host[name]
	_heard_on_the_host(proxy)
} else := {"at": networks.on_host[proxy], "label": "the host's network", "kind": "host", "network": ""} if {
	proxy in listening
	networks.on_host[proxy]
	_networks[name]
} else := {"at": published[proxy].at, "label": published[proxy].called, "kind": "port", "network": ""} if {
	published[proxy].loopback == false
	count(_networks[name] - networks.known_internal) > 0
}

# The host reaches every bridge.
_heard_on_the_host(proxy) if proxy in listening

_heard_on_the_host(proxy) if {
	networks.on_host[proxy]
	not proxy in _sockets_only
}

# listening are the proxies that listen on a port of an address that others than themselves
# reach. An address that is not known may be any.
listening := ({name | some name, _ in socket_proxies.kinds} - _sockets_only) - _at_home

# _sockets_only are the proxies that hand on the API by a socket of their own and no port.
_sockets_only contains name if {
	some name, kind in socket_proxies.kinds
	data.composelint.proxies[kind].listen.socket_default
	not data.composelint.proxies[kind].port
}

_sockets_only contains service.name if {
	some service in socket_proxies.services
	listen := data.composelint.proxies[socket_proxies.kinds[service.name]].listen
	not listen.socket_default
	some setting in array.concat(service.environment, service.options)
	setting.name in {listen[key] | some key in ["socket_variable", "socket_option"]}
	setting.value != ""
}

# on_loopback are the proxies that listen on a port of their loopback address.
on_loopback := _at_home - _sockets_only

_at_home contains service.name if {
	some service in socket_proxies.services
	listen := data.composelint.proxies[socket_proxies.kinds[service.name]].listen
	regex.match(_loopback, listen.default)
	service.environment_incomplete == false
	not service.name in _addressed
}

_at_home contains name if {
	some name, stated in _addresses
	count(stated - {"loopback"}) == 0
}

_addressed := {name | some name, _ in _addresses}

_addresses[service.name] contains _sort(setting.at) if {
	some service in socket_proxies.services
	listen := data.composelint.proxies[socket_proxies.kinds[service.name]].listen
	some setting in array.concat(service.environment, service.options)
	setting.name in {listen[key] | some key in ["variable", "option"]}
}

_sort(at) := "loopback" if {
	at in _at_loopback
} else := "other"

_at_loopback contains setting.at if {
	some service in socket_proxies.services
	some setting in array.concat(service.environment, service.options)
	regex.match(_loopback, setting.value)
}

_loopback := `^([a-z]+://)?(127\.|localhost(:|$)|\[?::1(\]|$))`

# choosy are the proxies that do not serve everybody who can open a connection: they ask for
# the caller's address, certificate or password.
choosy contains service.name if {
	some service in socket_proxies.services
	clients := data.composelint.proxies[socket_proxies.kinds[service.name]].clients
	settings := {setting.at: setting.value |
		some setting in array.concat(service.environment, service.options)
		setting.name in {clients.option, clients.variable}
	}
	count([value | some value in settings; _admits_all(value, clients.open)]) == 0
}

choosy contains service.name if {
	some service in socket_proxies.services
	certificates := data.composelint.proxies[socket_proxies.kinds[service.name]].listen.client_certificates
	some setting in array.concat(service.environment, service.options)
	setting.name in array.concat(certificates.variables, certificates.options)
}

choosy contains name if {
	some name, kind in socket_proxies.kinds
	data.composelint.proxies[kind].password_variable
}

_admits_all(value, open) if {
	some network in split(value, ",")
	trim_space(network) in open
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

# published are the proxies whose API has a port on the host, with the entry that it makes.
published := {name: entry |
	some name, ways in _entries
	name in listening
	entry := min({[loopback, entry.at, entry] |
		some entry in ways
		entry.kind == "port"
		leads_to_api(name, entry.port)
		loopback := object.get(entry, "loopback", true)
	})[2]
}

# leads_to_api is true of the port of a container on which a proxy may have its API: any, where
# it is not known on which it listens.
leads_to_api(proxy, port) if port in {0, api_ports[proxy]}

leads_to_api(proxy, _) if not api_ports[proxy]

# api_ports are those of the proxies that neither a setting nor a configuration of their own
# can make listen elsewhere.
api_ports := {name: kind.port |
	some name, kind_name in socket_proxies.kinds
	kind := data.composelint.proxies[kind_name]
	not name in socket_proxies.moved_ports
	not name in docker_api.replaced
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
	some proxy, _ in socket_proxies.kinds
	end := _end[proxy]
	straight := [{"entry": entry, "path": array.concat(steps, end)} |
		proxy in listening
		some [entry, steps] in entries_of[proxy]
		entry.at in _leading[proxy]
	]
	through := [{"entry": entry, "path": array.concat(array.concat(steps, _hop(name, way)), end)} |
		some name, way in callers[proxy]
		some [entry, steps] in entries_of[name]
	]
	within := [{"entry": entry, "path": array.concat(_hop(name, way), end)} |
		some name, way in callers[proxy]
		service := services.by_name[name]
		entry := {"kind": "service", "service": name, "called": service.called, "at": service.at, "certain": true}
	]
}

_leading := {name: ats |
	some name, ways_ in _entries
	socket_proxies.kinds[name]
	ats := {entry.at | some entry in ways_; leads_to_api(name, entry.port)}
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
	proxy in listening
	entry := first_outside[proxy]
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

# first_outside is, by service that outsiders reach, the entry that its file states first.
first_outside := {service.name: found[0] |
	some service in input.project.services
	found := [entry | some entry in service.entries; entry in outside[service.name]]
}

# from_outside is the beginning of a path from outside: that entry, then the service.
from_outside := {service.name: path |
	some service in input.project.services
	entry := first_outside[service.name]
	label := $"outsiders come in by {entry.called}"
	path := [{"at": entry.at, "label": label}, {"at": service.at, "label": service.called}]
}

# through is, by proxy and service, the way from outside through a service that can call the
# proxy to what stands behind it.
through := {proxy: by_service |
	some proxy, callers_ in callers
	end := _end[proxy]
	by_service := {name: path |
		some name, way in callers_
		steps := from_outside[name]
		path := array.concat(array.concat(steps, [{"at": way.at, "label": way.label}]), end)
	}
}

# with_way adds to a finding the way from outside through a service to the place where it holds
# an API socket, if outsiders reach it.
with_way(finding, name, at) := lint.with_path(finding, path) if {
	path := array.concat(from_outside[name], [{"at": at, "label": "the host's API socket, which is root on the host"}])
} else := finding
