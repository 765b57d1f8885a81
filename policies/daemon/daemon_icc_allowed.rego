# METADATA
# title: Containers of the default bridge reach each other
# description: |
#   Containers on the default bridge, by `docker run` without a network or `network_mode:
#   bridge`, reach every port of each other, also of those that have nothing to do with each
#   other. The key holds for that bridge alone: networks of Compose projects are not
#   affected, and containers on one of them reach each other whatever it says.
#
#   Set `icc: false`, which needs `iptables`. In Compose projects put on a network of their
#   own what is to reach each other, and nothing else.
# related_resources:
#   - ref: https://docs.docker.com/engine/network/drivers/bridge/
#     description: Bridge network driver
# custom:
#   severity: note
#   security_severity: 2.5
#   precision: high
#   set: strict
#   by_hand: daemon.json is edited by root on each host, and takes effect when the engine starts anew
#   controls: [cis-docker-1.8.0/2.2]
#   tags: [external/cwe/cwe-1188]
#   techniques: [T1046]
package composelint.rules["daemon-icc-allowed"]

import data.composelint.lint

findings contains lint.on_key(input.daemon, "icc", message) if {
	input.daemon.icc == true
	message := `containers on the default bridge reach every port of each other: set "icc" to false`
}
