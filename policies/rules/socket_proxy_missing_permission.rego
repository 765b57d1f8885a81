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

import data.composelint.client_needs
import data.composelint.effective_api
import data.composelint.fewest_flags
import data.composelint.lint
import data.composelint.proxy_setup
import data.composelint.services
import data.composelint.settings
import data.composelint.zone

# A client gets one finding for each flag that is in its way.
findings contains lint.on({"at": _place(proxy, _missing_flags(proxy, client, operations))}, message) if {
	some [proxy, client, _], operations in _missing
	called := services.by_name[client].called
	message := $`{called} needs {_listed([operation | some operation in operations])}, which the socket proxy "{proxy}" denies: {_remedy(proxy, client, operations)}`
}

# _place is where one of the flags stands, else the proxy.
_place(proxy, flags) := min(stated) if {
	stated := {at | some flag in flags; at := effective_api.place(proxy, flag); at != services.by_name[proxy].at}
	count(stated) > 0
} else := services.by_name[proxy].at

_missing[[proxy, client, flag]] contains operation if {
	some proxy, names in zone.clients
	not settings.unknown_profiles[proxy] # which does not start at all
	some client in names
	not client in _of_several
	some operation in client_needs.needs[client]
	decision := effective_api.decision(proxy, operation)
	decision.verdict == "deny"
	not operation in object.get(effective_api.stopped_behind, proxy, set()) # where no flag of this one helps
	not _asks_again(operation, effective_api.possible[proxy])
	flag := decision.flag
}

# Of a client with several proxies it is not known what it asks of which.
_of_several := {client |
	some client, proxies in _proxies_of
	count(proxies) > 1
}

_proxies_of[client] contains proxy if {
	some proxy, names in zone.clients
	some client in names
}

# Docker's own client asks GET where HEAD is denied (moby, client/ping.go).
_asks_again("SystemPingHead", possible) if "SystemPing" in possible

_listed(operations) := concat(", ", operations) if {
	count(operations) < 4
} else := $"{first} and {more} more operations" if {
	first := concat(", ", array.slice(operations, 0, 2))
	more := count(operations) - 2
}

# The flags are those that all needs of the client take together. What opens all writing gives
# its clients the host, so that there are better remedies.
_remedy(proxy, client, operations) := $`use linuxserver/socket-proxy, where {instead} with "POST=0" is enough` if {
	effective_api.gates[proxy] in _missing_flags(proxy, client, operations)
	writes := fewest_flags.gated(proxy, operations)
	flags := fewest_flags.on_linuxserver(writes)
	instead := concat(" and ", [$`"{flag}=1"` | some flag in flags])
} else := "use a proxy that filters the bodies of requests" if {
	effective_api.gates[proxy] in _missing_flags(proxy, client, operations)
} else := $`set {names} to "1"` if {
	flags := _missing_flags(proxy, client, operations)
	count(flags) > 0
	names := concat(" and ", [$`"{flag}"` | some flag in flags])
} else := "let that through, or use a client that needs less"

_missing_flags(proxy, client, operations) := {flag |
	all_flags := fewest_flags.fewest(proxy, client_needs.needs[client])
	some operation in operations
	some flags in effective_api.flag_sets_for(proxy, operation)
	count(flags - all_flags) == 0
	some flag in flags
} - object.get(proxy_setup.flags, [proxy, "on"], set())
