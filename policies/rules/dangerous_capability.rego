# METADATA
# title: Dangerous capability
# description: |
#   A capability is a part of what root may do on the host's kernel. Beyond those that Docker
#   grants by default, some are as good as root on the host (`ALL`, `SYS_ADMIN`, `SYS_MODULE`,
#   `SYS_RAWIO`, `DAC_READ_SEARCH`, `BPF`), and others reach what all containers share: the
#   clock, the audit, the kernel's log. Together with a namespace of the host, `SYS_PTRACE`
#   takes over its processes and `NET_ADMIN` its network.
#
#   Remove the capability from `cap_add` and start the container: few need what their example
#   files grant. Do what is left on the host (load the module, mount the file system, set the
#   clock), or grant the one device. With `cap_drop: [ALL]`, add those of Docker's defaults
#   that are needed, such as `CHOWN`, `SETUID` and `SETGID`, or `NET_BIND_SERVICE`: they draw
#   no finding.
# related_resources:
#   - ref: https://man7.org/linux/man-pages/man7/capabilities.7.html
#     description: capabilities(7)
#   - ref: https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities
#     description: Runtime privilege and Linux capabilities
#   - ref: https://docs.docker.com/reference/compose-file/services/#cap_add
#     description: cap_add, in the Compose file reference
#   - ref: https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html
#     description: OWASP Docker Security Cheat Sheet
# custom:
#   severity: error
#   security_severity: 9.5
#   precision: high
#   set: default
#   fixes: [unsafe]
#   controls: [cis-docker-1.8.0/5.4, owasp-docker/3, nist-800-190/4.4.3]
#   tags: [external/cwe/cwe-250]
#   techniques: [T1611]
package composelint.rules["dangerous-capability"]

import data.composelint.isolation
import data.composelint.lint
import data.composelint.needed_privileges
import data.composelint.socket_proxies

findings contains _with_fix(lint.with_severity(lint.on(capability, message), grade.severity), capability) if {
	some service in input.project.services

	# The capabilities of a proxy are left to socket-proxy-privileged.
	not socket_proxies.kinds[service.name]
	some capability in service.cap_add
	not needed_privileges.of(service.name, "capabilities", capability.name)
	grade := _grade(service.name, capability.name)
	message := $`{service.called} adds the capability "{capability.name}", with which it can {grade.can}: {grade.instead}`
}

findings contains lint.with_severity(lint.on(capability, message), "note") if {
	some service in input.project.services
	some capability in service.cap_add
	need := needed_privileges.of(service.name, "capabilities", capability.name)
	grade := _grade(service.name, capability.name)
	message := $`{service.called} adds the capability "{capability.name}", {need}: {needed_privileges.remains(grade.can)}`
}

# Of all of them, some may be needed.
_with_fix(finding, capability) := finding if {
	capability.name == "ALL"
} else := lint.with_fix(finding, lint.unsafe($`remove "{capability.name}"`, "what needs the capability does not work any more", [lint.remove(capability)]))

_grade(service, name) := grade if {
	grade := data.composelint.capabilities.added[name].beside
	[grade.namespace, service] in isolation.shared
} else := data.composelint.capabilities.added[name]
