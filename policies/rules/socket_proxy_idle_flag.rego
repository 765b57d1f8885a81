# METADATA
# title: Flag of a socket proxy without effect
# description: |
#   A flag is on but lets no request through that would not pass, or not fail, without it. Who
#   reads the file takes the deployment for another one: on Tecnativa's image `ALLOW_START`,
#   `ALLOW_STOP` and `ALLOW_RESTARTS` come after the gate `POST` and do nothing while that is
#   off, and beside `CONTAINERS` with `POST`, which open everything under `/containers`, they
#   neither add nor limit anything. `POST` alone opens nothing either, until a section is
#   opened beside it.
#
#   Remove the flag, or set it to `0`: nothing changes. Where a client has to start, stop or
#   restart containers, take linuxserver/socket-proxy: there these three flags work with
#   `POST=0`, which does not make the client root on the host; beside `POST=1` they are as
#   idle as elsewhere, and it is `POST` that should go.
# related_resources:
#   - ref: https://github.com/Tecnativa/docker-socket-proxy
#     description: Tecnativa docker-socket-proxy
#   - ref: https://github.com/Tecnativa/docker-socket-proxy/issues/101
#     description: ALLOW_START and the like need POST
#   - ref: https://github.com/linuxserver/docker-socket-proxy
#     description: linuxserver socket-proxy
# custom:
#   severity: warning
#   precision: very-high
#   set: default
#   fixes: [safe]
#   tags: [correctness, unnecessary]
package composelint.rules["socket-proxy-idle-flag"]

import data.composelint.effective_api
import data.composelint.fewest_flags
import data.composelint.flag_fixes
import data.composelint.lint
import data.composelint.settings
import data.composelint.socket_proxies

findings contains lint.with_fixes(lint.on(variable, message), flag_fixes.drop(variable)) if {
	some service in socket_proxies.services
	idle := settings.idle_beside[service.name]
	some variable in service.environment
	beside := idle[variable.name]
	message := $`"{variable.name}" of the socket proxy "{service.name}" adds nothing to {_joined(beside, ` with `)}: {_remedy_beside(variable.name, service.name, beside)}`
}

findings contains lint.with_fixes(lint.on(variable, message), flag_fixes.drop(variable)) if {
	some service in socket_proxies.services
	idle := settings.idle_without[service.name]
	some variable in service.environment
	without := idle[variable.name]
	message := $`"{variable.name}" of the socket proxy "{service.name}" opens nothing {_while(without)}: {_remedy(variable.name, service.name, without)}`
}

# A flag that does without the gate may be what is meant, and the gate what is too much.
_remedy_beside(flag, proxy, beside) := $`remove it, or set "{gate}" to "0"` if {
	gate := effective_api.gates[proxy]
	gate in beside
	not gate in object.get(fewest_flags.flags_asked, proxy, set())
	some sets in effective_api.flag_sets[proxy]
	some enough in sets
	flag in enough
	not gate in enough
} else := "remove it"

_while(without) := $"while {_joined(flags, ` and `)} {_are(count(flags))} off" if {
	count(without) == 1
	some flags in without
} else := "while no section that it is for is open"

_joined(flags, by) := concat(by, [$`"{flag}"` | some flag in flags])

_are(1) := "is"

_are(n) := "are" if n > 1

# What else the known clients need there is named, and it is no remedy where they need what that cannot.
_remedy(flag, proxy, without) := $`remove it, or use {fewest_flags.linuxserver(proxy)}, where it needs no "POST"{_with(others - {flag})}` if {
	flag in {"ALLOW_START", "ALLOW_STOP", "ALLOW_RESTARTS"}
	without == {{"POST"}}
	others := fewest_flags.on_linuxserver(proxy, object.get(fewest_flags.asked, [proxy, "needs"], set()))
} else := "remove it"

_with(flags) := "" if count(flags) == 0

_with(flags) := $`, with {concat(" and ", [$`"{flag}=1"` | some flag in flags])}` if count(flags) > 0
