# METADATA
# title: Internal port open on every address of the host
# description: |
#   A database, an administration interface, metrics or a debugger is published without an
#   address of the host, which means on all of them: everybody who reaches the host reaches
#   it, also past the host's firewall, since Docker's rules come before those of ufw or
#   firewalld. Such ports are found by scanners within hours, and ask for a weak password or
#   for none.
#
#   Remove the port where only other containers use it: on a network that they share they
#   reach it by the service's name, published or not. To reach it from the host, publish it on
#   the loopback address, as in `127.0.0.1:5432:5432`; from another machine, come by SSH (`ssh
#   -L`) or a VPN.
# related_resources:
#   - ref: https://docs.docker.com/engine/network/port-publishing/
#     description: Port publishing and mapping
#   - ref: https://docs.docker.com/engine/network/packet-filtering-firewalls/
#     description: Packet filtering and firewalls
#   - ref: https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html
#     description: OWASP Docker Security Cheat Sheet
# custom:
#   severity: warning
#   security_severity: 4.0
#   precision: high
#   set: default
#   fixes: [unsafe]
#   controls: [cis-docker-1.8.0/5.14, owasp-docker/5a]
#   tags: [external/cwe/cwe-668]
#   techniques: [T1133, T1190, T1110.001]
package composelint.rules["port-on-all-interfaces"]

import data.composelint.lint
import data.composelint.published

findings contains lint.with_fix(lint.on(port, message), published.on_loopback([port])) if {
	some service in input.project.services
	some port in service.ports
	port.at in published.everywhere
	not port.at in published.spoken_of
	listener := published.listeners[port.at]
	message := $`{service.called} publishes port {port.target} of {listener.called} on every address of the host: publish it on "127.0.0.1", or not at all`
}
