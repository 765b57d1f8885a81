# METADATA
# title: Mounts that spread to the host
# description: |
#   With shared propagation, what is mounted below the directory inside of the container
#   appears on the host as well, and in every other container that has the directory: a
#   file system put over the host's files, which stays when the container is gone.
#
#   Use `rslave` where the container has to see what the host mounts later, as monitoring
#   and backup agents do, and nothing at all otherwise. Only a container whose task is to
#   mount something for the host, such as a FUSE or storage driver, needs `rshared`.
# related_resources:
#   - ref: https://docs.docker.com/engine/storage/bind-mounts/#configure-bind-propagation
#     description: Configure bind propagation
#   - ref: https://man7.org/linux/man-pages/man7/mount_namespaces.7.html
#     description: "mount_namespaces(7): shared subtrees"
# custom:
#   severity: warning
#   security_severity: 5.5
#   precision: very-high
#   set: default
#   fixes: [unsafe]
#   controls: [cis-docker-1.8.0/5.20]
#   tags: [external/cwe/cwe-668]
#   techniques: [T1611]
package composelint.rules["shared-propagation"]

import data.composelint.lint

findings contains lint.with_fix(lint.on(mount, message), fix) if {
	some service in input.project.services
	some mount in service.mounts
	mount.propagation in {"shared", "rshared"}
	message := $`what {service.called} mounts below "{mount.source}" appears on the host, by "{mount.propagation}": use "rslave" or nothing`
	fix := lint.unsafe(`use "rslave"`, "what it mounts for the host or for others does not appear there any more", [lint.set(mount, ["bind", "propagation"], "rslave")])
}
