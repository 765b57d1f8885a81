# METADATA
# title: Container in the host's user namespace
# description: |
#   Where the engine maps root of its containers to an ordinary user of the host
#   (`userns-remap`), this container is exempt: its root is the host's. Elsewhere the option
#   changes nothing until the mapping is switched on.
#
#   Remove `userns_mode: host`, and give files that are mounted from the host to the mapped
#   user.
# related_resources:
#   - ref: https://docs.docker.com/reference/compose-file/services/#userns_mode
#     description: userns_mode, in the Compose file reference
#   - ref: https://docs.docker.com/engine/security/userns-remap/
#     description: Isolate containers with a user namespace
#   - ref: https://man7.org/linux/man-pages/man7/user_namespaces.7.html
#     description: user_namespaces(7)
# custom:
#   severity: note
#   security_severity: 2.5
#   precision: very-high
#   set: strict
#   fixes: [unsafe]
#   controls: [cis-docker-1.8.0/5.31, nist-800-190/4.4.3]
#   tags: [external/cwe/cwe-653]
#   techniques: [T1611, T1068]
package composelint.rules["host-userns"]

import data.composelint.isolation
import data.composelint.lint

findings contains lint.with_fix(lint.on(namespace, message), isolation.own_namespace(namespace)) if {
	some service in input.project.services
	some namespace in service.namespaces
	namespace.name == "userns"
	namespace.host == true
	message := $`{service.called} shares the host's user namespace: remove "userns_mode: host"`
}
