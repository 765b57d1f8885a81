# METADATA
# title: Socket proxy reachable from the host or beyond
# description: |
#   A socket proxy has no authentication. Once its port is published, everybody who
#   reaches the host can call the API that it lets through; on the loopback address, every
#   process of the host and every container on the host's network can. The same holds for
#   a proxy that uses the host's network. Docker publishes nothing as long as all networks
#   of a container are internal, but `docker stack deploy` does, and so does Compose once
#   one network is not. A proxy with `network_mode: service:…` is published by the ports of
#   that service.
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
#   fixes: [unsafe]
#   controls: [owasp-docker/1, nist-800-190/4.3.2]
#   tags: [external/cwe/cwe-306, external/cwe/cwe-668]
#   techniques: [T1609, T1610, T1613, T1133]
package composelint.rules["socket-proxy-published"]

import data.composelint.lint
import data.composelint.networks
import data.composelint.proxy_ports
import data.composelint.services
import data.composelint.socket_proxies

findings contains lint.with_fix(lint.with_severity(lint.on({"at": group[0].at}, message), exposure.severity), fix) if {
	some service in socket_proxies.services
	some group in _groups[service.name]
	exposure := _exposure(service.name, group[0].host_ip)
	what := _what(group)
	message := $`{_publisher(service.name, service.network_owner, what)} {exposure.to}: remove the {_noun(count(group))}`
	fix := lint.unsafe($`remove the {_noun(count(group))}`, "whoever reaches it from outside of the project does not any more", _removed(service.network_owner, group))
}

findings contains lint.with_fix(lint.with_severity(lint.on(namespace, message), heard.severity), lint.by_hand("its clients have to go by its name then, instead of an address of the host")) if {
	some service in input.project.services
	heard := _heard[service.name]
	some namespace in service.namespaces
	namespace.at in networks.host_namespaces
	message := $`socket proxy "{service.name}" listens on the host's network, open to {heard.to}: put it on an internal network`
}

_heard := object.union(
	{name: {"severity": "error", "to": "all who reach the host"} | some name in proxy_ports.listening},
	{name: {"severity": "warning", "to": "every process and host-network container of the host"} | some name in proxy_ports.on_loopback},
)

_publisher(name, owner, what) := $`socket proxy "{name}" publishes {what}` if {
	name == owner
} else := $`service "{owner}" publishes {what} of the socket proxy "{name}"`

_what(group) := $"port {group[0].target}" if count(group) == 1

_what(group) := $"{count(group)} ports from {group[0].target} up" if count(group) > 1

_noun(1) := "port"

_noun(count_) := "ports" if count_ > 1

_removed(owner, group) := [lint.remove_key(services.by_name[owner], "ports")] if {
	count(group) > 1
	count(group) == count(services.by_name[owner].ports)
} else := [lint.remove(port) | some port in group]

# _groups are, by proxy, the published ports that lead to its API, each alone. Where it is not
# known which one does, those on one address are one group.
_groups := {name: groups |
	some name, ports in _ports
	each := {[port] | some port in ports; proxy_ports.of_api[name]}
	together := {of_address |
		not proxy_ports.of_api[name]
		some address in {port.host_ip | some port in ports}
		sorted := sort([[port.target, port] | some port in ports; port.host_ip == address])
		of_address := [port | some [_, port] in sorted]
	}
	groups := each | together
}

_ports := {service.name: ports |
	some service in input.project.services
	service.name in proxy_ports.listening
	ports := {{"target": port.target, "host_ip": port.host_ip, "at": port.at} |
		some port in services.by_name[service.network_owner].ports
		port.protocol == "tcp"
		proxy_ports.leads_to_api(service.name, port.target)
	}
}

_exposure(proxy, host_ip) := {"severity": "error", "to": "on the nodes of the swarm, to everybody who reaches them"} if {
	input.config.target == "swarm"
} else := {"severity": "warning", "to": "on internal networks, where only a swarm really publishes it"} if {
	proxy in _inside
} else := {"severity": "warning", "to": $`on "{host_ip}", to every process and host-network container of the host`} if {
	_loopback(host_ip)
} else := {"severity": "error", "to": $`on "{host_ip}", to everybody who reaches the host`}

_loopback(host_ip) if startswith(host_ip, "127.")

_loopback("::1")

# Compose publishes no port of a container whose networks are all internal.
_inside contains name if {
	some name, _ in socket_proxies.kinds
	name in networks.confined
}
