# METADATA
# description: |
#   The unix sockets that socket proxies make, and where they show in other services; and the
#   socket of the engine that each proxy looks for.
package composelint.proxy_sockets

import data.composelint.images
import data.composelint.mounts
import data.composelint.proxy_setup
import data.composelint.services
import data.composelint.setting_names
import data.composelint.shims
import data.composelint.socket_proxies

# made are, by proxy, the paths of the sockets that it makes, where these are known.
made := {name: paths |
	some name, kind in socket_proxies.facts
	paths := _made(name, kind)
	count(paths) > 0
}

_made(name, kind) := {path |
	some value in _stated(name, kind.listen)
	is_string(value)
	some address in regex.find_n(`[^,\s]+`, value, -1)
	some path in _path(address, object.get(kind.listen, "socket_file", ""))
} if {
	count(_stated(name, kind.listen)) > 0
} else := {path |
	services.by_name[name].environment_incomplete == false
	some path in _path(kind.listen.socket_default, "")
}

# _stated are the values of the settings that say where a proxy makes a socket, perhaps among
# other addresses.
_stated(name, listen) := union({
	proxy_setup.in_force(name, _named(listen, "socket_option"), _named(listen, "socket_variable")),
	proxy_setup.in_force(name, _named(listen, "option"), _named(listen, "variable")),
})

_named(listen, key) := [setting | setting := listen[key]]

# _path is the path of an address that is a socket, in the spelling of mounts.inside.
_path(address, file) := {_below(mounts.one_spelling(trim_prefix(address, "unix://")), file) |
	startswith(trim_prefix(address, "unix://"), "/")
}

_below(directory, "") := directory

_below(directory, file) := concat("/", [directory, file]) if file != ""

# roads are, by proxy and service, the mounts by which a socket of the proxy shows in the service: the
# at, the path inside, and the path of the socket. Where it is not known which socket the proxy
# makes, that is null.
roads := _roads

_roads[proxy][name] contains road if {
	some proxy, sources in _sources
	some source in sources
	some [name, road] in _showing[source]
	not socket_proxies.kinds[name]
	not shims.made[name]
}

# _sources are, by proxy, where its sockets are outside of it: by the name of a volume, or by a path
# of the host. What it mounts at a socket's directory decides.
_sources[proxy] contains source if {
	some proxy, paths in made
	some path in paths
	source := _outside(proxy, path)
}

# A shim hands on to the proxy what comes to its own socket.
_sources[proxy] contains source if {
	some name, paths in shims.made
	some endpoint in services.by_name[name].endpoints
	endpoint.reachable == true
	some proxy in endpoint.services
	socket_proxies.kinds[proxy]
	some path in paths
	source := _outside(name, mounts.one_spelling(path))
}

_sources[proxy] contains {"volume": volume, "rest": null} if {
	some volume, proxies in socket_proxies.volumes
	some proxy in proxies
	not made[proxy]
}

# One whose rules are its user's own may make a socket in any directory of the host that it mounts.
_sources[proxy] contains {"directory": mount.host_path} if {
	some proxy in proxy_setup.replaced
	not made[proxy]
	some mount in services.by_name[proxy].mounts
	mount.type == "bind"
	mount.host_path != ""
	not mounts.api_sockets[mount.at]
	not mount.at in _configuring
}

_outside(name, path) := _source(mount.volume, mount.host_path, trim_prefix(path, mounts.inside[mount.at])) if {
	covering := {[count(mounts.inside[mount.at]), mount] |
		some mount in services.by_name[name].mounts
		mounts.covers(mount.at, path)
	}
	[_, mount] := max(covering)
}

_configuring contains mount.at if {
	some service in socket_proxies.services
	some mount in service.mounts
	some pattern in socket_proxies.facts[service.name].configured_by
	regex.match(pattern, mount.target)
}

_source(volume, "", rest) := {"volume": volume, "rest": rest} if volume != ""

_source(_, host_path, rest) := {"host": concat("", [host_path, rest])} if host_path != ""

# _showing are, by source, the services that mount it, each with the road.
_showing[source] contains [name, road] if {
	some sources in _sources
	some source in sources
	some [name, at] in _of_volume[source.volume]
	road := {"at": at, "inside": mounts.inside[at], "path": _joined(mounts.inside[at], source.rest)}
}

_showing[source] contains [name, road] if {
	some sources in _sources
	some source in sources
	some parent in _parents(source.host)
	some [name, at] in _of_path[parent]
	road := {"at": at, "inside": mounts.inside[at], "path": concat("", [mounts.inside[at], trim_prefix(source.host, parent)])}
}

_showing[source] contains [name, {"at": at, "inside": mounts.inside[at], "path": null}] if {
	some sources in _sources
	some source in sources
	some [name, at] in _of_path[source.directory]
}

_joined(_, null) := null

_joined(inside, rest) := concat("", [inside, rest]) if is_string(rest)

# _parents are a path of the host and the directories above it, but for the root: whoever has that
# needs no proxy.
_parents(path) := {parent |
	parts := split(path, "/")
	some i in numbers.range(1, count(parts))
	parent := concat("/", array.slice(parts, 0, i))
	parent != ""
}

_of_volume[mount.volume] contains [service.name, mount.at] if {
	count(_sources) > 0
	some service in input.project.services
	some mount in service.mounts
	mount.volume != ""
	mount.host_path == ""
}

_of_path[mount.host_path] contains [service.name, mount.at] if {
	count(_sources) > 0
	some service in input.project.services
	some mount in service.mounts
	mount.host_path != ""
	not mounts.api_sockets[mount.at]
}

# clients are, by proxy, the services that use a socket of it: an endpoint is there, or nothing says
# where the API is, and the socket is where it is looked for then.
clients[proxy] contains service.owner if {
	some proxy, by_service in roads
	some name, of_service in by_service
	service := services.by_name[name]
	some endpoint in service.endpoints
	some road in of_service
	_leads_to(endpoint.path, road)
}

clients[proxy] contains services.by_name[name].owner if {
	some proxy, by_service in roads
	some name, of_service in by_service
	count(setting_names.of[name] & setting_names.docker_api) == 0
	some road in of_service
	_leads_to(_default(name), road)
}

_leads_to(path, road) if path == road.path

_leads_to(path, road) if startswith(path, concat("", [road.inside, "/"]))

# _default is where a service looks for the API unless it is told.
_default(name) := data.composelint.endpoints.default_sockets.images[images.names[name]] if {
	data.composelint.endpoints.default_sockets.images[images.names[name]]
} else := data.composelint.endpoints.default_sockets.path

# reached are the endpoints, by their at, that are the path of a proxy's socket, with the proxies.
reached[endpoint.at] contains proxy if {
	some [endpoint, proxy, road] in _pointing
	endpoint.path == road.path
}

# perhaps are the endpoints, by their at, in a volume of proxies of which it is not known which
# sockets they make.
perhaps[endpoint.at] contains proxy if {
	some [endpoint, proxy, road] in _pointing
	is_null(road.path)
}

# missed are the endpoints, by their at, that are beside the socket of a proxy, with the path of that.
missed[endpoint.at] contains {"proxy": proxy, "path": road.path} if {
	some [endpoint, proxy, road] in _pointing
	is_string(road.path)
	not reached[endpoint.at]
	not perhaps[endpoint.at]
}

_pointing contains [endpoint, proxy, road] if {
	some proxy, by_service in roads
	some name, of_service in by_service
	some endpoint in services.by_name[name].endpoints
	some road in of_service
	_leads_to(endpoint.path, road)
}

# wanted are, by proxy, the paths at which it looks for the engine's socket: as they are written,
# and in the spelling of mounts.inside.
wanted := {name: {"written": trim_prefix(value, "unix://"), "path": path} |
	some name, kind in socket_proxies.facts
	services.by_name[name].environment_incomplete == false
	not name in proxy_setup.replaced
	value := proxy_setup.value_in_force(name, _options(kind), _variables(kind), kind.socket["default"])
	some path in _path(value, "")
}

# setting are, by proxy, the names of the settings that say that path.
setting := {name: proxy_setup.called(name, _options(kind), _variables(kind)) | some name, kind in socket_proxies.facts}

_options(kind) := object.get(kind, ["socket", "options"], [])

_variables(kind) := object.get(kind, ["socket", "variables"], [])
