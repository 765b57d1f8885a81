# METADATA
# title: Bind address of the default bridge alone
# description: |
#   `ip` is the address that ports are published on where containers are on the default
#   bridge, by `docker run` without a network. The networks of Compose projects are no
#   default bridge: there a port without an address is open on every address of the host,
#   whatever `ip` says. Whoever set it to `127.0.0.1` believes otherwise.
#
#   Set the option for all networks that are made from then on: `"default-network-opts":
#   {"bridge": {"com.docker.network.bridge.host_binding_ipv4": "127.0.0.1"}}`. Networks that
#   are there already keep theirs until they are made anew.
# related_resources:
#   - ref: https://docs.docker.com/engine/network/port-publishing/#setting-the-default-bind-address-for-containers
#     description: Setting the default bind address for containers
# custom:
#   severity: warning
#   security_severity: 4.0
#   precision: high
#   set: default
#   by_hand: daemon.json is edited by root on each host, and takes effect when the engine starts anew
#   controls: []
#   tags: [external/cwe/cwe-1188]
package composelint.rules["daemon-bind-address-narrow"]

import data.composelint.lint

findings contains lint.on_key(input.daemon, "ip", message) if {
	"ip" in input.daemon.stated
	ip := input.daemon.ip
	not ip in {"0.0.0.0", "::"}
	not _bound
	message := $`"ip" is for the default bridge alone, and ports of Compose projects stay open on every address: set "com.docker.network.bridge.host_binding_ipv4" to "{ip}" in "default-network-opts"`
}

_bound if {
	some option in input.daemon.network_opts
	option.driver == "bridge"
	option.name == "com.docker.network.bridge.host_binding_ipv4"
}
