# METADATA
# description: |
#   What keeps services from the Docker API that they are told of: names, networks, ports, addresses
#   and sockets that lead nowhere, and proxies that do not let them in. Each is the end of a sentence
#   that says what the endpoint names.
package composelint.endpoint_obstacles

import data.composelint.client_needs
import data.composelint.dind
import data.composelint.mounts
import data.composelint.networks
import data.composelint.proxy_admission
import data.composelint.proxy_ports
import data.composelint.proxy_setup
import data.composelint.proxy_sockets
import data.composelint.services
import data.composelint.setting_names
import data.composelint.shims
import data.composelint.socket_proxies
import data.composelint.zone

# of are, by the at of an endpoint, what keeps its service from an API.
of := _of

# perhaps are those that only may do so.
perhaps := _perhaps

_of[endpoint.at] contains says if {
	some service in input.project.services
	some endpoint in service.endpoints
	_of_docker_api(service.name, endpoint.name, endpoint.services)
	endpoint.reachable == false
	endpoint.meant == ""
	not _runs_its_own(service.name, endpoint.host)
	says := $`"{endpoint.host}", {_hindrance(service.name, endpoint.host, endpoint.services)}`
}

_of[endpoint.at] contains says if {
	some service in input.project.services
	some endpoint in service.endpoints
	endpoint.name in setting_names.docker_api
	endpoint.services == [service.owner]
	not socket_proxies.kinds[service.owner]
	not _runs_its_own(service.name, "localhost")
	says := $`"{endpoint.host}", which is the service itself: name the socket proxy`
}

# A slip of the name of a proxy. Where another project can have a service of that very name, it only
# may be one.
_of[endpoint.at] contains says if {
	some [endpoint, says] in _slips
	endpoint.beyond != "anybody"
}

_of[endpoint.at] contains says if {
	some service in input.project.services
	some endpoint in service.endpoints
	endpoint.name in setting_names.docker_api
	endpoint.meant != ""
	endpoint.reachable == false
	count({name | some name in endpoint.services; socket_proxies.kinds[name]}) == 0
	says := $`"{endpoint.host}", which is no name of the project: the nearest is "{endpoint.meant}"`
}

# Only the name server of the host can know such a name. Who points at no proxy of the project
# means that, and who does so besides means another machine, which is docker-host-insecure's.
_of[endpoint.at] contains says if {
	count(socket_proxies.kinds) > 0
	some service in input.project.services
	some endpoint in service.endpoints
	endpoint.name in setting_names.docker_api
	endpoint.beyond == "machine"
	endpoint.meant == ""
	endpoint.scheme in {"tcp", "http", ""}
	endpoint.port != 2376
	not service.owner in zone.declared_clients
	says := $`"{endpoint.host}", which is no service of the project: name the socket proxy "{min(object.keys(socket_proxies.kinds))}"`
}

_of[endpoint.at] contains says if {
	some [_, endpoint, proxy] in _arriving
	endpoint.target != 0
	ports := proxy_ports.known[proxy]
	count(ports) > 0
	not endpoint.target in ports
	says := $`port {endpoint.port}, but the socket proxy "{proxy}" listens on {concat(" and ", [$"{port}" | some port in sort([port | some port in ports])])}`
}

# Where an address states no port, it is the program's library that says which one is meant.
_of[endpoint.at] contains says if {
	some [service, endpoint, proxy] in _arriving
	endpoint.port == 0
	endpoint.scheme == "tcp"
	usual := client_needs.libraries[service.name].port
	ports := proxy_ports.known[proxy]
	count(ports) > 0
	not usual in ports
	says := $`the socket proxy "{proxy}" without a port, {_taken(usual)}: name port {min(ports)}`
}

# A proxy on its loopback address answers only those that share its network namespace.
_of[endpoint.at] contains says if {
	some [service, endpoint, proxy] in _arriving
	proxy in proxy_ports.on_loopback
	services.by_name[proxy].network_owner != service.network_owner
	says := $`the socket proxy "{proxy}", which listens on its own loopback address alone: {_open(proxy)}`
}

_of[endpoint.at] contains says if {
	some [_, endpoint, proxy] in _arriving
	proxy in proxy_ports.sockets_only
	says := $`the socket proxy "{proxy}", which listens on its unix socket alone: share that by a volume and name it by "unix://"`
}

_of[endpoint.at] contains says if {
	some [service, endpoint, proxy] in _arriving
	not proxy in _listening_to_few
	service.owner in proxy_admission.refused[proxy]
	says := $`the socket proxy "{proxy}", which lets in {_let_in(proxy)}: {_admit[proxy]}`
}

# A socket of a proxy has another path there.
_of[endpoint.at] contains says if {
	some service in input.project.services
	some endpoint in service.endpoints
	endpoint.name in setting_names.docker_api
	missed := min(proxy_sockets.missed[endpoint.at])
	says := $`"{endpoint.path}", but the socket of the proxy "{missed.proxy}" is "{missed.path}" there`
}

_perhaps[endpoint.at] contains says if {
	some [endpoint, says] in _slips
	endpoint.beyond == "anybody"
}

# A program that is known makes no socket of its own: where nothing is mounted there is none.
_perhaps[endpoint.at] contains says if {
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
	says := $`"{endpoint.path}", where nothing is mounted: name the socket proxy`
}

_slips contains [endpoint, says] if {
	some service in input.project.services
	some endpoint in service.endpoints
	_of_docker_api(service.name, endpoint.name, endpoint.services)
	endpoint.meant != ""
	some proxy in endpoint.services
	socket_proxies.kinds[proxy]
	says := $`"{endpoint.host}", which is no name of the project: {_means(service.name, proxy, endpoint.meant)}`
}

# _arriving are the endpoints that lead to a proxy alone, with both services.
_arriving contains [service, endpoint, proxy] if {
	some service in input.project.services
	some endpoint in service.endpoints
	_of_docker_api(service.name, endpoint.name, endpoint.services)
	endpoint.reachable == true
	proxies := {name | some name in endpoint.services; socket_proxies.kinds[name]}
	count(proxies) == 1
	count(endpoint.services) == count(proxies)
	some proxy in proxies
}

_of_docker_api(_, setting, _) if setting in setting_names.docker_api

# What socat connects to, as its command says, is a Docker API where it is a proxy.
_of_docker_api(name, _, to) if {
	name in (object.keys(shims.made) | object.keys(shims.forwards))
	some proxy in to
	socket_proxies.kinds[proxy]
}

_beside_the_api := dind.engines | zone.holders

_listening_to_few := proxy_ports.on_loopback | proxy_ports.sockets_only

# At its loopback address a container can have an engine of its own, or something that hands on a
# socket that it holds.
_runs_its_own(name, host) if {
	_is_here(host)
	name in _beside_the_api
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

_taken(0) := "which the program does not take"

_taken(usual) := $"which is port {usual} to the program" if usual != 0

_means(name, proxy, meant) := $`the socket proxy is "{meant}"` if {
	count(networks.of[name] & networks.of[proxy]) > 0
} else := $`the socket proxy is "{meant}", and shares no network with it`

_open(proxy) := $`set "{setting}" to "{everywhere}"` if [setting, everywhere] := openings[proxy]

_open(proxy) := `remove "bind" from its command` if shims.listening[proxy]

# openings are, by proxy on its loopback address, the setting by which it would listen everywhere, and its value.
openings := {proxy: [setting, everywhere] |
	some proxy in proxy_ports.on_loopback
	listen := socket_proxies.facts[proxy].listen
	setting := proxy_setup.called(proxy, [name | name := listen.option], [name | name := listen.variable])
	everywhere := replace(listen.default, "127.0.0.1", "0.0.0.0")
}

_let_in(proxy) := "nobody but itself" if {
	list := proxy_admission.lists[proxy]
	list == [socket_proxies.facts[proxy].clients["default"]]
} else := $"nobody, as its release reads {proxy_admission.reads[proxy]}" if {
	count(proxy_admission.lists[proxy]) == 0
} else := $`"{concat(",", proxy_admission.lists[proxy])}" alone`

# _admit are, by proxy, what lets its clients in.
_admit := {proxy: concat("", [_newer(proxy, owners), _to_admit(proxy_admission.setting[proxy], owners)]) |
	some proxy, owners in _admitted
}

_newer(proxy, owners) := proxy_admission.with_release(proxy, count(owners), "use release %s or later, and ")

# admissions are, by proxy that turns clients away, the setting that says whom it lets in, and the value that
# lets in all of them, where its release takes that.
admissions := {proxy: [proxy_admission.setting[proxy], concat(",", owners)] |
	some proxy, owners in _admitted
	_newer(proxy, owners) == ""
}

_admitted := {proxy: sort(owners) |
	some proxy, _ in proxy_admission.refused
	owners := {owner |
		some name in zone.clients[proxy]
		owner := services.by_name[name].network_owner
		owner != ""
		count(networks.of[proxy] & networks.of[owner]) > 0 # and not by a socket alone
	}
}

_to_admit(setting, owners) := $`set "{setting}" to "{concat(",", owners)}"` if {
	count(owners) < 8
} else := $`name its clients in "{setting}"`

_hindrance(name, host, others) := $`where no port of "{bearer}" is published for it: {_way(name, bearer)}` if {
	bearer := _bearer(others)
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

# _bearer is the service whose addresses and ports others have that live in its network namespace.
_bearer(others) := min(owners) if {
	owners := {owner | some other in others; owner := services.by_name[other].network_owner; owner != ""}
	count(owners) > 0
} else := min(others)

# _way is what leads to a service from the host's network, or from a network.
_way(name, other) := $`give "{other}" an "ipv4_address" in a subnet of network "{min(_bridges[other])}" and name that` if {
	networks.on_host[name]
	count(_bridges[other]) > 0
} else := $`give "{other}" an "ipv4_address" on a bridge network that is not isolated and name that` if {
	networks.on_host[name]
} else := $`put both on one network and name "{other}"`

# _bridges are, by service, the networks of the project by which the host reaches it.
_bridges[name] contains network.name if {
	some name, of_service in networks.of
	some network_name in of_service
	network := networks.by_name[network_name]
	network.external == false
	network.isolated == false
	network.driver in {"", "bridge"}
}

_distance(name, host, others) := $`an address on network "{network}", by which the host reaches nobody: {_way(name, bearer)}` if {
	networks.on_host[name]
	bearer := _bearer(others)
	network := min({attachment.name | some attachment in services.by_name[bearer].networks; host in attachment.addresses})
} else := $`which no name server tells a container on the host's network: {_way(name, _bearer(others))}` if {
	networks.on_host[name]
} else := $`which has no name of its own beside service "{owner}": name "{owner}"` if {
	owner := min({services.by_name[other].network_owner | some other in others; _meets(name, other)})
} else := "which has no name on Docker's default bridge: put both on a network of the project" if {
	some other in others
	networks.on_bridge[name]
	networks.on_bridge[other]
} else := $`which is no name of it on a network that both are on: name "{other}"` if {
	other := _bearer(others)
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
