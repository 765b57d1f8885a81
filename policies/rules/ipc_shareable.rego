# METADATA
# title: IPC namespace open to other containers
# description: |
#   With `ipc: shareable`, other containers join this one's IPC namespace and read and change
#   its shared memory, semaphores and message queues. Whoever controls one of them is inside
#   of what they share.
#
#   Remove `ipc: shareable`, and `ipc: service:…` from those that join, unless they exchange
#   shared memory; those that do, and no others, belong into one namespace.
# related_resources:
#   - ref: https://docs.docker.com/reference/compose-file/services/#ipc
#     description: ipc, in the Compose file reference
#   - ref: https://man7.org/linux/man-pages/man7/ipc_namespaces.7.html
#     description: ipc_namespaces(7)
# custom:
#   severity: note
#   security_severity: 2.5
#   precision: high
#   set: strict
#   fixes: [unsafe]
#   controls: [cis-docker-1.8.0/5.17, nist-800-190/4.4.3]
#   tags: [external/cwe/cwe-653]
#   techniques: [T1499]
package composelint.rules["ipc-shareable"]

import data.composelint.lint

findings contains lint.with_fix(lint.with_related(lint.on(namespace, message), related), fix) if {
	some service in input.project.services
	some namespace in service.namespaces
	namespace.name == "ipc"
	namespace.mode == "shareable"
	joiners := _joiners[service.name]
	who := _who(joiners)
	message := $`{service.called} shares its IPC namespace with {who}: give each one of its own unless they exchange shared memory`
	fix := lint.unsafe(`remove "ipc" there and from those that join it`, "what they exchange by shared memory does not arrive any more", array.concat([lint.remove(namespace)], [lint.remove(joiner) | some joiner in joiners]))
	related := [place |
		some joiner in joiners
		place := {"at": joiner.at, "label": $`{joiner.called} joins it`}
	]
}

_joiners := _joined

_joined[owner] contains joiner if {
	some service in input.project.services
	some namespace in service.namespaces
	namespace.name == "ipc"
	owner := namespace.joined
	joiner := {"at": namespace.at, "called": service.called}
}

_who(joiners) := min(joiners).called if {
	count(joiners) == 1
} else := $"{count(joiners)} others"
