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
#   fixes: [unsafe]
#   controls: [guide]
#   tags: [correctness]
package composelint.rules["docker-host-unreachable"]

import data.composelint.client_endpoints
import data.composelint.endpoint_fixes
import data.composelint.endpoint_obstacles
import data.composelint.lint

findings contains lint.with_fixes(lint.on(endpoint, message), endpoint_fixes.of(service.name, endpoint.at)) if {
	some service in input.project.services
	some endpoint in service.endpoints
	not client_endpoints.ignored[endpoint.at]
	some says in endpoint_obstacles.of[endpoint.at]
	message := $`"{endpoint.name}" of {service.called} names {says}`
}

findings contains lint.with_fixes(lint.with_severity(lint.on(endpoint, message), "warning"), endpoint_fixes.of(service.name, endpoint.at)) if {
	some service in input.project.services
	some endpoint in service.endpoints
	not client_endpoints.ignored[endpoint.at]
	some says in endpoint_obstacles.perhaps[endpoint.at]
	message := $`"{endpoint.name}" of {service.called} names {says}`
}
