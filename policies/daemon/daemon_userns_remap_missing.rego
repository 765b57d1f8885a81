# METADATA
# title: Root in containers is root of the host
# description: |
#   Without `userns-remap` the user 0 of a container is the user 0 of the host. What keeps
#   it from acting so are capabilities, profiles and mounts, and each gap in them is root.
#   With it, a container's root is a user of the host that owns nothing.
#
#   Set `userns-remap: default`. Images are pulled anew into a directory of their own,
#   volumes belong to other users then, and containers with `privileged`, `network_mode:
#   host` or `pid: host` need `userns_mode: host`. A rootless engine does the same and more.
# related_resources:
#   - ref: https://docs.docker.com/engine/security/userns-remap/
#     description: Isolate containers with a user namespace
#   - ref: https://docs.docker.com/engine/security/rootless/
#     description: Rootless mode
# custom:
#   severity: note
#   security_severity: 4.0
#   precision: high
#   set: strict
#   by_hand: daemon.json is edited by root on each host, and takes effect when the engine starts anew
#   controls: [cis-docker-1.8.0/2.10]
#   tags: [external/cwe/cwe-250]
#   techniques: [T1068]
package composelint.rules["daemon-userns-remap-missing"]

import data.composelint.lint

findings contains lint.on_key(input.daemon, "userns-remap", message) if {
	input.daemon.userns_remap == ""
	input.daemon.rootless == false
	message := `root in containers is root of the host: set "userns-remap", or run the engine rootless`
}
