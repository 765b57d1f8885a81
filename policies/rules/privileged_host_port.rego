# METADATA
# title: Port of the host below 1024
# description: |
#   Ports below 1024 are those that only root can listen on, and those of well-known services:
#   a container that has one is taken for that service of the host. Docker binds the port as
#   root, whatever user the container runs as. The ports 80 and 443 of a reverse proxy or web
#   server are not meant.
#
#   Publish the port on a number from 1024 on, and tell the clients; or leave it as it is where
#   the protocol allows no other, as with mail and DNS.
# related_resources:
#   - ref: https://docs.docker.com/engine/network/port-publishing/
#     description: Port publishing and mapping
#   - ref: https://man7.org/linux/man-pages/man7/ip.7.html
#     description: ip(7), privileged ports
# custom:
#   severity: note
#   security_severity: 2.5
#   precision: high
#   set: strict
#   by_hand: which other port its clients can be told to use is for you to choose
#   controls: [cis-docker-1.8.0/5.8]
#   tags: [external/cwe/cwe-668]
#   techniques: [T1190]
package composelint.rules["privileged-host-port"]

import data.composelint.lint
import data.composelint.published

findings contains lint.on(port, message) if {
	some service in input.project.services
	some port in service.ports
	port.first > 0
	port.first < 1024
	port.at in published.in_force
	not port.at in published.web_edges
	not port.at in published.spoken_of
	message := $`{service.called} publishes the privileged port {port.first} of the host: use one from 1024 on where the protocol allows it`
}
