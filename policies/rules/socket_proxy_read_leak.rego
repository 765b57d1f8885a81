# METADATA
# title: Socket proxy that lets files and secrets be read
# description: |
#   The proxy lets nothing through that writes, and that reads like safe. But reading the API
#   of containers is more than their names: any file of any container can be copied out, with
#   those of the host that it mounts, even read-only; the environment shows passwords; the
#   logs show what is in them. Where the standard input of a container is open
#   (`stdin_open`), even a GET is enough for a shell in it.
#
#   Where the clients need no more than lists, use linuxserver/socket-proxy from
#   3.4.3-r0-ls92 on, which closes archive, export, changes, logs and top unless their
#   `ALLOW_` flags open them. Inspecting, and with it the environment, stays open there, and
#   so does the shell by `GET /containers/{id}/attach/ws`: against these helps a proxy in
#   which single paths are allowed, such as wollomatic/socket-proxy. Keep passwords out of
#   environments: secrets with `*_FILE` variables. And let no service reach the proxy that
#   does not need it.
# related_resources:
#   - ref: https://docs.docker.com/reference/api/engine/
#     description: Docker Engine API
#   - ref: https://github.com/linuxserver/docker-socket-proxy
#     description: linuxserver socket-proxy
#   - ref: https://github.com/wollomatic/socket-proxy
#     description: wollomatic socket-proxy
# custom:
#   severity: warning
#   security_severity: 5.5
#   precision: high
#   set: default
#   fixes: [unsafe]
#   controls: [nist-800-190/4.3.1]
#   tags: [external/cwe/cwe-200]
#   techniques: [T1613, T1552.007, T1528]
package composelint.rules["socket-proxy-read-leak"]

import data.composelint.body_filters
import data.composelint.effective_api
import data.composelint.fewest_flags
import data.composelint.flag_fixes
import data.composelint.lint
import data.composelint.outsiders
import data.composelint.possible_attacks
import data.composelint.proxy_ports
import data.composelint.proxy_setup
import data.composelint.reach
import data.composelint.rules["socket-proxy-dangerous-section"] as dangerous
import data.composelint.rules["socket-proxy-excess-permission"] as excess
import data.composelint.socket_proxies
import data.composelint.zone

findings contains lint.with_fixes(lint.with_severity(lint.on({"at": effective_api.place(proxy, flag)}, message), severity), _fixes(proxy, flag)) if {
	some [proxy, flag], leaks in _leaks
	does := concat(" and ", array.concat(_reads(leaks), _shell(proxy, leaks)))
	severity := _severity(proxy, leaks)
	message := $`{_who(proxy, flag)} lets its clients {does}{_also(proxy)}: {_remedy(proxy, flag, leaks)}`
}

_who(proxy, "") := $`socket proxy "{proxy}"`

_who(proxy, flag) := $`"{flag}" of the socket proxy "{proxy}"` if flag != ""

# _leaks are, by proxy and flag, what the flag gives away. What the clients need is no leak, and
# a flag that another rule wants closed has its finding.
_leaks[[proxy, flag]] contains what if {
	some proxy, allowed in effective_api.allowed
	not possible_attacks.root_flags[proxy]
	some operation, what in _gives_away
	operation in (allowed - object.get(_needed, proxy, set()))
	not _hidden(proxy, what)
	flag := _closes(effective_api.decision(proxy, operation), object.get(fewest_flags.flags_asked, proxy, set()))
	not _said_behind(proxy, flag)
	not flag in object.get(dangerous.flags, proxy, set())
	not flag in object.get(excess.flags, proxy, set())
	_there_is(proxy, what)
}

# What no setting of its own lets through is said of the proxy that it asks.
_said_behind(proxy, "") if effective_api.stopped_behind[proxy]

_gives_away := {
	"ContainerArchive": "files",
	"ContainerExport": "files",
	"ContainerInspect": "environment",
	"ContainerLogs": "logs",
	"ContainerAttachWebsocket": "shell",
	"(libpod) ContainerArchive": "files",
	"(libpod) ContainerExport": "files",
	"(libpod) ContainerInspect": "environment",
	"(libpod) ContainerLogs": "logs",
}

_needed := {proxy: union({operations.needs, operations.wishes}) | some proxy, operations in fewest_flags.asked}

# _hidden is true of what the proxy takes out of the answers, or may.
_hidden(proxy, what) if what in object.get(body_filters.refused, proxy, set())

_hidden(proxy, what) if what in object.get(body_filters.perhaps_refused, proxy, set())

# _closes is the flag to close: the last gate that the operation passes, else that of its section.
_closes(decision, asked) := spare[count(spare) - 1] if {
	spare := [flag | some flag in array.concat([decision.flag], decision.gates); flag != ""; not flag in asked]
	count(spare) > 0
} else := decision.gates[count(decision.gates) - 1] if {
	count(decision.gates) > 0
} else := decision.flag

_there_is(_, what) if what != "shell"

_there_is(proxy, "shell") if count(_listening[proxy]) > 0

# _listening are, by proxy, the services whose standard input is open to somebody else.
_listening := reach.spread({proxy: names |
	some proxy in reach.firsts
	callers := {name | some name in reach.names[proxy]}
	names := {name | some name in _interactive; callers != {name}; count(callers) > 0}
})

_interactive := {service.name | some service in input.project.services; service.stdin_open == true}

_reads(leaks) := [$"read {_listed(named)} of every container"] if {
	named := [phrase | some [what, phrase] in _phrases; what in leaks]
	count(named) > 0
} else := []

_listed(names) := concat(" and ", [others, last]) if {
	count(names) > 1
	others := concat(", ", array.slice(names, 0, count(names) - 1))
	last := names[count(names) - 1]
} else := names[0]

_phrases := [["files", "any file"], ["environment", "the environment"], ["logs", "the logs"]]

_shell(proxy, leaks) := [$`open a shell in "{name}" by GET attach/ws`] if {
	"shell" in leaks
	name := min(_listening[proxy])
} else := []

# A shell is more than reading. That somebody reads who is not meant to is worth a warning;
# that outsiders reach a client is, where it is files.
_severity(proxy, leaks) := "warning" if {
	"shell" in leaks
} else := "warning" if {
	_strangers[proxy]
} else := "warning" if {
	"files" in leaks
	_edges[proxy]
} else := "note"

_also(proxy) := $`, and "{name}" can call it too` if {
	name := min(_strangers[proxy])
} else := $`, and outsiders reach "{name}"` if {
	name := min(_edges[proxy])
} else := ""

# _strangers are, by proxy that has clients, the services that share a network with it and are
# none of them, as socket-proxy-stranger has it.
_strangers := {proxy: names |
	some proxy, pointing in zone.clients
	not proxy in proxy_ports.choosy
	names := _undeclared[proxy] - pointing
	count(names) > 0
}

_undeclared := reach.spread({proxy: names |
	some proxy in reach.firsts
	names := {name |
		some name, way in reach.callers[proxy]
		way.kind in {"network", "namespace"}
		not name in zone.configured_elsewhere
		not name in zone.named_clients
		not name in zone.holders
	}
})

# _edges are, by proxy, the services open to outsiders that call it, or hand on to it whatever comes.
_edges := {proxy: names |
	some proxy, _ in socket_proxies.kinds
	names := object.get(_callers_at_edge, proxy, set()) | {name | some name in zone.relays[proxy]; socket_proxies.kinds[name] == "socat"; outsiders.ways[name]}
	count(names) > 0
}

_callers_at_edge := reach.spread({proxy: names |
	some proxy in reach.firsts
	names := {name | some name in reach.names[proxy]; outsiders.ways[name]}
	count(names) > 0
})

_remedy(proxy, flag, leaks) := "narrow it to the paths that they need" if {
	socket_proxies.facts[proxy].language in {"methods", "rules"}
} else := $`set "{flag}" to "0"` if {
	flag in proxy_setup.flags[proxy].on
	startswith(flag, "ALLOW_")
} else := $"use {fewest_flags.linuxserver(proxy)}, 3.4.3-r0-ls92 or later, which closes files and logs{_with(others)}" if {
	flag in proxy_setup.flags[proxy].on
	count({"files", "logs"} & leaks) > 0
	not "shell" in leaks
	not socket_proxies.facts[proxy].body_filter # which that one has not
	others := _on_linuxserver(proxy)
} else := "allow only the paths that they need in its configuration" if {
	socket_proxies.facts[proxy].body_filter
	socket_proxies.facts[proxy].configured_by
} else := "use a proxy that allows single paths, such as wollomatic/socket-proxy"

_fixes(proxy, flag) := flag_fixes.close(proxy, flag, set()) if {
	flag in proxy_setup.flags[proxy].on
	startswith(flag, "ALLOW_")
} else := [lint.by_hand("no flag of this proxy parts what its clients need from that: another kind does")]

# _on_linuxserver are the flags besides that its clients need there, where POST can be 0. Of clients that
# are not known the flags of a proxy say the same, if linuxserver's has them.
_on_linuxserver(proxy) := {$`"{flag}=1"` | some flag in flags} | {`"POST=0"` | "POST" in proxy_setup.flags[proxy].on} if {
	flags := fewest_flags.on_linuxserver(proxy, fewest_flags.of_proxy[proxy].needs)
} else := {$`"{flag}=1"` | some flag in flags} if {
	not fewest_flags.of_proxy[proxy]
	flags := fewest_flags.on_linuxserver(proxy, object.get(fewest_flags.asked, [proxy, "needs"], set()))
	count(proxy_setup.flags[proxy].on - object.keys(data.composelint.proxies.linuxserver.variables)) == 0
	not "POST" in proxy_setup.flags[proxy].on
}

_with(flags) := "" if count(flags) == 0

_with(flags) := $`, with {_listed([flag | some flag in flags])}` if count(flags) > 0
