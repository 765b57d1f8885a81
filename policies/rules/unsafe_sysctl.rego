# METADATA
# title: Unsafe kernel parameter
# description: |
#   Of most kernel parameters there is one for the host and all its containers: a container
#   that sets `vm.max_map_count` or `kernel.core_pattern` would set it for everybody, and so
#   would one that sets a `net.` parameter on the host's network. Docker refuses to start
#   it; a runtime that does not gives it a way to the host. Others are a container's own, but
#   take a protection of its network away.
#
#   Set what belongs to the host on the host, in `/etc/sysctl.d`. Leave the protections of the
#   network at their defaults; `net.ipv4.ip_forward`, `net.core.somaxconn` and the like, which
#   routers and busy servers need, draw no finding.
# related_resources:
#   - ref: https://docs.docker.com/reference/compose-file/services/#sysctls
#     description: sysctls, in the Compose file reference
#   - ref: https://docs.docker.com/reference/cli/docker/container/run/#sysctl
#     description: Namespaced kernel parameters
#   - ref: https://docs.kernel.org/networking/ip-sysctl.html
#     description: IP Sysctl
# custom:
#   severity: error
#   security_severity: 5.5
#   precision: high
#   set: default
#   fixes: [unsafe]
#   controls: [nist-800-190/4.4.3]
#   tags: [external/cwe/cwe-693]
#   techniques: [T1499]
package composelint.rules["unsafe-sysctl"]

import data.composelint.isolation
import data.composelint.lint

findings contains lint.with_fix(lint.with_severity(lint.on(setting, message), verdict.severity), _removed(setting)) if {
	some service in input.project.services
	some setting in service.sysctls
	by := _by(service.name, setting.name)
	verdict := _verdict(service.name in _with_runc)
	message := $`{service.called} sets "{setting.name}", which is the host's{by}{verdict.so}: set it on the host`
}

findings contains lint.with_fix(lint.with_severity(lint.on(setting, message), "warning"), _removed(setting)) if {
	some service in input.project.services
	some setting in service.sysctls
	some kind in data.composelint.sysctls.weakening
	regex.match(kind.name, setting.name)
	regex.match(kind.value, setting.value)
	message := $`{service.called} sets "{setting.name}" to "{setting.value}", which {kind.weakness}: leave it at its default`
}

_removed(setting) := lint.unsafe($`remove "{setting.name}"`, "it has the host's or the kernel's value then", [lint.remove(setting)])

# _verdict is what a parameter of the host comes to: runc starts no such container.
_verdict(true) := {"severity": "error", "so": ", so that it does not start"}

_verdict(false) := {"severity": "warning", "so": ""}

_with_runc := {service.name | some service in input.project.services; service.runtime in {"", "runc"}}

# _by says by which namespace a parameter is the host's. It is undefined for the container's own.
_by(service, name) := $` by its {namespace} namespace` if {
	some namespace in _namespaces(name)
	[namespace, service] in isolation.shared
}

_by(_, name) := "" if count(_namespaces(name)) == 0

_namespaces(name) := {kind.namespace | some kind in data.composelint.sysctls.namespaced; regex.match(kind.name, name)}
