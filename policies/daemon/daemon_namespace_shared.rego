# METADATA
# title: Namespaces that containers share by default
# description: |
#   `default-ipc-mode: shareable` lets every other container that asks for it read and write
#   the shared memory of each container that says nothing. `default-cgroupns-mode: host`
#   shows containers the host's cgroups, and with them what else runs there.
#
#   Remove the key, and let the single container that needs it say `ipc: shareable` or
#   `cgroup: host`.
# related_resources:
#   - ref: https://docs.docker.com/reference/cli/dockerd/
#     description: dockerd, default-ipc-mode and default-cgroupns-mode
# custom:
#   severity: note
#   security_severity: 2.5
#   precision: high
#   set: strict
#   by_hand: daemon.json is edited by root on each host, and takes effect when the engine starts anew
#   controls: []
#   tags: [external/cwe/cwe-653]
#   techniques: [T1611]
package composelint.rules["daemon-namespace-shared"]

import data.composelint.lint

findings contains lint.on_key(input.daemon, "default-ipc-mode", message) if {
	input.daemon.ipc_mode == "shareable"
	message := `the shared memory of containers is open to those that join it unless they say otherwise: remove "default-ipc-mode"`
}

findings contains lint.on_key(input.daemon, "default-cgroupns-mode", message) if {
	input.daemon.cgroupns_mode == "host"
	message := `containers see the host's cgroups unless they say otherwise: remove "default-cgroupns-mode"`
}
