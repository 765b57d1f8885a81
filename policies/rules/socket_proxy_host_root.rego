# METADATA
# title: Socket proxy that lets through root on the host
# description: |
#   A client that may create and start a container may start one that is privileged and
#   mounts the host's files: that is root on the host. Most proxies look at a request's
#   method and path and never at its body, so that they cannot tell such a container from
#   another. Closing other sections does not help: with `CONTAINERS=1` and `POST=1`,
#   `VOLUMES=0`, `NETWORKS=0`, `EXEC=0` and `BUILD=0` change nothing, and neither does a
#   read-only mount of the socket. The same holds for `SERVICES` with `POST` on a swarm
#   manager, and for `PLUGINS` with `POST`.
#
#   Set `POST=0` where the clients only read. Where they start, stop or restart containers,
#   use linuxserver/socket-proxy with `POST=0` and `ALLOW_START=1`, `ALLOW_STOP=1` or
#   `ALLOW_RESTARTS=1`. Where one client writes and others read, give each a proxy of its own:
#   `composelint least` prints both. Where they create containers, use a proxy that filters the bodies of
#   requests, such as sockguard; wollomatic's `-allowbindmountfrom` filters mounts alone.
# related_resources:
#   - ref: https://docs.docker.com/engine/security/#docker-daemon-attack-surface
#     description: Docker daemon attack surface
#   - ref: https://github.com/Tecnativa/docker-socket-proxy
#     description: Tecnativa docker-socket-proxy
#   - ref: https://github.com/linuxserver/docker-socket-proxy
#     description: linuxserver socket-proxy
#   - ref: https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html
#     description: OWASP Docker Security Cheat Sheet
# custom:
#   severity: error
#   security_severity: 9.5
#   precision: very-high
#   set: default
#   fixes: [safe, unsafe]
#   controls: [owasp-docker/1, nist-800-190/4.3.1, nist-800-190/4.4.5, guide]
#   tags: [external/cwe/cwe-250, external/cwe/cwe-269]
#   techniques: [T1611, T1609, T1610, T1612, T1543.005]
package composelint.rules["socket-proxy-host-root"]

import data.composelint.client_needs
import data.composelint.effective_api
import data.composelint.fewest_flags
import data.composelint.flag_effects
import data.composelint.flag_fixes
import data.composelint.lint
import data.composelint.mounts
import data.composelint.possible_attacks
import data.composelint.proxy_setup
import data.composelint.reach
import data.composelint.services
import data.composelint.settings
import data.composelint.socket_proxies
import data.composelint.zone

findings contains lint.with_fixes(lint.with_path(lint.with_related(lint.on({"at": at}, message), related), path), _fixes(proxy, flags)) if {
	some proxy, all_flags in possible_attacks.root_flags
	not proxy in _as_behind
	flags := _that_open(proxy, all_flags)
	at := effective_api.place(proxy, flags[0])
	message := $`{_who(proxy, flags)} its clients {mounts.power_by(proxy)}{_succeed(proxy)}{_whatever(proxy)}: {_remedy(proxy, flags)}`
	related := array.concat(_opened(proxy, flags), _callers(proxy))
	path := _path(proxy, {"at": at, "label": _requests(possible_attacks.root_by[proxy].needs)})
}

# _as_behind are the proxies that another one of the project lets through as much: that is where it ends.
_as_behind := {proxy | some proxy, servers in zone.behind; some server in servers; possible_attacks.root_flags[server]}

# _that_open leaves out those of which socket-proxy-idle-flag says that they add nothing.
_that_open(proxy, flags) := [flag | some flag in flags; not settings.idle_beside[proxy][flag]]

_who(proxy, [flag]) := $`"{flag}" of the socket proxy "{proxy}" makes` if flag != ""

_who(proxy, [""]) := $`socket proxy "{proxy}" makes`

_who(proxy, flags) := $`{_quoted(flags)} of the socket proxy "{proxy}" make` if count(flags) > 1

_quoted(names) := concat(" and ", quoted) if {
	quoted := [$`"{name}"` | some name in names]
	count(quoted) < 3
} else := $`{concat(", ", array.slice(quoted, 0, last))} and {quoted[last]}` if {
	quoted := [$`"{name}"` | some name in names]
	last := count(quoted) - 1
}

# _succeed names the attacks of the guide that are possible as they stand there, unless the
# host's root comes by another one.
_succeed(proxy) := $" (attacks {_ranges(guided)} of the validation guide)" if {
	_guided[possible_attacks.host_root[proxy][0]]
	guided := {number | some number in possible_attacks.of_the_guide[proxy]}
	count(guided) > 0
} else := $" (they can {_titles[id]})" if {
	id := possible_attacks.host_root[proxy][0]
}

_guided := {scenario.id | some scenario in data.composelint.attacks.scenarios; scenario.guide}

_titles := {scenario.id: scenario.title | some scenario in data.composelint.attacks.scenarios}

# _ranges writes 1, 2, 3, 5 as 1-3, 5.
_ranges(attacks) := concat(", ", [_range(first, last) |
	some first in attacks
	not (first - 1) in attacks
	last := min({number | some number in attacks; number >= first; not (number + 1) in attacks})
])

_range(first, last) := $"{first}" if {
	first == last
} else := $"{first}, {last}" if {
	last == first + 1
} else := $"{first}-{last}"

# _whatever names the sections that somebody closed in vain.
_whatever(proxy) := $", whatever {names} say" if {
	closed := [section |
		some section in ["VOLUMES", "NETWORKS", "EXEC", "BUILD"]
		section in proxy_setup.flags[proxy].off
		effective_api.place(proxy, section) != services.by_name[proxy].at
	]
	count(closed) > 1
	names := concat(", ", closed)
} else := ""

_fixes(proxy, flags) := [lint.by_hand("what goes through it is no list of paths: put a socket proxy in its place")] if {
	socket_proxies.kinds[proxy] == "socat"
} else := flag_fixes.set(proxy, object.union({flags[0]: "0"}, {flag: "1" | some flag in (least.needs - proxy_setup.flags[proxy].on)})) if {
	flags[0] == effective_api.gates[proxy]
	least := fewest_flags.smallest[proxy]
	not flags[0] in (least.needs | least.wishes)
} else := [lint.by_hand("its clients need what makes root: only another kind of proxy, or other clients, end that")] if {
	_needed(proxy, flags[0])
} else := flag_fixes.close(proxy, flags[0], set()) if {
	flags[0] in proxy_setup.flags[proxy].on
} else := [lint.by_hand("which of what it opens its clients ask for is not known")]

# _remedy is what closes it and leaves the clients what they need, as far as that is known.
_remedy(proxy, flags) := "use a socket proxy in its place" if {
	socket_proxies.kinds[proxy] == "socat"
} else := $"{_close(flags[0])}{_open_instead(least.needs - proxy_setup.flags[proxy].on)}" if {
	flags[0] == effective_api.gates[proxy]
	least := fewest_flags.smallest[proxy]
	not flags[0] in (least.needs | least.wishes)
} else := $`use {fewest_flags.linuxserver(proxy)}, where {_quoted(instead)} with "POST=0" is enough for its clients` if {
	instead := {$"{flag}=1" | some flag in _instead(proxy)}
	count(instead) > 0
} else := $`give {_quoted(writers)}, which {_write(count(writers))}, a socket proxy of {_its(count(writers))} own, and {_keep(proxy, flags)} here` if {
	writers := [name | some name in fewest_flags.writers[proxy]]
	_others_do_without(proxy, flags[0])
} else := $`{_filter}, as its clients need "{flags[0]}"` if {
	_needed(proxy, flags[0])
} else := $"{_close(flags[0])}, or {_filter}" if {
	flags[0] in proxy_setup.flags[proxy].on
} else := $"narrow {_it(count(flags))}, or {_filter}"

_it(1) := "it"

_it(count_) := "them" if count_ > 1

_filter := "use a proxy that filters the bodies of requests"

_close(flag) := $`set "{flag}" to "0"`

_open_instead(flags) := $` and {_quoted(flags)} to "1"` if {
	count(flags) > 0
} else := ""

# _instead are the flags of linuxserver's proxy that do without POST.
_instead(proxy) := fewest_flags.on_linuxserver(proxy, fewest_flags.of_proxy[proxy].needs) if {
	effective_api.gates[proxy] in fewest_flags.smallest[proxy].needs
}

_needed(proxy, flag) if flag in fewest_flags.smallest[proxy].needs

# What an expression lets through is needed where the clients' needs themselves make root.
_needed(proxy, flag) if {
	flag != ""
	not proxy_setup.flags[proxy]
	flag_effects.root(proxy, fewest_flags.of_proxy[proxy].needs) == true
}

# _others_do_without is true of what some clients need, and those that only read neither need nor may use.
_others_do_without(proxy, flag) if {
	_needed(proxy, flag)
	readers := zone.askers[proxy] - fewest_flags.writers[proxy]
	count(readers) > 0
	wanted := union({of_client | some name in readers; of_client := client_needs.needs[name] | object.get(client_needs.wishes, name, set())})
	not flag in fewest_flags.fewest(proxy, wanted)
	flag_effects.root(proxy, wanted) == false
}

_keep(proxy, flags) := _close(flags[0]) if {
	proxy_setup.flags[proxy]
} else := $"narrow {_it(count(flags))}"

_write(1) := "writes"

_write(count_) := "write" if count_ > 1

_its(1) := "its"

_its(count_) := "their" if count_ > 1

_opened(proxy, flags) := [{"at": effective_api.place(proxy, flag), "label": label} |
	some flag in array.slice(flags, 1, count(flags))
	label := $`opened by "{flag}"`
]

_callers(proxy) := [{"at": services.by_name[name].at, "label": label} |
	some name in lint.shown(reach.names[proxy])
	label := $`service "{name}" can call it`
]

# _path puts what is asked of the proxy between it and the host.
_path(proxy, step) := array.flatten([array.slice(story, 0, passed), step, array.slice(story, passed, count(story))]) if {
	story := reach.story(proxy)
	passed := 1 + max({i | some i, place in story; place.at == services.by_name[proxy].at})
} else := []

_requests(operations) := concat(", ", [data.composelint.prepared.requests[operation] | some operation in operations])
