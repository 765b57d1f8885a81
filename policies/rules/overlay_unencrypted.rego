# METADATA
# title: Overlay network without encryption
# description: |
#   The machines of a swarm send the traffic of an overlay network to each other as it is: who
#   is on the way, or on the network between them, reads and changes what the containers say
#   to each other. Only the swarm's own control traffic is encrypted.
#
#   Set `driver_opts: {encrypted: ""}` where the network between the machines is not theirs
#   alone; it costs some throughput, and needs the protocol ESP and port 4789/udp between
#   them. The network has to be made anew, as options of an existing one do not change.
# related_resources:
#   - ref: https://docs.docker.com/engine/network/drivers/overlay/#encrypt-traffic-on-an-overlay-network
#     description: Encrypt traffic on an overlay network
# custom:
#   severity: note
#   security_severity: 2.5
#   precision: high
#   set: strict
#   fixes: [unsafe]
#   controls: [cis-docker-1.8.0/7.3]
#   tags: [external/cwe/cwe-319]
package composelint.rules["overlay-unencrypted"]

import data.composelint.lint

findings contains lint.with_fix(lint.on_key(network, "driver", message), fix) if {
	some network in input.project.networks
	network.external == false
	network.driver == "overlay"
	options := {option.name | some option in network.driver_opts}
	not "encrypted" in options
	message := $`overlay network "{network.name}" sends what its containers say from machine to machine in the clear: set the driver option "encrypted"`
	fix := lint.unsafe(`set the driver option "encrypted"`, "the network has to be made anew, and to have ESP and port 4789/udp between the machines", [lint.set(network, ["driver_opts", "encrypted"], "")])
}
