# METADATA
# title: Privileged group
# description: |
#   `group_add` gives the process a further group, by a name that the image knows or by a
#   number, and on every file, socket and device that is mounted from the host the number
#   counts as there. Members of some groups are as good as root: `docker`, `disk`, `lxd`, and
#   root's own group.
#
#   Remove the group. Where the service has to read certain files of the host, make them
#   readable to a group of their own and add its number; groups of graphics cards, sound and
#   serial ports (`video`, `render`, `audio`, `dialout`) draw no finding.
# related_resources:
#   - ref: https://docs.docker.com/reference/compose-file/services/#group_add
#     description: group_add, in the Compose file reference
#   - ref: https://docs.docker.com/engine/install/linux-postinstall/
#     description: The docker group, in the post-installation steps for Linux
# custom:
#   severity: warning
#   security_severity: 4.0
#   precision: high
#   set: default
#   fixes: [unsafe]
#   controls: [nist-800-190/4.4.3, nist-800-190/4.5.4]
#   tags: [external/cwe/cwe-250]
#   techniques: [T1611]
package composelint.rules["privileged-group"]

import data.composelint.lint
import data.composelint.zone

findings contains lint.with_fix(lint.on(group, message), fix) if {
	some service in input.project.services
	some group in service.groups
	not _left_to_the_socket(service.owner, group.name)
	kind := data.composelint.groups.groups[group.name]
	message := $`{service.called} joins the group "{group.name}", whose members {kind.can}: add one that owns only what it needs`
	fix := lint.unsafe($`remove the group "{group.name}"`, "it has no access any more to what belongs to that group", [lint.remove(group)])
}

# What a holder of the API socket can do by the group, docker-socket-mount says already.
_left_to_the_socket(owner, name) if {
	owner in zone.holders
	data.composelint.groups.groups[name].with_socket == true
}
