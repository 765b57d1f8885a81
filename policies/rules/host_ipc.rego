# METADATA
# title: Container in the host's IPC namespace
# description: |
#   The container shares the host's shared memory, semaphores and message queues: it can read
#   and change what programs of the host, such as databases and browsers, exchange by them. A
#   container that joins the IPC namespace of another gets as close to that one.
#
#   Remove `ipc: host`. Where a browser or a framework for machine learning runs out of shared
#   memory, which is what the option is mostly copied for, set `shm_size: 1gb`. Containers
#   that exchange shared memory join one another: `ipc: shareable` and `ipc: service:NAME`.
# related_resources:
#   - ref: https://docs.docker.com/reference/compose-file/services/#ipc
#     description: ipc, in the Compose file reference
#   - ref: https://docs.docker.com/reference/cli/docker/container/run/#ipc
#     description: IPC settings
#   - ref: https://man7.org/linux/man-pages/man7/ipc_namespaces.7.html
#     description: ipc_namespaces(7)
# custom:
#   severity: error
#   security_severity: 8.0
#   precision: very-high
#   set: default
#   fixes: [unsafe]
#   controls: [cis-docker-1.8.0/5.17, nist-800-190/4.4.3]
#   tags: [external/cwe/cwe-653]
#   techniques: [T1611, T1499]
package composelint.rules["host-ipc"]

import data.composelint.isolation
import data.composelint.lint

findings contains lint.with_fix(lint.with_related(lint.on(namespace, message), related), isolation.own_namespace(namespace)) if {
	some service in input.project.services
	some namespace in service.namespaces
	namespace.name == "ipc"
	namespace.host == true
	message := $`{service.called} {_how(namespace.of)}`
	related := [{"at": at, "label": "on the way to the host's IPC namespace"} | some at in namespace.through]
}

findings contains lint.with_fix(lint.with_severity(lint.on(namespace, message), "warning"), isolation.own_namespace(namespace)) if {
	some service in input.project.services
	some namespace in service.namespaces
	namespace.name == "ipc"
	namespace.host == false
	right := isolation.lent[namespace.at]
	message := $`{service.called} joins the IPC namespace of "{namespace.of}", which {right}: give it one of its own`
}

_how(of) := `shares the host's IPC namespace: remove "ipc: host", and set "shm_size" if it runs out of shared memory` if {
	of == ""
} else := $`joins the IPC namespace of "{of}", which is the host's: give it one of its own`
