# METADATA
# title: Engine that writes no firewall rules
# description: |
#   With `iptables: false` nothing keeps the networks of containers apart, and nothing keeps
#   others from the addresses of containers: internal networks are no more internal than the
#   host forwards, and published ports go by the userland proxy, so that every connection
#   seems to come from the host. People set it to keep ports from going past ufw, and get
#   less than they had.
#
#   Remove it. To keep published ports from strangers, publish them on `127.0.0.1`, or set
#   `default-network-opts` with `com.docker.network.bridge.host_binding_ipv4`; rules of your
#   own belong into the chain `DOCKER-USER`.
# related_resources:
#   - ref: https://docs.docker.com/engine/network/packet-filtering-firewalls/
#     description: Packet filtering and firewalls
# custom:
#   severity: error
#   security_severity: 8.0
#   precision: very-high
#   set: default
#   by_hand: daemon.json is edited by root on each host, and takes effect when the engine starts anew
#   controls: [cis-docker-1.8.0/2.4]
#   tags: [external/cwe/cwe-923]
#   techniques: [T1046]
package composelint.rules["daemon-firewall-off"]

import data.composelint.lint

findings contains lint.on_key(input.daemon, "iptables", message) if {
	input.daemon.iptables == false
	message := `nothing keeps networks and containers apart without the engine's firewall rules: remove "iptables", and write rules of your own into the chain DOCKER-USER`
}

findings contains lint.with_severity(lint.on_key(input.daemon, "ip6tables", message), "warning") if {
	input.daemon.ip6tables == false
	input.daemon.iptables == true
	message := `containers with addresses of IPv6 are open to whoever has a route to them: remove "ip6tables"`
}
