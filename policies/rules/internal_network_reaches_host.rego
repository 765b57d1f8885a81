# METADATA
# title: Internal network with a way to the host
# description: |
#   `internal: true` takes away the default route, not the host: the bridge keeps an address of the
#   host on the network, and containers reach by it whatever listens there on all addresses. The
#   project has a service on the host's network, which is such a listener.
#
#   From Engine 28 on the driver option `com.docker.network.bridge.gateway_mode_ipv4: isolated` (and
#   `gateway_mode_ipv6` where the network has IPv6) leaves the bridge without an address. Without it
#   let what runs on the host's network listen on `127.0.0.1` alone.
# related_resources:
#   - ref: https://docs.docker.com/engine/network/drivers/bridge/#gateway-modes
#     description: Gateway modes
#   - ref: https://docs.docker.com/reference/compose-file/networks/#internal
#     description: internal, in the Compose file reference
# custom:
#   severity: note
#   security_severity: 2.5
#   precision: medium
#   set: default
#   fixes: [unsafe]
#   controls: [nist-800-190/4.3.3]
#   tags: [external/cwe/cwe-653]
#   techniques: [T1046]
package composelint.rules["internal-network-reaches-host"]

import data.composelint.lint
import data.composelint.networks
import data.composelint.services
import data.composelint.zone

findings contains lint.with_fix(lint.on_key(network, "internal", message), fix) if {
	input.config.target != "swarm"
	some network in input.project.networks
	network.internal == true
	network.isolated == false
	network.external == false
	network.driver in {"", "bridge"}
	confined := [name |
		some name in networks.members[network.name]
		count(networks.of[name] - networks.known_internal) == 0
	]
	count(confined) > 0
	not network.name in _used_by_host
	host := min(object.keys(networks.on_host))
	message := $`network "{network.name}" is internal, but {services.by_name[min(confined)].called} on it reaches what listens on the host, such as {services.by_name[host].called}, by the bridge's address: set its driver option "com.docker.network.bridge.gateway_mode_ipv4" to "isolated"`
	fix := lint.unsafe(
		`set its driver option "com.docker.network.bridge.gateway_mode_ipv4" to "isolated"`,
		"an engine before 28 refuses it, and what listens on the host is not reached any more",
		[lint.set(network, ["driver_opts", $"com.docker.network.bridge.gateway_mode_ipv{family}"], "isolated") | some family in _families(network.ipv6)],
	)
}

_families(true) := [4, 6]

_families(false) := [4]

# _used_by_host are the networks by whose bridge a client on the host's network reaches its proxy.
_used_by_host contains network if {
	some proxy, names in zone.clients
	some name in names
	networks.on_host[name]
	some network in networks.of[proxy]
}
