# METADATA
# title: Docker endpoint that cannot be reached
# description: |
#   The service is told to find the Docker API under a name that no service of the project
#   has, on a service that shares no network with it or has no name there, since it uses the
#   network namespace of another, or on a port or address that the socket proxy does not
#   listen on. It will not work as it stands, and the usual way out in a hurry is to mount the
#   socket after all.
#
#   Name the proxy's service, as in `tcp://docker-proxy:2375`, and put both on one
#   network. A proxy with `network_mode: service:vpn` answers to the name `vpn`. Some proxies
#   listen on their own loopback address unless they are told otherwise: wollomatic's by
#   `-listenip=0.0.0.0`.
# related_resources:
#   - ref: https://docs.docker.com/reference/cli/docker/#environment-variables
#     description: DOCKER_HOST
#   - ref: https://github.com/Tecnativa/docker-socket-proxy
#     description: Tecnativa docker-socket-proxy
# custom:
#   severity: error
#   precision: high
#   set: default
#   controls: [guide]
#   tags: [correctness]
package composelint.rules["docker-host-unreachable"]

import data.composelint.lint
import data.composelint.networks
import data.composelint.proxy_ports
import data.composelint.services
import data.composelint.setting_names
import data.composelint.socket_proxies

findings contains lint.on(endpoint, message) if {
	some service in input.project.services
	some endpoint in service.endpoints
	endpoint.name in setting_names.docker_api
	endpoint.reachable == false
	message := $`"{endpoint.name}" of {service.called} names "{endpoint.host}", {_obstacle(service.name, endpoint.host, endpoint.services)}`
}

findings contains lint.on(endpoint, message) if {
	some service in input.project.services
	some endpoint in service.endpoints
	endpoint.name in setting_names.docker_api
	endpoint.reachable == true
	endpoint.port != 0
	count(endpoint.services) == 1
	some proxy in endpoint.services
	port := proxy_ports.known[proxy]
	port != endpoint.port
	message := $`"{endpoint.name}" of {service.called} names port {endpoint.port}, but the socket proxy "{proxy}" listens on {port}`
}

# A proxy on its loopback address answers only those that share its network namespace.
findings contains lint.on(endpoint, message) if {
	some service in input.project.services
	some endpoint in service.endpoints
	endpoint.name in setting_names.docker_api
	endpoint.reachable == true
	count(endpoint.services) == 1
	some proxy in endpoint.services
	proxy in proxy_ports.on_loopback
	services.by_name[proxy].network_owner != service.network_owner
	message := $`"{endpoint.name}" of {service.called} names the socket proxy "{proxy}", which listens on its own loopback address alone: {_open(proxy)}`
}

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

_obstacle(name, host, others) := _distance(name, others) if {
	count(others) > 0
} else := `which is a service without that name on their network: remove "use_service_name_alias: false" there` if {
	services.by_name[host]
} else := "which is no service of the project: name the socket proxy"

_distance(name, others) := $`which has no name of its own beside service "{owner}": name "{owner}"` if {
	owner := min({services.by_name[other].network_owner | some other in others; _meets(name, other)})
} else := "which has no name on Docker's default bridge: put both on a network of the project" if {
	some other in others
	networks.on_bridge[name]
	networks.on_bridge[other]
} else := "which shares no network with it: put both on one network"

# _meets is true of a container in the network namespace of another that the first reaches: the
# engine knows no name for it but the other's.
_meets(name, other) if {
	not services.by_name[other].network_owner in {other, ""}
	count(networks.of[name] & networks.of[other]) > 0
}
