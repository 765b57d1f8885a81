# METADATA
# title: Docker endpoint that cannot be reached
# description: |
#   The service is told to find the Docker API under a name that no service of the project
#   has, on a service that shares no network with it or has no name there, since it uses the
#   network namespace of another, or on a port that the socket proxy does not listen on. It
#   will not work as it stands, and the usual way out in a hurry is to mount the socket after
#   all.
#
#   Name the proxy's service, as in `tcp://docker-proxy:2375`, and put both on one
#   network. A proxy with `network_mode: service:vpn` answers to the name `vpn`.
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

findings contains lint.on(endpoint, message) if {
	some service in input.project.services
	some endpoint in service.endpoints
	lint.names_docker_api(endpoint.name)
	endpoint.reachable == false
	message := $`"{endpoint.name}" of {service.called} names "{endpoint.host}", {_obstacle(service.name, endpoint.services)}`
}

findings contains lint.on(endpoint, message) if {
	some service in input.project.services
	some endpoint in service.endpoints
	lint.names_docker_api(endpoint.name)
	endpoint.reachable == true
	endpoint.port != 0
	count(endpoint.services) == 1
	some proxy in endpoint.services
	port := lint.proxy_ports[proxy]
	port != endpoint.port
	message := $`"{endpoint.name}" of {service.called} names port {endpoint.port}, but the socket proxy "{proxy}" listens on {port}`
}

_obstacle(_, services) := "which is no service of the project: name the socket proxy" if count(services) == 0

_obstacle(name, services) := $`which has no name of its own beside service "{owner}": name "{owner}"` if {
	owner := min({lint.services[other].network_owner | some other in services; _meets(name, other)})
} else := "which shares no network with it: put both on one network" if count(services) > 0

# _meets is true of a container in the network namespace of another that the first reaches: the
# engine knows no name for it but the other's.
_meets(name, other) if {
	not lint.services[other].network_owner in {other, ""}
	count(lint.networks_of[name] & lint.networks_of[other]) > 0
}
