# METADATA
# title: Socket proxy reachable from the host or beyond
# description: |
#   A socket proxy has no authentication. Once its port is published, everybody who
#   reaches the host can call the API that it lets through; on the loopback address, every
#   process of the host and every container on the host's network can. The same holds for
#   a proxy that uses the host's network. Docker publishes nothing as long as all networks
#   of a container are internal, but `docker stack deploy` does, and so does Compose once
#   one network is not.
#
#   Remove the port, or `network_mode: host`, and let the clients share an internal
#   network with the proxy. To reach the API from another machine, use SSH: `docker -H
#   ssh://user@host`.
# related_resources:
#   - ref: https://docs.docker.com/engine/security/protect-access/
#     description: Protect the Docker daemon socket
#   - ref: https://docs.docker.com/engine/network/port-publishing/
#     description: Port publishing and mapping
#   - ref: https://github.com/Tecnativa/docker-socket-proxy
#     description: Tecnativa docker-socket-proxy
# custom:
#   severity: error
#   security_severity: 9.5
#   precision: high
#   set: default
#   controls: [owasp-docker/1, nist-800-190/4.3.2]
#   tags: [external/cwe/cwe-306, external/cwe/cwe-668]
package composelint.rules["socket-proxy-published"]

import data.composelint.lint

findings contains lint.with_severity(lint.on(port, message), exposure.severity) if {
	some service in input.project.services
	lint.proxies[service.name]
	some port in service.ports
	exposure := _exposure(service.name, port.host_ip)
	message := $`socket proxy "{service.name}" publishes port {port.target} {exposure.to}: remove the port`
}

findings contains lint.on(namespace, message) if {
	some service in input.project.services
	lint.proxies[service.name]
	some namespace in service.namespaces
	namespace.name == "network"
	namespace.host == true
	message := $`socket proxy "{service.name}" listens on the host's network, open to all who reach the host: put it on an internal network`
}

_exposure(proxy, host_ip) := {"severity": "warning", "to": "on internal networks, where only a swarm really publishes it"} if {
	proxy in _inside
} else := {"severity": "warning", "to": $`on "{host_ip}", to every process and host-network container of the host`} if {
	_loopback(host_ip)
} else := {"severity": "error", "to": $`on "{host_ip}", to everybody who reaches the host`}

_loopback(host_ip) if startswith(host_ip, "127.")

_loopback("::1")

# Compose publishes no port of a container whose networks are all internal.
_inside contains name if {
	some name, _ in lint.proxies
	names := lint.networks_of[name]
	count(names) > 0
	count(names - lint.internal_networks) == 0
}
