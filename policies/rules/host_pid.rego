# METADATA
# title: Container in the host's PID namespace
# description: |
#   The container sees every process of the host, with command lines and, as root, environment
#   variables and files under `/proc/PID/root`; it can stop them, and with one more capability
#   take them over. A container that joins the PID namespace of another gets as close to that
#   one: where the other has more rights, they are nearer than they should be.
#
#   Remove `pid: host`. An agent that measures the host reads it from mounts (node-exporter:
#   `/:/host:ro,rslave` and `--path.rootfs=/host`, cAdvisor: `/sys` and `/var/lib/docker`,
#   read-only), and goes on to work without, but for lists of single processes.
# related_resources:
#   - ref: https://docs.docker.com/reference/compose-file/services/#pid
#     description: pid, in the Compose file reference
#   - ref: https://docs.docker.com/reference/cli/docker/container/run/#pid
#     description: PID settings
#   - ref: https://man7.org/linux/man-pages/man7/pid_namespaces.7.html
#     description: pid_namespaces(7)
# custom:
#   severity: error
#   security_severity: 8.0
#   precision: very-high
#   set: default
#   fixes: [unsafe]
#   controls: [cis-docker-1.8.0/5.16, nist-800-190/4.4.3]
#   tags: [external/cwe/cwe-653]
#   techniques: [T1611]
package composelint.rules["host-pid"]

import data.composelint.isolation
import data.composelint.lint
import data.composelint.needed_privileges

findings contains lint.with_fix(lint.with_related(lint.on(namespace, message), related), isolation.own_namespace(namespace)) if {
	some service in input.project.services
	some namespace in service.namespaces
	namespace.name == "pid"
	namespace.host == true
	not needed_privileges.of(service.name, "namespaces", "pid")
	message := $`{service.called} {_how(namespace.of)}`
	related := [{"at": at, "label": "on the way to the host's PID namespace"} | some at in namespace.through]
}

findings contains lint.with_severity(lint.on(namespace, message), "note") if {
	some service in input.project.services
	some namespace in service.namespaces
	namespace.name == "pid"
	namespace.host == true
	need := needed_privileges.of(service.name, "namespaces", "pid")
	message := $`{service.called} shares the host's PID namespace, {need}: {needed_privileges.remains("see every process of the host")}`
}

findings contains lint.with_fix(lint.with_severity(lint.on(namespace, message), "warning"), isolation.own_namespace(namespace)) if {
	some service in input.project.services
	some namespace in service.namespaces
	namespace.name == "pid"
	namespace.host == false
	right := isolation.lent[namespace.at]
	message := $`{service.called} joins the PID namespace of "{namespace.of}", which {right}: give it one of its own`
}

_how(of) := `shares the host's PID namespace: remove "pid: host"` if {
	of == ""
} else := $`joins the PID namespace of "{of}", which is the host's: give it one of its own`
