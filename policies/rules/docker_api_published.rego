# METADATA
# title: Docker API on a port of the host
# description: |
#   A port of a Docker engine, or one by which programs look for one, is published on the
#   host: 2375 takes orders from everybody who reaches it, 2376 from everybody with a client
#   certificate, and 2377 lets machines join a swarm. An order to an engine is root where it
#   runs. The internet is searched for these ports all the time, and Docker's publishing goes
#   past the firewall rules of the host.
#
#   Remove the port: containers reach the engine by its service's name on a network that they
#   share. From another machine, use SSH: `docker -H ssh://user@host`.
# related_resources:
#   - ref: https://docs.docker.com/engine/security/protect-access/
#     description: Protect the Docker daemon socket
#   - ref: https://docs.docker.com/engine/network/packet-filtering-firewalls/
#     description: Packet filtering and firewalls
#   - ref: https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html
#     description: OWASP Docker Security Cheat Sheet
# custom:
#   severity: error
#   security_severity: 9.5
#   precision: high
#   set: default
#   fixes: [unsafe]
#   controls: [owasp-docker/1, cis-docker-1.8.0/2.8]
#   tags: [external/cwe/cwe-306, external/cwe/cwe-668]
#   techniques: [T1609, T1610, T1613, T1552.007, T1612, T1543.005, T1525, T1133, T1496.001]
package composelint.rules["docker-api-published"]

import data.composelint.dind
import data.composelint.lint
import data.composelint.published
import data.composelint.socket_proxies

findings contains lint.with_fix(lint.with_severity(lint.on(port, message), whom.severity), fix) if {
	some service in input.project.services
	not service.name in _publishers_of_proxies # see socket-proxy-published
	some port in service.ports
	port.protocol == "tcp"
	port.at in published.in_force
	number := min({port.target, port.first} & _ports(service.name))
	whom := _whom(port.at, number)
	message := $`{service.called} publishes port {number}, {_called(number)}, {whom.called}: remove the port`
	fix := lint.unsafe("remove the port", "whoever orders this engine from outside of the project does not any more", [lint.remove(port)])
}

_publishers_of_proxies := {owner |
	some proxy in socket_proxies.services
	some owner in [proxy.name, proxy.network_owner]
}

# _ports are those of an engine, in its container or on the host.
_ports(name) := {2375, 2376, 2377} | {port | port := dind.plain[name].port}

_called(2376) := "which is that of a Docker engine with TLS"

_called(2377) := "by which machines join a swarm"

_called(number) := "which is that of a Docker engine without TLS" if not number in {2376, 2377}

_whom(at, number) := {"severity": _severity(number), "called": "to everybody who reaches the host"} if {
	at in published.beyond
} else := {"severity": "warning", "called": "to every process of the host, if not to others"}

_severity(number) := "warning" if {
	number in {2376, 2377}
} else := "error"
