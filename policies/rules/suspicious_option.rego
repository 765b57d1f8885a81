# METADATA
# title: Accepted, but surely a slip
# description: |
#   docker compose accepts this without a word and does something else than the file seems to
#   say. A word of a mount's mode that it does not know is left out: `:roz` mounts writable. In
#   a list, `- DEBUG="1"` puts the quotes into the value, so that most programs do not find it
#   equal to `1`. A definition that an included file has as well lies over that one, although
#   the documentation promises an error. A misspelt tag such as `!overide` says nothing, and a
#   date without quotes becomes a time: `2024-05-01 00:00:00 +0000 UTC`. A misspelt profile in
#   `COMPOSE_PROFILES` enables nothing.
#
#   Write the mode as `ro`, `rw`, `z` or `Z`, separated by commas; put quotes around the whole
#   entry, `- "DEBUG=1"`, or leave them out; give the definition another name, or say in a
#   `compose.override.yaml` what changes.
# related_resources:
#   - ref: https://docs.docker.com/reference/compose-file/services/#volumes
#     description: volumes of a service, in the Compose file reference
#   - ref: https://docs.docker.com/reference/compose-file/services/#environment
#     description: environment, in the Compose file reference
#   - ref: https://docs.docker.com/compose/how-tos/multiple-compose-files/include/
#     description: Include
# custom:
#   severity: warning
#   precision: high
#   set: default
#   fixes: [unsafe]
#   controls: []
#   tags: [correctness]
package composelint.rules["suspicious-option"]

import data.composelint.lint
import data.composelint.settings

findings contains lint.on(mount, message) if {
	some service in input.project.services
	some mount in service.mounts
	mount.from == ""
	ignored := [$`"{word}"` | some word in mount.ignored; not data.composelint.mount_modes.harmless[word]]
	count(ignored) > 0
	words := concat(", ", ignored)
	target := mount.target
	mode := _mode(mount.read_only)
	message := $`{words} in the mode of "{target}" of {service.called} is ignored, so that it is mounted {mode}: write "ro", "rw", "z" or "Z", separated by commas`
}

findings contains _unquoted(lint.on(variable, message), variable) if {
	some service in input.project.services
	some variable in service.environment
	regex.match(`^("[^"$:]+[^"]*"|'[^'$:]+[^']*')$`, variable.literal)
	variable.from_file == false
	variable.value == variable.literal
	not _is_flag(service.name, variable.name)
	message := _quotes($`"{variable.name}" of {service.called}`)
}

findings contains _unquoted(lint.on(setting, message), setting) if {
	some service in input.project.services
	some list in [service.labels, service.options]
	some setting in list
	regex.match(`^("[^"$:]+[^"]*"|'[^'$:]+[^']*')$`, setting.literal)
	setting.value == setting.literal
	message := _quotes($`"{setting.name}" of {service.called}`)
}

findings contains _unquoted(lint.on(argument, message), argument) if {
	some service in input.project.services
	some argument in service.build.args
	regex.match(`^("[^"$:]+[^"]*"|'[^'$:]+[^']*')$`, argument.literal)
	argument.value == argument.literal
	message := _quotes($`"{argument.name}" of {service.called}`)
}

findings contains lint.on(override, message) if {
	some override in input.project.overrides
	what := trim_suffix(override.section, "s")
	message := $`the {what} "{override.name}" is defined here and in an included file, and this lies over that: give it another name, or say the changes in compose.override.yaml`
}

findings contains lint.with_fix(lint.on(slip, message), fix) if {
	some slip in input.project.slips
	slip.kind == "tag"
	fix := lint.unsafe($`write "{slip.means}"`, "what the tag says takes effect", [lint.correct(slip, slip.means)])
	message := $`nobody knows the tag "{slip.text}", so that it says nothing: did you mean "{slip.means}"?`
}

findings contains lint.on(slip, message) if {
	some slip in input.project.slips
	slip.kind == "date"
	message := $`"{slip.text}" is a date to YAML, and becomes "{slip.means}": put it in quotes`
}

findings contains lint.on(slip, message) if {
	some slip in input.project.slips
	slip.kind == "profile"
	message := $`no service has the profile "{slip.text}", so that it enables nothing: did you mean "{slip.means}"?`
}

# What a socket proxy makes of its flags is said by socket-proxy-flag-value.
_is_flag(service, name) if name in settings.flags[service]

_unquoted(finding, setting) := lint.with_fix(finding, lint.unsafe("take the quotes off", "the program gets another value", [lint.unquote(setting)]))

_mode(true) := "read-only"

_mode(false) := "writable"

_quotes(called) := $`the value of {called} has its quotes in it: put them around the whole entry, or leave them out`
