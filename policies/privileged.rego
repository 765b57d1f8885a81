# METADATA
# title: Privileged container
# description: |
#   A privileged container has every capability, every device of the host and no seccomp
#   or AppArmor profile: whoever controls a process in it controls the host.
#
#   Remove `privileged: true` and grant the one thing that the container needs instead: a
#   capability with `cap_add`, or a device with `devices`.
# related_resources:
#   - ref: https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities
#     description: Runtime privilege and Linux capabilities
# custom:
#   severity: error
#   security_severity: 9.5
#   precision: very-high
#   set: default
#   controls: [cis-docker-1.6.0/5.5, owasp-docker/3, nist-800-190/4.4.3]
#   tags: [external/cwe/cwe-250]
package composelint.rules.privileged

import data.composelint.lint

findings contains lint.on_key(service, "privileged", message) if {
	some service in input.project.services
	service.privileged == true
	message := $`service "{service.name}" is privileged, which is root on the host: grant single capabilities or devices instead`
}
