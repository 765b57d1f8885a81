# METADATA
# title: Operation that a client needs is denied
# description: |
#   The client needs operations of the Docker API that the proxy denies. It will get 403 for
#   them and fail, or do nothing without a word; the usual way out in a hurry is to open more
#   than it needs, or to mount the socket after all.
#
#   Set the flags that the message names to `1`. Where one of them is `POST`, compare with
#   what else it opens: for starting, stopping and restarting containers,
#   linuxserver/socket-proxy has `ALLOW_START`, `ALLOW_STOP` and `ALLOW_RESTARTS`, which work
#   with `POST=0`.
# related_resources:
#   - ref: https://github.com/Tecnativa/docker-socket-proxy
#     description: Tecnativa docker-socket-proxy
#   - ref: https://github.com/linuxserver/docker-socket-proxy
#     description: linuxserver socket-proxy
#   - ref: https://docs.docker.com/reference/api/engine/
#     description: Docker Engine API
# custom:
#   severity: warning
#   precision: medium
#   set: default
#   controls: [guide]
#   tags: [correctness]
package composelint.rules["socket-proxy-missing-permission"]

import data.composelint.clients
import data.composelint.docker_api
import data.composelint.lint

# A client gets one finding for each flag that is in its way.
findings contains lint.on({"at": docker_api.place(proxy, flag)}, message) if {
	some [proxy, client, flag], operations in _missing
	called := lint.services[client].called
	message := $`{called} needs {_listed([operation | some operation in operations])}, which the socket proxy "{proxy}" denies: {_remedy(proxy, client, operations)}`
}

_missing[[proxy, client, flag]] contains operation if {
	some proxy, names in lint.clients
	some client in names
	some operation in clients.needs[client]
	decision := docker_api.decision(proxy, operation)
	decision.verdict == "deny"
	flag := decision.flag
}

_listed(operations) := concat(", ", operations) if {
	count(operations) < 4
} else := $"{first} and {more} more operations" if {
	first := concat(", ", array.slice(operations, 0, 2))
	more := count(operations) - 2
}

# That is of the flags that all needs of the client take together.
_remedy(proxy, client, operations) := $`that takes {flags}` if {
	all_flags := clients.fewest(proxy, clients.needs[client])
	needed := {flag |
		some operation in operations
		some flags in docker_api.flag_sets_for(proxy, operation)
		count(flags - all_flags) == 0
		some flag in flags
	} - docker_api.flags[proxy].on
	count(needed) > 0
	flags := concat(" and ", [$`"{flag}"` | some flag in needed])
} else := "let it through, or take it off the client"
