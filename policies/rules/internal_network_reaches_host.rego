# METADATA
# title: Internal network with a way to the host
# description: |
#   `internal: true` takes away the default route, not the host: the bridge keeps an address of the
#   host on the network, and containers reach by it whatever listens there on all addresses. The
#   project has a service on the host's network, which is such a listener.
#
#   From Engine 28 on the driver option `com.docker.network.bridge.gateway_mode_ipv4: isolated` (and
#   `gateway_mode_ipv6` where the network has IPv6) leaves the bridge without an address; older ones
#   refuse it. Without it let what runs on the host's network listen on `127.0.0.1` alone.
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
import data.composelint.proxy_ports
import data.composelint.services
import data.composelint.versions
import data.composelint.zone

findings contains lint.with_fix(lint.on_key(network, "internal", message), fix) if {
	input.config.target != "swarm"
	some network in input.project.networks
	network.internal == true
	network.isolated == false
	network.external == false
	network.driver in {"", "bridge"}
	confined := [name | some name in networks.members[network.name]; name in networks.confined]
	count(confined) > 0
	not network.name in _used_by_host
	not network.name in _used_to_the_host
	host := min(_listening)
	fix := _fix(network)
	message := $`network "{network.name}" is internal, but {services.by_name[min(confined)].called} on it reaches what listens on the host, such as {services.by_name[host].called}, by the bridge's address: {_remedy(network.name, host)}`
}

# _remedy is what an engine takes: older ones create no network with a mode that they do not know.
_remedy(network, host) := $`let "{host}" listen on "127.0.0.1" alone` if {
	_before_isolation
} else := $`set its driver option {min(lacked)} to "isolated"` if {
	lacked := _lacked[network]
	count(lacked) == 1
} else := $`set its driver options {concat(" and ", _lacked[network])} to "isolated"`

_fix(network) := lint.unsafe(
	$`set {concat(" and ", _lacked[network.name])} to "isolated"`,
	"what listens on the host is not reached any more, and an engine before 28 creates no such network",
	[lint.set(network, ["driver_opts", trim(option, `"`)], "isolated") | some option in _lacked[network.name]],
) if {
	not _before_isolation
} else := lint.by_hand("only you know on which address the host's services are to listen")

_before_isolation if {
	input.config.engine != ""
	semver.compare(versions.newest(input.config.engine), "28.0.0") < 0
}

# _lacked are, by network, the driver options that do not keep its families of addresses from the host.
_lacked[network.name] contains $`"{option}"` if {
	some network in input.project.networks
	some family in ["ipv4", "ipv6"]
	network[family] == true
	option := $"com.docker.network.bridge.gateway_mode_{family}"
	count([stated | some stated in network.driver_opts; stated.name == option; stated.value == "isolated"]) == 0
}

_listening := object.keys(networks.on_host) - _at_home

# _at_home are the services that say of each address on which they listen that it is the loopback one,
# which containers do not reach.
_at_home contains name if {
	some name, _ in networks.on_host
	service := services.by_name[name]
	addresses := {setting.at: object.get(setting, "value", "") |
		some setting in array.concat(service.environment, service.options)
		regex.match(data.composelint.listeners.address_settings, lower(setting.name))
	}
	count(addresses) > 0
	count([address | some address in addresses; not proxy_ports.is_loopback(address)]) == 0
}

_at_home contains name if some name in proxy_ports.on_loopback

# _used_to_the_host are the networks by whose bridge a client on them reaches a service on the host's
# network.
_used_to_the_host contains network if {
	some service in input.project.services
	some endpoint in service.endpoints
	some name in endpoint.services
	networks.on_host[name]
	some network in networks.of[service.name]
}

# _used_by_host are the networks by whose bridge a client on the host's network reaches its proxy.
_used_by_host contains network if {
	some proxy, names in zone.clients
	some name in names
	networks.on_host[name]
	some network in networks.of[proxy]
}
