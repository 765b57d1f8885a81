# METADATA
# title: Confinement switched off
# description: |
#   Seccomp, AppArmor, SELinux and the masked paths of `/proc` are what stands between a
#   process in the container and the host's kernel when everything else has failed. An
#   `unconfined` takes one of them away for good, mostly to get one system call or one mount
#   to work.
#
#   Remove the option and start the container: what needed it in the past often works with
#   today's Docker. If it still fails, give it a profile of its own that has the one thing more:
#   `seccomp:./profile.json`, made from Docker's default profile, or an AppArmor profile
#   loaded on the host. Under SELinux, mount with `:z` or `:Z` instead of `label:disable`. A socket of
#   the host is not to be relabelled, which would close it to those that it is for: leave the option to the
#   one service that connects to it, best a socket proxy, or allow the connection by a policy module.
# related_resources:
#   - ref: https://docs.docker.com/engine/security/seccomp/
#     description: Seccomp security profiles for Docker
#   - ref: https://docs.docker.com/engine/security/apparmor/
#     description: AppArmor security profiles for Docker
#   - ref: https://docs.docker.com/reference/compose-file/services/#security_opt
#     description: security_opt, in the Compose file reference
#   - ref: https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html
#     description: OWASP Docker Security Cheat Sheet
# custom:
#   severity: error
#   security_severity: 8.0
#   precision: very-high
#   set: default
#   fixes: [unsafe]
#   controls: [cis-docker-1.8.0/5.2, cis-docker-1.8.0/5.3, cis-docker-1.8.0/5.22, owasp-docker/6, nist-800-190/4.4.3]
#   tags: [external/cwe/cwe-693]
#   techniques: [T1611, T1068, T1562.001]
package composelint.rules["unconfined-profile"]

import data.composelint.lint
import data.composelint.mounts
import data.composelint.needed_privileges

findings contains _with_fix(lint.against(lint.with_severity(lint.on(option, message), severity), kind.controls), option, instead) if {
	some service in input.project.services
	some option in service.security_options
	some kind in data.composelint.unconfined.options
	kind.name == option.name
	regex.match(kind.value, option.value)
	[severity, instead] := _right(kind, service.name, service.mounts)
	message := $`{service.called} {kind.what}{instead}`
}

_with_fix(finding, option, instead) := lint.with_fix(finding, lint.unsafe($`remove "{option.name}"`, "what needs more than the profile allows does not work any more", [lint.remove(option)])) if {
	startswith(instead, ": remove it")
} else := finding

_right(kind, name, list) := ["note", $`, {need}: let as few as possible reach it`] if {
	need := needed_privileges.of(name, "options", kind.name)
} else := ["note", $`: {data.composelint.unconfined.beside_a_socket}`] if {
	kind.name == "label"
	some mount in list
	mounts.api_sockets[mount.at]
} else := [kind.severity, $`: {kind.instead}`]
