# METADATA
# title: Port open on every address of the host
# description: |
#   The port is published without an address of the host, which means on all of them:
#   everybody who reaches the host reaches it, also past the host's firewall, since Docker's
#   rules come before those of ufw or firewalld. For a service that is meant for everybody
#   that is right; for one that a reverse proxy on the host hands requests to, or that one
#   network of the host is to reach, it is too much.
#
#   State the address: `127.0.0.1:8080:80` for a reverse proxy on the host, `192.168.1.10:80:80`
#   for one of the host's networks. A reverse proxy in a container needs no published port of
#   the service at all. For all ports of a network, set its driver option
#   `com.docker.network.bridge.host_binding_ipv4`.
# related_resources:
#   - ref: https://docs.docker.com/engine/network/port-publishing/
#     description: Port publishing and mapping
#   - ref: https://docs.docker.com/engine/network/packet-filtering-firewalls/
#     description: Packet filtering and firewalls
# custom:
#   severity: note
#   security_severity: 2.5
#   precision: high
#   set: strict
#   fixes: [unsafe]
#   controls: [cis-docker-1.8.0/5.14]
#   tags: [external/cwe/cwe-668]
#   techniques: [T1133, T1190]
package composelint.rules["any-port-on-all-interfaces"]

import data.composelint.lint
import data.composelint.published

findings contains lint.with_fix(lint.on(port, message), published.on_loopback([port])) if {
	some service in input.project.services
	some port in service.ports
	port.at in published.everywhere
	not port.at in published.spoken_of
	not published.listeners[port.at]
	not port.at in published.web_edges
	message := $`{service.called} publishes port {port.target} on every address of the host: state the address that it is meant for, such as "127.0.0.1"`
}
