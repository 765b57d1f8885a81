# METADATA
# title: Control group of its own choice
# description: |
#   The container is put into a control group of the host that the file names, instead of the
#   one that the engine keeps for its containers. What limits that group has, and who shares
#   them, is not to be seen here; limits that the host sets for all containers do not hold.
#
#   Remove `cgroup_parent`, and set the limits of the service itself: `mem_limit`, `cpus` and
#   `pids_limit`.
# related_resources:
#   - ref: https://docs.docker.com/reference/compose-file/services/#cgroup_parent
#     description: cgroup_parent, in the Compose file reference
#   - ref: https://man7.org/linux/man-pages/man7/cgroups.7.html
#     description: cgroups(7)
# custom:
#   severity: note
#   security_severity: 2.5
#   precision: very-high
#   set: strict
#   fixes: [unsafe]
#   controls: [cis-docker-1.8.0/5.25, nist-800-190/4.4.3]
#   tags: [external/cwe/cwe-770]
#   techniques: [T1499]
package composelint.rules["cgroup-parent"]

import data.composelint.lint

findings contains lint.with_fix(lint.on_key(service, "cgroup_parent", message), fix) if {
	some service in input.project.services
	service.cgroup_parent != ""
	message := $`{service.called} runs in the control group "{service.cgroup_parent}": remove "cgroup_parent", and set limits of its own`
	fix := lint.unsafe(`remove "cgroup_parent"`, "the limits of that control group do not hold for it any more", [lint.remove_key(service, "cgroup_parent")])
}
