# METADATA
# title: Out-of-memory killer switched off
# description: |
#   When memory runs out, the kernel spares this container. With a memory limit, it hangs
#   there instead of being restarted; without one, the kernel kills the host's own
#   processes in its place, and the whole host may go down. (A host with version 2 of
#   cgroups ignores the option.)
#
#   Remove `oom_kill_disable`, and set `mem_limit` well above what the container uses. To
#   protect an important container rather than to exempt it, reserve memory for it with
#   `mem_reservation`.
# related_resources:
#   - ref: https://docs.docker.com/engine/containers/resource_constraints/#understand-the-risks-of-running-out-of-memory
#     description: Understand the risks of running out of memory
#   - ref: https://docs.docker.com/reference/compose-file/services/#oom_kill_disable
#     description: oom_kill_disable, in the Compose file reference
# custom:
#   severity: error
#   security_severity: 4.0
#   precision: very-high
#   set: default
#   fixes: [unsafe]
#   controls: []
#   tags: [external/cwe/cwe-770]
#   techniques: [T1499]
package composelint.rules["oom-killer-disabled"]

import data.composelint.lint

findings contains lint.with_fix(lint.on_key(service, "oom_kill_disable", message), _removed(service)) if {
	some service in input.project.services
	service.oom_kill_disable == true
	service.limits.memory == 0
	message := $`the kernel spares {service.called} when memory runs out, which has no memory limit, and kills others instead: remove "oom_kill_disable"`
}

findings contains lint.with_fix(lint.with_severity(lint.on_key(service, "oom_kill_disable", message), "warning"), _removed(service)) if {
	some service in input.project.services
	service.oom_kill_disable == true
	not service.name in _unlimited
	message := $`{service.called} hangs when its memory runs out, instead of being restarted: remove "oom_kill_disable"`
}

_removed(service) := lint.unsafe(`remove "oom_kill_disable"`, "it is killed when memory runs out, and started again by its policy", [lint.remove_key(service, "oom_kill_disable")])

_unlimited := {service.name | some service in input.project.services; service.limits.memory == 0}
