# METADATA
# description: |
#   The API zone: the services that the Docker API is within reach of, as socket proxies, as
#   their clients or as holders of an API socket.
package composelint.zone

import data.composelint.client_endpoints
import data.composelint.images
import data.composelint.mounts
import data.composelint.networks
import data.composelint.proxy_sockets
import data.composelint.setting_names
import data.composelint.socket_proxies

# members are all services in it.
members := (object.keys(socket_proxies.kinds) | declared_clients) | holders

# clients are the services that point at a proxy, or a hook of which does, by the proxy's name: by its
# address, by a slip of it, or by its socket.
clients[proxy] contains service.owner if {
	some service in input.project.services
	some endpoint in service.endpoints
	not client_endpoints.replaced[endpoint.at]
	_points(endpoint.name, endpoint.meant)
	some proxy in endpoint.services
	socket_proxies.kinds[proxy]
	proxy != service.owner
}

clients[proxy] contains name if {
	some proxy, names in proxy_sockets.clients
	some name in names
	proxy != name
}

# One that is set up in its own pages or files, and is alone with a proxy.
clients[proxy] contains name if some name, proxy in settled

# behind are, by proxy that holds no socket, the one that it asks, the one that this asks, and
# so on.
behind := {name: servers |
	some name, _ in _next
	servers := graph.reachable(_next, {name}) - {name}
	count(servers) > 0
}

# _next is, by proxy, the one that it asks alone.
_next := {name: _asked(name) | some name, _ in socket_proxies.kinds}

_asked(name) := {server | some server in socket_proxies.upstreams[name]; socket_proxies.kinds[server]} if {
	not name in holders
	count(socket_proxies.upstreams[name]) == 1
} else := set()

# relays are, by proxy, the proxies that ask it for others.
relays[proxy] contains name if {
	some name, servers in behind
	some proxy in servers
}

# askers are, by proxy, the services whose requests come to it, straight or through proxies that ask it
# for others. Where nobody in the project is known to ask these, they are its askers themselves.
askers := {proxy: _before(proxy) | some proxy, _ in clients}

_before(proxy) := names if {
	names := union({object.get(clients, of, set()) | some of in ({proxy} | object.get(relays, proxy, set()))}) - object.keys(behind)
	count(names) > 0
} else := clients[proxy]

# settled are the clients that are told of a proxy in a page or a file of their own and that nothing in
# sight points elsewhere, by the one proxy with which each is alone on a network of the project.
settled := {name: proxy |
	some name, _ in client_endpoints.settings
	not name in holders
	not name in _told_here
	proxies := {proxy | some network in networks.of[name]; some proxy in _alone_with[network]}
	count(proxies) == 1
	some proxy in proxies
}

_told_here contains service.owner if {
	some service in input.project.services
	some endpoint in service.endpoints
	endpoint.name in setting_names.docker_api
}

# _alone_with is, by network of the project with one proxy and one other service, the proxy.
_alone_with[network] contains proxy if {
	some network, names in _on_network
	not networks.by_name[network].external == true
	count(names) == 2
	some proxy in names
	count({name | some name in names; socket_proxies.kinds[name]}) == 1
	socket_proxies.kinds[proxy]
}

_on_network[network] contains service.owner if {
	some service in input.project.services
	some network in networks.of[service.name]
}

# A name that is none of the project may be a slip where it is that of a Docker API, and anything
# else.
_points(_, "")

_points(name, _) if name in setting_names.docker_api

# declared_clients are the services that point at some proxy.
declared_clients := {name | some names in clients; some name in names}

# holders are the services that hold an API socket, or a hook of which does.
holders := mounts.holders

# pointed are the services that something may point at a Docker API, whatever it is.
pointed contains service.owner if {
	some service in input.project.services
	count(setting_names.of[service.name] & setting_names.docker_api) > 0
}

pointed contains service.owner if {
	some service in input.project.services
	some variable in service.environment
	socket_proxies.kinds[variable.value]
}

pointed contains service.owner if {
	some service in input.project.services
	some by_service in proxy_sockets.roads
	by_service[service.name]
}

# named_clients are the services that the configuration calls clients, of which the project does
# not show at what they point.
named_clients := {role.service | some role in input.config.roles.clients} - declared_clients

# configured_elsewhere are the services whose endpoint can stand in a mounted file, in a file of
# variables that is not there, or in the application's own settings.
configured_elsewhere contains service.owner if {
	some service in input.project.services
	some mount in service.mounts
	_may_bring_files(mount.at, mount.type)
	some pattern in data.composelint.endpoints.configuration_file.targets
	regex.match(pattern, mount.target)
}

configured_elsewhere contains service.owner if {
	some service in input.project.services
	service.environment_incomplete == true
}

configured_elsewhere contains service.owner if {
	some service in input.project.services
	client_endpoints.settings[service.name]
}

_may_bring_files(_, type) if type in {"bind", "config", "secret"}

# What depends on a variable that nobody set may be a path.
_may_bring_files(at, _) if not at in mounts.known_sources

# ci_runners are the services that start the jobs of others by the API that they are given,
# with the runner's name. Some images run an engine of their own for that.
ci_runners := {service.name: runner.name |
	some service in input.project.services
	runner := _runner_of(images.names[service.name])
	not service.name in _with_own_engine
}

_runner_of(image) := data.composelint.ci_runners.runners[data.composelint.prepared.ci_runner_of[image]]

_with_own_engine contains service.name if {
	some service in input.project.services
	some part in _runner_of(images.names[service.name]).own_engine
	contains(service.image.tag, part)
}
