# METADATA
# title: Socket proxy on a network that is not internal
# description: |
#   Containers on a network that is not internal have a way out, and through the host's
#   forwarding there can be a way in. A socket proxy has no authentication: its network is
#   its only door. On an internal network it is out of reach for all but its clients, and
#   a process that takes over the proxy cannot fetch tools or send data away.
#
#   Set `internal: true` on a network that only the proxy and its clients are on. Clients that
#   need the internet, or publish ports, get them by a second network that the proxy is not on. A network that is `external`
#   has to be created so: `docker network create --internal`. A proxy with `network_mode:
#   service:…` is on the networks of that service: give it `networks` of its own instead.
# related_resources:
#   - ref: https://docs.docker.com/reference/compose-file/networks/#internal
#     description: internal, in the Compose file reference
#   - ref: https://github.com/Tecnativa/docker-socket-proxy
#     description: Tecnativa docker-socket-proxy
#   - ref: https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html
#     description: OWASP Docker Security Cheat Sheet
# custom:
#   severity: error
#   security_severity: 8.0
#   precision: high
#   set: default
#   fixes: [unsafe]
#   controls: [owasp-docker/5, nist-800-190/4.4.2, guide]
#   tags: [external/cwe/cwe-668]
#   techniques: [T1609, T1046]
package composelint.rules["socket-proxy-network-not-internal"]

import data.composelint.lint
import data.composelint.network_fixes
import data.composelint.networks
import data.composelint.proxy_networks
import data.composelint.proxy_ports
import data.composelint.services
import data.composelint.socket_proxies

findings contains lint.with_fixes(lint.on_key(network, "internal", message), network_fixes.make_internal(network)) if {
	some name, proxies in _proxies_on
	network := networks.by_name[name]
	network.implicit == false
	network.external == false
	network.internal == false
	message := $`network "{name}" of the socket proxy "{min(proxies)}" is not internal: set "internal: true"{_second(name)}`
}

findings contains lint.with_fixes(lint.on({"at": min(attachments)}, message), network_fixes.move(proxy_name, name)) if {
	some name, proxies in _proxies_on
	network := networks.by_name[name]
	network.implicit == true
	network.internal == false
	some proxy_name in proxies
	proxy := services.by_name[proxy_name]
	attachments := {attachment.at | some attachment in proxy.networks; attachment.name == name}
	message := $`socket proxy "{proxy.name}" is on the default network, which is not internal: move it to a network of its own with "internal: true", which its clients join as well`
}

findings contains lint.with_fix(lint.with_severity(lint.on_key(network, "internal", message), "warning"), lint.by_hand("it is made outside of the project")) if {
	some name, proxies in _proxies_on
	network := networks.by_name[name]
	network.external == true
	message := $`network "{name}" of the socket proxy "{min(proxies)}" is external and cannot be known to be internal: create it with "--internal"{_second(name)}`
}

# A network of another service, whose network namespace the proxy uses, is not for the proxy to
# change.
findings contains lint.with_fix(lint.with_severity(lint.on(namespace, message), severity), lint.by_hand($`it has the network of service "{owner}", by whose names its clients know it`)) if {
	some service in socket_proxies.services
	some namespace in service.namespaces
	namespace.name == "network"
	not service.name in proxy_ports.sockets_only
	owner := service.network_owner
	some attachment in services.by_name[owner].networks
	not attachment.at in proxy_networks.extra_attachments
	[severity, state] := _state(attachment.name)
	message := $`socket proxy "{service.name}" is on network "{attachment.name}" of service "{owner}", which {state}: move it to a network of its own with "internal: true", which its clients join as well`
}

findings contains lint.with_fix(lint.on({"at": networks.on_bridge[service.name]}, message), lint.by_hand("how its clients come to it on the default bridge, no file says")) if {
	some service in socket_proxies.services
	not service.name in proxy_ports.sockets_only
	message := $`socket proxy "{service.name}" is on Docker's default bridge, which is not internal: move it to a network of its own with "internal: true", which its clients join as well`
}

# _second says who needs another network then: Compose publishes no port of a container whose
# networks are all internal.
_second(network) := "" if {
	not _publishing[network]
} else := $`, and give "{min(_publishing[network])}", which publishes ports, a second network` if {
	count(_publishing[network]) == 1
} else := $", and give the {count(_publishing[network])} services on it that publish ports a second network"

_publishing[network] contains service.name if {
	some service in input.project.services
	not socket_proxies.kinds[service.name]
	count(service.ports) > 0
	others := {name | some name in networks.of[service.name]; not name in networks.known_internal}
	count(others) == 1
	some network in others
	_proxies_on[network]
}

_state(name) := ["error", "is not internal"] if {
	name in networks.known_open
} else := ["warning", "is external and cannot be known to be internal"] if {
	networks.by_name[name].external == true
}

# A network that the proxy should leave is left to socket-proxy-extra-network, the host's to
# socket-proxy-published.
_proxies_on[attachment.name] contains service.name if {
	some service in socket_proxies.services
	not service.name in proxy_ports.sockets_only
	some attachment in service.networks
	not attachment.at in proxy_networks.extra_attachments
	not attachment.name in networks.hosts
}
