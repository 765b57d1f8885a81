# METADATA
# title: Processes can gain privileges
# description: |
#   A process in the container can gain privileges that it was not started with, by a
#   setuid program such as `su` or `ping` that the image brings along. That turns a
#   foothold as an ordinary user into root in the container, from where every other
#   weakness is nearer.
#
#   Add `security_opt: [no-new-privileges:true]`. A container that needs `sudo`, or starts
#   as root and changes to a user by a setuid program, has to do without it; starting as
#   root and dropping to a user, as most images do, goes on to work.
# related_resources:
#   - ref: https://docs.docker.com/reference/compose-file/services/#security_opt
#     description: security_opt, in the Compose file reference
#   - ref: https://docs.kernel.org/userspace-api/no_new_privs.html
#     description: No New Privileges Flag
#   - ref: https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html
#     description: OWASP Docker Security Cheat Sheet
# custom:
#   severity: warning
#   security_severity: 5.5
#   precision: high
#   set: default
#   fixes: [safe, unsafe]
#   controls: [cis-docker-1.8.0/5.26, owasp-docker/4, nist-800-190/4.4.3, guide]
#   tags: [external/cwe/cwe-250]
#   techniques: [T1068]
package composelint.rules["new-privileges-allowed"]

import data.composelint.absence
import data.composelint.image_needs
import data.composelint.lint

findings contains lint.with_fix(lint.on(option, message), fix) if {
	some service in input.project.services
	service.name in _switched_off
	some option in service.security_options
	_is_off(option.name, option.value)
	message := $`{service.called} switches "no-new-privileges" off: set it to "true"`
	fix := lint.unsafe(`set "no-new-privileges" to "true"`, _risk, [lint.replace(option, "no-new-privileges:true")])
}

findings contains finding if {
	some finding in absence.findings(_lacking, `can gain privileges by setuid programs: add "no-new-privileges:true" to "security_opt"`)
}

_lacking := {service.name: _with_fix(lint.on(service, message), service) |
	some service in input.project.services
	service.complete == true
	service.no_new_privileges == false
	not service.name in _switched_off
	message := $`{service.called} can gain privileges by setuid programs: add "no-new-privileges:true" to "security_opt"{_also(service.name)}`
}

_with_fix(finding, service) := finding if {
	image_needs.broken_by_no_new_privileges[service.name]
} else := lint.with_fix(finding, lint.safe(_title, _added(service))) if {
	service.name in _without_setuid
} else := lint.with_fix(finding, lint.unsafe(_title, _risk, _added(service)))

_title := `add "no-new-privileges:true" to "security_opt"`

_risk := "a program that becomes another user by a setuid program, such as sudo, does not any more"

_added(service) := [lint.append(service, ["security_opt"], "no-new-privileges:true")]

# _without_setuid are the services whose image was looked at, and whose file calls no program that needs more.
_without_setuid contains service.name if {
	some service in input.project.services
	entry := image_needs.of[service.name]
	entry.read == true
	not entry.no_new_privileges
	count([image | some image in entry.images; endswith(image, "*")]) == 0
	words := array.concat(service.command, service.healthcheck.test)
	count([word | some word in words; not regex.match(_gaining, object.get(word, "value", "sudo"))]) == count(words)
}

_gaining := `\b(sudo|su|doas|ping6?|newgrp|pkexec)\b`

_also(name) := $`, and {image_needs.broken_by_no_new_privileges[name].instead}` if {
	image_needs.broken_by_no_new_privileges[name]
} else := ""

_switched_off contains service.name if {
	some service in input.project.services
	service.no_new_privileges == false
	some option in service.security_options
	_is_off(option.name, option.value)
}

# Docker reads the value as Go's strconv.ParseBool does.
_is_off("no-new-privileges", value) if value in {"0", "f", "F", "false", "False", "FALSE"}
