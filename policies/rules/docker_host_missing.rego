# METADATA
# title: Client of a socket proxy that does not point at it
# description: |
#   The service is the only one beside the socket proxy on an internal network, so it is
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
#   controls: [guide]
package composelint.rules["docker-host-missing"]

import data.composelint.lint
import data.composelint.networks
import data.composelint.proxy_networks
import data.composelint.services
import data.composelint.socket_proxies
import data.composelint.zone

findings contains lint.on(service, message) if {
	some network, name in proxy_networks.lone_neighbours
	service := services.by_name[name]
	service.complete == true
	not name in zone.pointed
	not name in zone.configured_elsewhere
	proxies := {proxy | some proxy, _ in socket_proxies.kinds; network in networks.of[proxy]}
	count(proxies & socket_proxies.settled) == 0
	message := $`{service.called} is alone with the socket proxy "{min(proxies)}" but has no "DOCKER_HOST": point it at the proxy`
}
