# METADATA
# title: Docker endpoint that cannot be reached
# description: |
#   The service is told to find the Docker API under a name that no service of the project
#   has, on a service that shares no network with it, or on a port that the socket proxy
#   does not listen on. It will not work as it stands, and the usual way out in a hurry is
#   to mount the socket after all.
#
#   Name the proxy's service, as in `tcp://docker-proxy:2375`, and put both on one
#   network.
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
	message := $`"{endpoint.name}" of {service.called} names "{endpoint.host}", {_obstacle(count(endpoint.services))}`
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

_obstacle(0) := "which is no service of the project: name the socket proxy"

_obstacle(count_) := "which shares no network with it: put both on one network" if count_ > 0
