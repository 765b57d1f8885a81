# METADATA
# title: A process for each published port
# description: |
#   The engine starts a process `docker-proxy` for each published port, which takes
#   connections from the host to its own loopback address. It is a program that runs as root
#   and is not needed where the kernel rewrites these packets, and connections that come
#   through it seem to come from the host.
#
#   Set `userland-proxy: false`, and try that what the host itself calls by `localhost` is
#   reached, by IPv6 too.
# related_resources:
#   - ref: https://docs.docker.com/reference/cli/dockerd/
#     description: dockerd, userland-proxy
# custom:
#   severity: note
#   security_severity: 2.5
#   precision: high
#   set: strict
#   by_hand: daemon.json is edited by root on each host, and takes effect when the engine starts anew
#   controls: [cis-docker-1.8.0/2.17]
#   tags: [external/cwe/cwe-1188]
package composelint.rules["daemon-userland-proxy"]

import data.composelint.lint

findings contains lint.on_key(input.daemon, "userland-proxy", message) if {
	input.daemon.userland_proxy == true
	message := `each published port has a process of its own that runs as root: set "userland-proxy" to false`
}
