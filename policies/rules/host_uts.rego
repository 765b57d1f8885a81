# METADATA
# title: Container in the host's UTS namespace
# description: |
#   The container shares the host's name, and with `SYS_ADMIN` it changes it: what is logged or
#   certified under that name may come from either.
#
#   Remove `uts: host`; set `hostname` where the container needs a name.
# related_resources:
#   - ref: https://docs.docker.com/reference/compose-file/services/#uts
#     description: uts, in the Compose file reference
#   - ref: https://man7.org/linux/man-pages/man7/uts_namespaces.7.html
#     description: uts_namespaces(7)
# custom:
#   severity: note
#   security_severity: 2.5
#   precision: very-high
#   set: strict
#   fixes: [unsafe]
#   controls: [cis-docker-1.8.0/5.21, nist-800-190/4.4.3]
#   tags: [external/cwe/cwe-653]
package composelint.rules["host-uts"]

import data.composelint.lint

findings contains lint.with_fix(lint.on(namespace, message), fix) if {
	some service in input.project.services
	some namespace in service.namespaces
	namespace.name == "uts"
	namespace.host == true
	message := $`{service.called} shares the host's UTS namespace: remove "uts: host"`
	fix := lint.unsafe(`remove "uts: host"`, "it has a host name of its own then", [lint.remove(namespace)])
}
