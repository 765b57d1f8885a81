# METADATA
# title: Ways to containers past the engine
# description: |
#   `cri-containerd` serves Kubernetes' interface on the engine's containerd: whoever
#   reaches that socket starts containers that dockerd neither sees nor authorises.
#   `nri-opts` lets programs of the host change each container before it starts, its mounts
#   and devices too, whatever the request said.
#
#   Remove it, unless a kubelet or a plugin of that host needs it; then keep its socket and
#   its directory of plugins for root alone, and accept the finding.
# related_resources:
#   - ref: https://docs.docker.com/reference/cli/dockerd/
#     description: dockerd, cri-containerd
#   - ref: https://github.com/containerd/nri
#     description: Node Resource Interface
# custom:
#   severity: note
#   security_severity: 2.5
#   precision: high
#   set: strict
#   by_hand: daemon.json is edited by root on each host, and takes effect when the engine starts anew
#   controls: []
#   tags: [external/cwe/cwe-653]
#   techniques: [T1611]
package composelint.rules["daemon-side-door"]

import data.composelint.lint

findings contains lint.on_key(input.daemon, "cri-containerd", message) if {
	input.daemon.cri_containerd == true
	message := `containers can be started past the engine, by the socket of containerd: remove "cri-containerd"`
}

findings contains lint.on_key(input.daemon, "nri-opts", message) if {
	input.daemon.nri == true
	message := `plugins of the host change containers before they start: remove "nri-opts"`
}
