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
#   fixes: [unsafe]
#   controls: [guide]
#   tags: [correctness]
package composelint.rules["socket-proxy-missing-permission"]

import data.composelint.client_needs
import data.composelint.effective_api
import data.composelint.fewest_flags
import data.composelint.flag_effects
import data.composelint.flag_fixes
import data.composelint.lint
import data.composelint.operations
import data.composelint.patterns
import data.composelint.proxy_setup
import data.composelint.services
import data.composelint.settings
import data.composelint.zone

# A client gets one finding for each flag that is in its way.
findings contains lint.with_fixes(lint.on({"at": _place(proxy, _missing_flags(proxy, client, denied))}, message), _fixes(proxy, opening)) if {
	some [proxy, client, flag], denied in _missing
	opening := _openings[[proxy, client, flag]]
	called := services.by_name[client].called
	message := $`{called} needs {_listed([operation | some operation in denied])}, which the socket proxy "{proxy}" denies: {_remedy(proxy, client, opening)}`
}

# What a list lets through in one spelling it denies in another: with a version of the API or without.
findings contains lint.with_fix(lint.on({"at": effective_api.place(proxy, flag)}, message), lint.by_hand("an expression is better widened by who knows what it is for")) if {
	some [proxy, client], asked in _misspelt
	flag := min({effective_api.decision(proxy, way).flag | some operation in asked; some way in _same(operation); way in effective_api.allowed[proxy]})
	called := services.by_name[client].called
	message := $`{called} asks for {_listed([operation | some operation in asked])} by "{_request(proxy, client, min(asked))}", which the socket proxy "{proxy}" denies while it lets others by: let that through too`
}

# _request is how the client writes an operation.
_request(proxy, client, operation) := $"{method} {version}{path}" if {
	versions := client_needs.spellings(client, operation, patterns.versions[proxy])
	version := max(versions)
	forms := operations.paths[operation]
	path := forms[count(forms) - 1]
	method := split(data.composelint.prepared.requests[operation], " ")[0]
}

# _place is where one of the flags stands, else the proxy.
_place(proxy, flags) := min(stated) if {
	stated := {at | some flag in flags; at := effective_api.place(proxy, flag); at != services.by_name[proxy].at}
	count(stated) > 0
} else := services.by_name[proxy].at

_missing[[proxy, client, flag]] contains operation if {
	some [proxy, client], denied in _unmet
	some operation in denied
	count(_same(operation) & effective_api.allowed[proxy]) == 0
	flag := effective_api.decision(proxy, operation).flag
}

_misspelt[[proxy, client]] contains operation if {
	some [proxy, client], denied in _unmet
	some operation in denied
	count(_same(operation) & effective_api.allowed[proxy]) > 0
}

# _unmet are, by proxy and client, the operations that the client needs and is denied.
_unmet[[proxy, client]] contains operation if {
	some proxy, names in zone.askers
	not settings.unknown_profiles[proxy] # which does not start at all
	some client in names
	not client in _of_several
	some operation in client_needs.needs[client]
	not operation in object.get(effective_api.stopped_behind, proxy, set()) # where no flag of this one helps
	ways := {way | some way in _ways(client, operation); not _denied(proxy, client, way)}
	count(ways) == 0
}

_denied(proxy, _, operation) if effective_api.decision(proxy, operation).verdict == "deny"

_denied(proxy, client, operation) if {
	patterns.denies(proxy, operation, client_needs.spellings(client, operation, patterns.versions[proxy]))
}

# _ways are the operations by which a client comes to the same: a ping that is denied as HEAD is asked by
# GET, and one that is allowed as HEAD is not asked again. Of most clients the library is not known.
_ways(client, operation) := {operation} if {
	client_needs.libraries[client]
	not client_needs.libraries[client].head_or_get
} else := _same(operation)

_same(operation) := {operation} | {other | other := _pings[operation]}

_pings := {"SystemPing": "SystemPingHead", "SystemPingHead": "SystemPing"}

# Of a client with several proxies it is not known what it asks of which.
_of_several := {client |
	some client, proxies in _proxies_of
	count(proxies) > 1
}

_proxies_of[client] contains proxy if {
	some proxy, names in zone.clients
	some client in names
}

_listed(denied) := concat(", ", denied) if {
	count(denied) < 4
} else := $"{first} and {more} more operations" if {
	first := concat(", ", array.slice(denied, 0, 2))
	more := count(denied) - 2
}

# _openings are, by what is missing, the flags that open it, and the gate that is to be closed beside them, if any.
# There is none where that would make root on the host or open a dangerous section.
_openings := {[proxy, client, flag]: object.union({"missing": flags}, _opening(proxy, flags)) |
	some [proxy, client, flag], denied in _missing
	flags := _missing_flags(proxy, client, denied)
}

_opening(proxy, flags) := {"flags": flags, "gate": ""} if {
	count(flags) > 0
	flag_effects.harmless(proxy, proxy_setup.flags[proxy].on | flags)
} else := {"flags": flags, "gate": gate} if {
	count(flags) > 0
	gate := effective_api.gates[proxy]
	_closes_gate(proxy, gate, flags)
} else := {"flags": set(), "gate": ""}

_fixes(proxy, opening) := flag_fixes.set(proxy, object.union(closed, {flag: "1" | some flag in opening.flags})) if {
	count(opening.flags) > 0
	closed := {opening.gate: "0" | opening.gate != ""}
} else := [lint.by_hand("to open that would make root on the host or open a dangerous section: another kind of proxy does better")] if {
	count(opening.missing) > 0
} else := [lint.by_hand("no flag of this proxy opens it")]

# _remedy opens what is missing, unless that makes root on the host or opens a dangerous section: then
# there are better ones.
_remedy(proxy, client, opening) := $`set {_quoted(opening.flags)} to "1"` if {
	count(opening.flags) > 0
	opening.gate == ""
} else := $`set {_quoted(opening.flags)} to "1" and "{opening.gate}" to "0"` if {
	count(opening.flags) > 0
} else := $`use {fewest_flags.linuxserver(proxy)}, where {instead} with "POST=0" is enough` if {
	count(opening.missing) > 0
	flags := fewest_flags.on_linuxserver(proxy, fewest_flags.asked[proxy].needs)
	count(flags) > 0
	instead := concat(" and ", [$`"{flag}=1"` | some flag in flags])
} else := "use a proxy that filters the bodies of requests" if {
	count(opening.missing) > 0
} else := "use a proxy that filters the bodies of requests" if {
	flag_effects.root(proxy, effective_api.allowed[proxy] | _unmet[[proxy, client]])
} else := "let that through, or use a client that needs less"

_quoted(names) := concat(" and ", [$`"{name}"` | some name in names])

# _closes_gate is true of a gate that no client needs, and without which the missing flags do no harm.
_closes_gate(proxy, gate, flags) if {
	least := fewest_flags.smallest[proxy]
	not gate in (least.needs | least.wishes)
	flag_effects.harmless(proxy, (proxy_setup.flags[proxy].on | flags) - {gate})
}

_missing_flags(proxy, client, denied) := {flag |
	all_flags := fewest_flags.fewest(proxy, client_needs.needs[client])
	some operation in denied
	some flags in effective_api.flag_sets_for(proxy, operation)
	count(flags - all_flags) == 0
	some flag in flags
} - object.get(proxy_setup.flags, [proxy, "on"], set())
