# METADATA
# title: Container in the host's cgroup namespace
# description: |
#   The container sees the control groups of the host and of all other containers, with
#   their names and use of resources, instead of its own alone. With the right to write to
#   them, it could change what others get.
#
#   Remove `cgroup: host`. Most monitoring agents read `/sys/fs/cgroup` from a read-only mount
#   of the host, which goes on to work; systemd in a container works with a private
#   namespace.
# related_resources:
#   - ref: https://docs.docker.com/reference/compose-file/services/#cgroup
#     description: cgroup, in the Compose file reference
#   - ref: https://man7.org/linux/man-pages/man7/cgroup_namespaces.7.html
#     description: cgroup_namespaces(7)
# custom:
#   severity: note
#   security_severity: 2.5
#   precision: very-high
#   set: strict
#   fixes: [unsafe]
#   controls: [nist-800-190/4.4.3]
#   tags: [external/cwe/cwe-653]
#   techniques: [T1611]
package composelint.rules["host-cgroup"]

import data.composelint.isolation
import data.composelint.lint

findings contains lint.with_fix(lint.on(namespace, message), isolation.own_namespace(namespace)) if {
	some service in input.project.services
	some namespace in service.namespaces
	namespace.name == "cgroup"
	namespace.host == true
	message := $`{service.called} shares the host's cgroup namespace: remove "cgroup: host"`
}
