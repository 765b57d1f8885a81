# METADATA
# title: Containers reachable past the published ports
# description: |
#   The engine lets others reach containers at their own addresses, on all networks: what is
#   published, and on which address of the host, no longer decides. The options of
#   `default-network-opts` hold for each network that is made without them, also for those
#   of Compose projects.
#
#   Remove it, and publish the ports that others need. Where one network has to be routed,
#   say so in its own `driver_opts`.
# related_resources:
#   - ref: https://docs.docker.com/engine/network/port-publishing/
#     description: Port publishing and mapping, gateway modes
#   - ref: https://docs.docker.com/engine/network/packet-filtering-firewalls/
#     description: Packet filtering and firewalls
# custom:
#   severity: warning
#   security_severity: 5.5
#   precision: high
#   set: default
#   by_hand: daemon.json is edited by root on each host, and takes effect when the engine starts anew
#   controls: []
#   tags: [external/cwe/cwe-668]
#   techniques: [T1190, T1046]
package composelint.rules["daemon-direct-access"]

import data.composelint.lint

findings contains lint.on_key(input.daemon, "allow-direct-routing", message) if {
	input.daemon.allow_direct_routing == true
	message := `published ports are open at the containers' own addresses, even those on 127.0.0.1, to whoever has a route: remove "allow-direct-routing"`
}

findings contains lint.on_key(input.daemon, "ip-forward-no-drop", message) if {
	input.daemon.forward_no_drop == true
	message := `the host forwards between networks whatever no rule forbids, and is a router for whoever sends packets: remove "ip-forward-no-drop"`
}

findings contains lint.on_key(input.daemon, "bridge-accept-fwmark", message) if {
	input.daemon.accept_fwmark != ""
	message := $`packets with the mark "{input.daemon.accept_fwmark}" pass to every port of every container: remove "bridge-accept-fwmark"`
}

findings contains lint.on(option, message) if {
	some option in input.daemon.network_opts
	what := _opens(option.name, option.value)
	message := $`each network of the driver "{option.driver}" opens {what} at the containers' own addresses: remove it here`
}

_opens(name, "nat-unprotected") := "every port, published or not," if regex.match(_gateway_mode, name)

_opens(name, "routed") := "published ports, even those on 127.0.0.1," if regex.match(_gateway_mode, name)

_opens("com.docker.network.bridge.trusted_host_interfaces", value) := $`published ports, even those on 127.0.0.1, to the interfaces "{value}"` if value != ""

_gateway_mode := `^com\.docker\.network\.bridge\.gateway_mode_ipv[46]$`
