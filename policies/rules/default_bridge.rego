# METADATA
# title: Docker's default bridge network
# description: |
#   The container is on `docker0`, the network that every container of the host is on that
#   nobody gave another: all of them reach each other's ports, of this project and of others,
#   and there is no way to keep one apart. They do not find each other by name there, so that
#   addresses or the outdated links take the place of names.
#
#   Remove `network_mode: bridge`: Compose then puts the container on the project's own
#   network, which is a bridge too, with the same ports published. What it is to reach is named
#   by its service instead of its address.
# related_resources:
#   - ref: https://docs.docker.com/engine/network/drivers/bridge/
#     description: Bridge network driver
#   - ref: https://docs.docker.com/reference/compose-file/services/#network_mode
#     description: network_mode, in the Compose file reference
#   - ref: https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html
#     description: OWASP Docker Security Cheat Sheet
# custom:
#   severity: warning
#   security_severity: 4.0
#   precision: very-high
#   set: default
#   fixes: [unsafe]
#   controls: [cis-docker-1.8.0/5.30, owasp-docker/5]
#   tags: [external/cwe/cwe-653]
#   techniques: [T1046]
package composelint.rules["default-bridge"]

import data.composelint.lint
import data.composelint.networks
import data.composelint.socket_proxies

findings contains lint.with_fix(lint.on(namespace, message), fix) if {
	some service in input.project.services
	not socket_proxies.kinds[service.name] # see socket-proxy-network-not-internal
	some namespace in service.namespaces
	namespace.at in networks.bridge_namespaces
	message := $`{service.called} is on Docker's default bridge with all containers of the host that have no network: remove "network_mode"`
	fix := lint.unsafe(`remove "network_mode"`, "what reaches it, or it reaches, on the default bridge is out of reach", [lint.remove(namespace)])
}

findings contains lint.on(attachment, message) if {
	some service in input.project.services
	some attachment in service.networks
	attachment.name in _default_bridges
	message := $`{service.called} is on Docker's default bridge with all containers of the host that have no network: use a network of the project`
}

_default_bridges contains network.name if {
	some network in input.project.networks
	network.external == true
	network.engine_name == "bridge"
}
