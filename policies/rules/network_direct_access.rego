# METADATA
# title: Containers reachable past the published ports
# description: |
#   The network lets others reach its containers at their own addresses, so that what is
#   published, and on which address of the host, no longer decides. On a macvlan or ipvlan
#   network every port of a container is open to the network of the host's interface, past the
#   host's firewall. With the gateway mode `nat-unprotected` every port is open to whoever has a
#   route to the container; with `routed`, or from the trusted interfaces of the host, those
#   that are published are, even where they are published on the loopback address.
#
#   Use an ordinary bridge network and publish the ports that others need. Where a container has
#   to be a machine of its own on the network, let a firewall before that network decide, and
#   keep its other connections on an internal network.
# related_resources:
#   - ref: https://docs.docker.com/engine/network/port-publishing/
#     description: Port publishing and mapping, gateway modes
#   - ref: https://docs.docker.com/engine/network/drivers/macvlan/
#     description: Macvlan network driver
#   - ref: https://docs.docker.com/engine/network/drivers/ipvlan/
#     description: IPvlan network driver
# custom:
#   severity: warning
#   security_severity: 5.5
#   precision: high
#   set: default
#   fixes: [unsafe]
#   controls: [cis-docker-1.8.0/5.14]
#   tags: [external/cwe/cwe-668]
#   techniques: [T1190, T1046]
package composelint.rules["network-direct-access"]

import data.composelint.lint

findings contains lint.with_fix(lint.on_key(network, "driver", message), lint.by_hand("the containers get other addresses, and which of their ports are to be published, no file says")) if {
	some network in input.project.networks
	network.driver in {"macvlan", "ipvlan"}
	network.internal == false
	message := $`network "{network.name}" is of the driver "{network.driver}", which opens every port of its containers to the host's network: publish the ports of a bridge network instead`
}

findings contains lint.with_fix(lint.on(option, message), fix) if {
	some network in input.project.networks
	network.internal == false
	some option in network.driver_opts
	not startswith(option.at, "daemon.") # of which daemon-direct-access speaks
	[what, value] := _opens(option.name, option.value)
	message := $`network "{network.name}" opens {what} at the containers' own addresses by "{value}": let the published ports decide`
	fix := lint.unsafe($`remove the option "{option.name}"`, "whoever reaches the containers at their own addresses does not any more", [lint.remove(option)])
}

_opens(name, "nat-unprotected") := ["every port, published or not,", "nat-unprotected"] if regex.match(_gateway_mode, name)

_opens(name, "routed") := ["published ports, even those on 127.0.0.1,", "routed"] if regex.match(_gateway_mode, name)

_opens("com.docker.network.bridge.trusted_host_interfaces", value) := [
	$`published ports, even those on 127.0.0.1, to the interfaces "{value}"`,
	"trusted_host_interfaces",
] if {
	value != ""
}

_gateway_mode := `^com\.docker\.network\.bridge\.gateway_mode_ipv[46]$`
