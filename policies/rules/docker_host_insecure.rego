# METADATA
# title: Docker API without TLS
# description: |
#   An engine that listens on a TCP port without TLS takes orders from everybody who reaches
#   the port, and an order to it is root where it runs: on the host itself, or, for an engine
#   in a container, on all that runs there, and mostly on the host as well, since such a
#   container is privileged. A client that talks to it so needs that port to be open, and
#   everybody on the way can read and change what it says.
#
#   For the host's own engine, put a socket proxy on an internal network and name it in
#   `DOCKER_HOST`; for another machine's, use `ssh://user@host`, or port 2376 with
#   `DOCKER_TLS_VERIFY=1`. Let an engine in a container keep `DOCKER_TLS_CERTDIR=/certs`, its
#   default, and share `/certs/client` with its clients; or let both share its unix socket in
#   a volume and nobody listen.
# related_resources:
#   - ref: https://docs.docker.com/engine/security/protect-access/
#     description: Protect the Docker daemon socket
#   - ref: https://docs.docker.com/reference/cli/dockerd/#daemon-socket-option
#     description: Daemon socket option
#   - ref: https://hub.docker.com/_/docker
#     description: The docker image, with TLS
#   - ref: https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html
#     description: OWASP Docker Security Cheat Sheet
# custom:
#   severity: error
#   security_severity: 9.5
#   precision: high
#   set: default
#   by_hand: whether the engine at the other end takes SSH or TLS, no file of the project says
#   controls: [owasp-docker/1, nist-800-190/4.3.2]
#   tags: [external/cwe/cwe-306, external/cwe/cwe-319]
#   techniques: [T1609, T1610, T1613, T1552.007, T1543.005, T1133]
package composelint.rules["docker-host-insecure"]

import data.composelint.client_endpoints
import data.composelint.dind
import data.composelint.lint
import data.composelint.networks
import data.composelint.outsiders
import data.composelint.reach
import data.composelint.services
import data.composelint.setting_names
import data.composelint.socket_proxies
import data.composelint.zone

# --- clients

findings contains lint.with_severity(lint.on(endpoint, message), target.severity) if {
	some service in input.project.services
	not service.name in dind.engines
	some endpoint in service.endpoints
	_names_api(endpoint.name, endpoint.scheme)
	not client_endpoints.ignored[endpoint.at]
	not service.owner in _with_tls
	endpoint.scheme in {"tcp", "http", ""}
	endpoint.port != 2376
	not endpoint.at in _unreachable
	not _is_answered(service.name, endpoint.host, endpoint.services)
	target := _target(service.name, service.owner, endpoint.host, endpoint.port, endpoint.beyond)
	message := $`"{endpoint.name}" of {service.called} calls the Docker API of {target.called} without TLS: {target.remedy}`
}

findings contains lint.with_severity(lint.on({"at": engine.at}, message), whom.severity) if {
	some name, engine in dind.plain
	whom := _whom(name, engine.port)
	message := $`{services.by_name[name].called} runs a Docker engine that takes orders without TLS{whom.called}: {engine.remedy}`
}

_names_api(name, _) if name in setting_names.docker_api

_names_api(name, "tcp") if name in data.composelint.docker_engines.host_options

# What cannot be reached is left to docker-host-unreachable.
_unreachable contains endpoint.at if {
	some service in input.project.services
	some endpoint in service.endpoints
	endpoint.reachable == false
}

# _is_answered is true of an endpoint that leads to a service of the project. On the host's network
# there are others as well, of which most have nothing to do with the API.
_is_answered(name, host, services) if {
	count(services) > 0
	not _is_at_host(name, host)
}

_is_answered(_, _, services) if {
	some service in services
	_hands_on(service)
}

_hands_on(name) if socket_proxies.kinds[name]

_hands_on(name) if name in dind.engines

_is_at_host(name, host) if _is_host(name, host)

_is_at_host(name, host) if {
	regex.match(_loopback, host)
	networks.on_host[name]
}

# A port of the host that a service of the project publishes leads to that service, which is
# judged itself.
_target(name, _, host, port, _) := {"severity": "error", "called": $`the host, by "{host}",`, "remedy": "use a socket proxy on an internal network"} if {
	_is_host(name, host)
	not port in _published
}

_target(name, _, host, port, _) := {"severity": "warning", "called": $`the host, by "{host}",`, "remedy": "use a socket proxy on an internal network"} if {
	regex.match(_loopback, host)
	networks.on_host[name]
	not port in _published
}

_target(name, owner, host, _, beyond) := {"severity": "error", "called": $`"{host}"`, "remedy": `use "ssh://", or TLS on port 2376`} if {
	_elsewhere(name, host, beyond)
	_is_meant(owner, beyond)
	not _is_host(name, host)
	not _perhaps_a_proxy(name, owner, object.get(_extra_hosts, [name, host], host))
}

_is_host(_, host) if data.composelint.docker_engines.host_names[lower(host)]

_is_host(_, host) if regex.match(_gateway, host)

_is_host(name, host) if _extra_hosts[name][host] == "host-gateway"

_elsewhere(_, host, _) if {
	regex.match(_address, host)
	not regex.match(_loopback, host)
	not host in {"0.0.0.0", "::"}
}

_elsewhere(name, host, _) if _extra_hosts[name][host]

# The name of another machine; on a network of others, that of a container.
_elsewhere(name, host, _) if {
	contains(host, ".")
	not regex.match(_address, host)
	not name in _beside_others
}

# A name that only the name server of the host can know.
_elsewhere(_, _, "machine")

# Where there is a proxy, such a name is a slip for it, unless the service points at one besides.
_is_meant(_, beyond) if beyond != "machine"

_is_meant(_, _) if count(socket_proxies.kinds) == 0

_is_meant(owner, _) if owner in zone.declared_clients

# A private address may be that of a container, and no file says so.
_perhaps_a_proxy(name, _, address) if {
	regex.match(_private, address)
	name in _beside_others
}

_perhaps_a_proxy(_, owner, address) if {
	regex.match(_private, address)
	owner in reach.all_names
}

_address := `^(\d+\.\d+\.\d+\.\d+|[0-9A-Fa-f]*:[0-9A-Fa-f:]+)$`

_loopback := `^(127\..*|::1|localhost)$`

# _gateway is the host on a bridge of Docker's first address pools.
_gateway := `^172\.(1[6-9]|2\d|3[01])\.\d+\.1$`

_private := `^((172\.(1[6-9]|2\d|3[01])|192\.168|10)\.|[fF][cdCD])`

_extra_hosts := {service.name: addresses |
	some service in input.project.services
	addresses := {name: min(of_name) |
		some name in {host.name | some host in service.extra_hosts}
		of_name := {host.address | some host in service.extra_hosts; host.name == name}
		count(of_name) > 0
	}
}

_beside_others contains service.name if {
	some service in input.project.services
	some name in networks.of[service.name]
	networks.by_name[name].external == true
}

_published contains number if {
	some service in input.project.services
	some port in service.ports
	port.last - port.first < 100
	some number in numbers.range(port.first, port.last)
}

# _with_tls are the services that are told to use TLS, or may be told so in a file that is not
# there.
_with_tls contains service.owner if {
	some service in input.project.services
	count(setting_names.of[service.name] & _names_of_tls) > 0
	some setting in array.concat(service.environment, service.options)
	setting.name in _names_of_tls
	not setting.at in _off
}

_with_tls contains service.owner if {
	some service in input.project.services
	service.environment_incomplete == true
}

_names_of_tls := {name |
	some name in setting_names.in_use
	regex.match(`(?i)^(tls|ssl)|(docker|watcher|remote).*(tls|cert|cafile)`, name)
}

_off contains setting.at if {
	some service in input.project.services
	some setting in array.concat(service.environment, service.options)
	setting.value in {"0", "false"}
}

# An option without a value is on.
_off contains variable.at if {
	some service in input.project.services
	some variable in service.environment
	variable.value == ""
}

# --- engines in containers

_whom(name, port) := {"severity": "error", "called": $` from outside, by {ways[0].called}`} if {
	ways := [way | some way in outsiders.ways[name]; _leads_to(way.kind, way.port, port)]
	count(ways) > 0
} else := {"severity": "error", "called": $` from all on network "{min(shared)}"`} if {
	shared := networks.of[name] & (networks.known_open | _crowded)
	count(shared) > 0
} else := {"severity": "warning", "called": ""}

_leads_to("host-network", _, _)

_leads_to(_, to, port) if to in {0, port}

# _crowded are the networks with others than an engine and one client.
_crowded := {network |
	some network, owners in _members
	count(owners) > 2
}

_members[network] contains service.owner if {
	some service in input.project.services
	some network in networks.of[service.name]
}
