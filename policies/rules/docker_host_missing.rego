# METADATA
# title: Client of a socket proxy that does not point at it
# description: |
#   The service names the socket proxy in a setting that its program does not read: some have an
#   option or a variable of their own, such as Diun's `DIUN_PROVIDERS_DOCKER_ENDPOINT`, some a page or
#   a file, and some ask unix sockets alone. Or the service is the only one beside the socket proxy on an internal network, so it is
#   there for the proxy; but nothing tells it where the Docker API is. It will look for
#   the socket in its own container, find none, and fail, or somebody will mount the real
#   one.
#
#   Set `DOCKER_HOST=tcp://docker-proxy:2375` in its environment, with the proxy's name,
#   or the option that the program has for it, such as Traefik's
#   `--providers.docker.endpoint`.
# related_resources:
#   - ref: https://docs.docker.com/reference/cli/docker/#environment-variables
#     description: DOCKER_HOST
#   - ref: https://github.com/Tecnativa/docker-socket-proxy
#     description: Tecnativa docker-socket-proxy
# custom:
#   severity: warning
#   security_severity: 5.5
#   precision: medium
#   set: default
#   fixes: [unsafe]
#   controls: [guide]
package composelint.rules["docker-host-missing"]

import data.composelint.client_endpoints
import data.composelint.client_needs
import data.composelint.lint
import data.composelint.networks
import data.composelint.proxy_admission
import data.composelint.proxy_networks
import data.composelint.proxy_plans
import data.composelint.proxy_ports
import data.composelint.services
import data.composelint.setting_names
import data.composelint.socket_proxies
import data.composelint.zone

findings contains lint.with_fixes(lint.on(endpoint, message), _instead(service.name, endpoint.at, endpoint.host, endpoint.port)) if {
	some service in input.project.services
	some endpoint in service.endpoints
	why := client_endpoints.ignored[endpoint.at]
	why != "replaced"
	some proxy in endpoint.services
	socket_proxies.kinds[proxy]
	not service.owner in _told_otherwise
	not _configured_by_files[service.owner]
	program := data.composelint.consumers[client_needs.known[service.name]].name
	message := $`"{endpoint.name}" of {service.called} names the socket proxy "{proxy}", but {program} {_deaf(why, service.name, endpoint.host, endpoint.port)}`
}

findings contains lint.with_fixes(lint.on(service, message), fixes) if {
	some network, name in proxy_networks.lone_neighbours
	service := services.by_name[name]
	service.complete == true
	not name in zone.pointed
	not name in zone.configured_elsewhere
	proxies := {proxy | some proxy, _ in socket_proxies.kinds; network in networks.of[proxy]}
	count(proxies & socket_proxies.settled) == 0
	proxy := min(proxies - (proxy_ports.on_loopback | proxy_ports.sockets_only))
	message := $`{service.called} is alone with the socket proxy "{proxy}" but has no "{_told_by(name)}": set it to "{_address(proxy, name)}"{_and_let_in(proxy, name)}`
	ports := object.get(proxy_ports.of_api, proxy, set())
	fixes := [fix | count(ports) == 1; some port in ports; some fix in _fixes(service.name, services.by_name[proxy].network_owner, port)]
}

_fixes(name, host, port) := [lint.unsafe($`tell it of "{host}"`, _asks(host), told.edits) |
	some told in proxy_plans.told(name, {"host": host, "port": port})
]

# A setting that the program does not read makes way for the one that it does.
_instead(name, at, host, port) := [lint.unsafe($`write "{advised}" instead of "{variable.name}"`, _asks(host), [lint.rename(variable, advised)])] if {
	[variable] := [variable | some variable in services.by_name[name].environment; variable.at == at]
	advised := proxy_plans.variable(name)
	count(proxy_plans.by_option(name, {"host": host, "port": port})) == 0
	variable.value == client_endpoints.address(name, host, port)
	count(client_endpoints.with_it(name, host, port)) == 0
} else := [lint.unsafe($`tell it of "{host}" by "{client_endpoints.told_by[name].advised}"`, _asks(host), array.concat([lint.remove({"at": at})], told.edits)) |
	some told in proxy_plans.by_setting(name, {"host": host, "port": port})
]

_asks(host) := $`it asks "{host}" then, which it did not`

# _told_by is what a program reads that is known, else what most do.
_told_by(name) := client_endpoints.told_by[name].advised if {
	client_endpoints.told_by[name].advised != ""
} else := "DOCKER_HOST"

_address(proxy, name) := _written(name, services.by_name[proxy].network_owner, port) if {
	ports := proxy_ports.of_api[proxy]
	count(ports) == 1
	some port in ports
} else := _written(name, services.by_name[proxy].network_owner, 0)

_and_let_in(proxy, name) := $`, and name it in "{proxy_admission.setting[proxy]}" there{since}` if {
	proxy_admission.turns_away(proxy, name) == true
	number := 1 + count(object.get(zone.clients, proxy, set())) # as a list of one is full when another is in it
	since := proxy_admission.with_release(proxy, number, ", with release %s or later")
} else := ""

_told_otherwise contains service.owner if {
	some service in input.project.services
	some endpoint in service.endpoints
	endpoint.name in setting_names.docker_api
	not client_endpoints.ignored[endpoint.at]
}

# What a program of that release does instead, and the way out.
_deaf("unread", name, host, port) := $`does not read it: set "{advised}" to "{_written(name, host, port)}"` if {
	advised := client_endpoints.told_by[name].advised
	advised != ""
} else := $`does not read it: name the proxy {where}` if {
	where := client_endpoints.settings[name]
}

_deaf("unix", name, _, _) := "asks unix sockets alone in this release: use a newer image" if {
	name in client_endpoints.of_older_release
} else := "asks unix sockets alone: share a socket with it that hands on to the proxy, as socat does"

_written(name, host, port) := concat("", array.concat(
	[client_endpoints.address(name, host, port)],
	[$`" with "{setting}" as "{value}` | some setting, value in client_endpoints.with_it(name, host, port)],
))

# _configured_by_files are the services of which a file of their own may name the proxy.
_configured_by_files[name] := true if {
	some name in zone.configured_elsewhere
	not client_endpoints.settings[name]
}

_configured_by_files[service.owner] := true if {
	some service in input.project.services
	some mount in service.mounts
	mount.type in {"bind", "config", "secret"}
	some pattern in data.composelint.endpoints.configuration_file.targets
	regex.match(pattern, mount.target)
}
