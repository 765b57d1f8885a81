# METADATA
# title: Containers in a cgroup of somebody else
# description: |
#   All containers are put below another cgroup than the engine's own. They share its
#   limits, or have none that anybody set for containers, and what watches the engine's
#   cgroup does not see them.
#
#   Remove `cgroup-parent` unless that cgroup was made for containers and has limits; then
#   accept the finding with that reason.
# related_resources:
#   - ref: https://docs.docker.com/reference/cli/dockerd/#default-cgroup-parent
#     description: dockerd, default cgroup parent
# custom:
#   severity: note
#   security_severity: 2.5
#   precision: high
#   set: strict
#   by_hand: daemon.json is edited by root on each host, and takes effect when the engine starts anew
#   controls: [cis-docker-1.8.0/2.11, cis-docker-1.8.0/5.25]
#   tags: [external/cwe/cwe-770]
#   techniques: [T1499]
package composelint.rules["daemon-cgroup-parent"]

import data.composelint.lint

findings contains lint.on_key(input.daemon, "cgroup-parent", message) if {
	input.daemon.cgroup_parent != ""
	message := $`all containers are put below the cgroup "{input.daemon.cgroup_parent}": remove "cgroup-parent" unless it was made for them`
}
