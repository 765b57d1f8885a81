# METADATA
# title: Docker endpoint that cannot be reached
# description: |
#   The service is told to find the Docker API under a name that no service of the project has, on a
#   service that shares no network with it or has no name there, since it uses the network namespace
#   of another, on a port, an address or a socket on which the socket proxy does not listen, or at a
#   proxy that does not let it in. It will not work as it stands, and the usual way out in a hurry
#   is to mount the socket after all.
#
#   Name the proxy's service, as in `tcp://docker-proxy:2375`, and put both on one network. A proxy
#   with `network_mode: service:vpn` answers to the name `vpn`. A service on the host's network
#   knows no names of containers: give the proxy an `ipv4_address` and name that. Some proxies
#   listen on their own loopback address unless they are told otherwise: wollomatic's by
#   `-listenip=0.0.0.0`; and it lets nobody in but itself without `-allowfrom`, which takes the
#   clients' names.
# related_resources:
#   - ref: https://docs.docker.com/reference/cli/docker/#environment-variables
#     description: DOCKER_HOST
#   - ref: https://docs.docker.com/engine/network/#dns-services
#     description: Names of containers
#   - ref: https://github.com/Tecnativa/docker-socket-proxy
#     description: Tecnativa docker-socket-proxy
# custom:
#   severity: error
#   precision: high
#   set: default
#   controls: [guide]
#   tags: [correctness]
package composelint.rules["docker-host-unreachable"]

import data.composelint.client_needs
import data.composelint.dind
import data.composelint.lint
import data.composelint.mounts
import data.composelint.networks
import data.composelint.proxy_admission
import data.composelint.proxy_ports
import data.composelint.proxy_sockets
import data.composelint.services
import data.composelint.setting_names
import data.composelint.socket_proxies
import data.composelint.zone

findings contains lint.on(endpoint, message) if {
	some service in input.project.services
	some endpoint in service.endpoints
	endpoint.name in setting_names.docker_api
	endpoint.reachable == false
	endpoint.meant == ""
	not _runs_its_own(service.name, endpoint.host)
	message := $`"{endpoint.name}" of {service.called} names "{endpoint.host}", {_obstacle(service.name, endpoint.host, endpoint.services)}`
}

findings contains lint.on(endpoint, message) if {
	some service in input.project.services
	some endpoint in service.endpoints
	endpoint.name in setting_names.docker_api
	endpoint.services == [service.owner]
	not socket_proxies.kinds[service.owner]
	not _runs_its_own(service.name, "localhost")
	message := $`"{endpoint.name}" of {service.called} names "{endpoint.host}", which is the service itself: name the socket proxy`
}

# A slip of the name of a proxy. Where another project can have a service of that very name, it only
# may be one.
findings contains lint.with_severity(lint.on(endpoint, message), severity) if {
	some service in input.project.services
	some endpoint in service.endpoints
	endpoint.name in setting_names.docker_api
	endpoint.meant != ""
	some proxy in endpoint.services
	socket_proxies.kinds[proxy]
	severity := _certainty(endpoint.beyond)
	message := $`"{endpoint.name}" of {service.called} names "{endpoint.host}", which is no name of the project: {_means(service.name, proxy, endpoint.meant)}`
}

findings contains lint.on(endpoint, message) if {
	some service in input.project.services
	some endpoint in service.endpoints
	endpoint.name in setting_names.docker_api
	endpoint.meant != ""
	endpoint.reachable == false
	count({name | some name in endpoint.services; socket_proxies.kinds[name]}) == 0
	message := $`"{endpoint.name}" of {service.called} names "{endpoint.host}", which is no name of the project: the nearest is "{endpoint.meant}"`
}

# Only the name server of the host can know such a name. Who points at no proxy of the project
# means that, and who does so besides means another machine, which is docker-host-insecure's.
findings contains lint.on(endpoint, message) if {
	some service in input.project.services
	some endpoint in service.endpoints
	endpoint.name in setting_names.docker_api
	endpoint.beyond == "machine"
	endpoint.meant == ""
	endpoint.scheme in {"tcp", "http", ""}
	endpoint.port != 2376
	count(socket_proxies.kinds) > 0
	not service.owner in zone.declared_clients
	message := $`"{endpoint.name}" of {service.called} names "{endpoint.host}", which is no service of the project: name the socket proxy "{min(object.keys(socket_proxies.kinds))}"`
}

findings contains lint.on(endpoint, message) if {
	some [service, endpoint, proxy] in _arriving
	endpoint.target != 0
	ports := proxy_ports.known[proxy]
	count(ports) > 0
	not endpoint.target in ports
	message := $`"{endpoint.name}" of {service.called} names port {endpoint.port}, but the socket proxy "{proxy}" listens on {concat(" and ", [$"{port}" | some port in sort([port | some port in ports])])}`
}

# A proxy on its loopback address answers only those that share its network namespace.
findings contains lint.on(endpoint, message) if {
	some [service, endpoint, proxy] in _arriving
	proxy in proxy_ports.on_loopback
	services.by_name[proxy].network_owner != service.network_owner
	message := $`"{endpoint.name}" of {service.called} names the socket proxy "{proxy}", which listens on its own loopback address alone: {_open(proxy)}`
}

findings contains lint.on(endpoint, message) if {
	some [service, endpoint, proxy] in _arriving
	proxy in proxy_ports.sockets_only
	message := $`"{endpoint.name}" of {service.called} names the socket proxy "{proxy}", which listens on its unix socket alone: share that by a volume and name it by "unix://"`
}

findings contains lint.on(endpoint, message) if {
	some [service, endpoint, proxy] in _arriving
	not proxy in (proxy_ports.on_loopback | proxy_ports.sockets_only)
	service.owner in proxy_admission.refused[proxy]
	message := $`"{endpoint.name}" of {service.called} names the socket proxy "{proxy}", which lets in {_let_in(proxy)}: set "{_setting(proxy)}" to "{_clients(proxy)}"`
}

# A socket of a proxy has another path there.
findings contains lint.on(endpoint, message) if {
	some service in input.project.services
	some endpoint in service.endpoints
	endpoint.name in setting_names.docker_api
	missed := min(proxy_sockets.missed[endpoint.at])
	message := $`"{endpoint.name}" of {service.called} names "{endpoint.path}", but the socket of the proxy "{missed.proxy}" is "{missed.path}" there`
}

# A program that is known makes no socket of its own: where nothing is mounted there is none.
findings contains lint.with_severity(lint.on(endpoint, message), "warning") if {
	some service in input.project.services
	service.complete == true
	service.built == false
	service.privileged == false
	service.use_api_socket == false
	count(service.volumes_from) == 0
	not service.name in dind.engines
	client_needs.known[service.name]
	some endpoint in service.endpoints
	endpoint.name in setting_names.docker_api
	endpoint.scheme == "unix"
	count([mount | some mount in service.mounts; mounts.covers(mount.at, endpoint.path)]) == 0
	message := $`"{endpoint.name}" of {service.called} names "{endpoint.path}", where nothing is mounted: name the socket proxy`
}

# _arriving are the endpoints that lead to a proxy alone, with both services.
_arriving contains [service, endpoint, proxy] if {
	some service in input.project.services
	some endpoint in service.endpoints
	endpoint.name in setting_names.docker_api
	endpoint.reachable == true
	proxies := {name | some name in endpoint.services; socket_proxies.kinds[name]}
	count(proxies) == 1
	count(endpoint.services) == count(proxies)
	some proxy in proxies
}

# At its loopback address a container can have an engine of its own, or something that hands on a
# socket that it holds.
_runs_its_own(name, host) if {
	_is_here(host)
	name in (dind.engines | zone.holders)
}

_runs_its_own(name, host) if {
	_is_here(host)
	not services.by_name[name].privileged == false
}

_runs_its_own(name, host) if {
	_is_here(host)
	not services.by_name[name].runtime == ""
}

_is_here(host) if regex.match(`(?i)^(localhost|127\..*|::1|0\.0\.0\.0|::)$`, host)

_means(name, proxy, meant) := $`the socket proxy is "{meant}"` if {
	count(networks.of[name] & networks.of[proxy]) > 0
} else := $`the socket proxy is "{meant}", and shares no network with it`

_certainty("anybody") := "warning"

_certainty(beyond) := "error" if beyond != "anybody"

_open(proxy) := $`set "{setting}" to "{everywhere}"` if {
	listen := socket_proxies.facts[proxy].listen
	service := services.by_name[proxy]
	stated := [name |
		some name in [listen.option, listen.variable]
		some setting in array.concat(service.environment, service.options)
		setting.name == name
	]
	setting := array.concat(stated, [listen.variable])[0]
	everywhere := replace(listen.default, "127.0.0.1", "0.0.0.0")
}

_let_in(proxy) := "nobody but itself" if {
	list := proxy_admission.lists[proxy]
	list == [socket_proxies.facts[proxy].clients["default"]]
} else := $`"{concat(",", proxy_admission.lists[proxy])}" alone`

_setting(proxy) := option if {
	option := socket_proxies.facts[proxy].clients.option
	some stated in services.by_name[proxy].options
	stated.name == option
} else := socket_proxies.facts[proxy].clients.variable

_clients(proxy) := concat(",", sort([services.by_name[name].network_owner | some name in zone.clients[proxy]]))

_obstacle(name, host, others) := $`where no port of "{min(others)}" is published for it: {_way(name, min(others))}` if {
	count(others) > 0
	_is_of_host(host)
} else := _distance(name, host, others) if {
	count(others) > 0
} else := "where nothing else is: name the socket proxy's service" if {
	_is_here(host)
} else := `which is a service without that name on their network: remove "use_service_name_alias: false" there` if {
	services.by_name[host]
} else := "which is no service of the project: name the socket proxy"

_is_of_host(host) if _is_here(host)

_is_of_host(host) if data.composelint.docker_engines.host_names[lower(host)]

_is_of_host(host) if regex.match(`^172\.(1[6-9]|2\d|3[01])\.\d+\.1$`, host)

# _way is what leads to a service from the host's network, or from a network.
_way(name, other) := $`give "{other}" an "ipv4_address" in a subnet of its network and name that` if {
	networks.on_host[name]
} else := $`put both on one network and name "{other}"`

_distance(name, host, others) := $`which no name server tells a container on the host's network: {_way(name, min(others))}` if {
	networks.on_host[name]
} else := $`which has no name of its own beside service "{owner}": name "{owner}"` if {
	owner := min({services.by_name[other].network_owner | some other in others; _meets(name, other)})
} else := "which has no name on Docker's default bridge: put both on a network of the project" if {
	some other in others
	networks.on_bridge[name]
	networks.on_bridge[other]
} else := $`which is no name of it on a network that both are on: name "{other}"` if {
	other := min(others)
	services.by_name[other].network_owner == other
	lower(other) != lower(host)
	count(networks.of[name] & networks.of[other]) > 0
} else := "which shares no network with it: put both on one network"

# _meets is true of a container in the network namespace of another that the first reaches: the
# engine knows no name for it but the other's.
_meets(name, other) if {
	not services.by_name[other].network_owner in {other, ""}
	count(networks.of[name] & networks.of[other]) > 0
}
