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
#   `ALLOW_RESTARTS=1`. Where they create containers, use a proxy that filters the bodies of
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
#   controls: [owasp-docker/1, nist-800-190/4.3.1, nist-800-190/4.4.5, guide]
#   tags: [external/cwe/cwe-250, external/cwe/cwe-269]
package composelint.rules["socket-proxy-host-root"]

import data.composelint.attacks
import data.composelint.docker_api
import data.composelint.lint
import data.composelint.reach

findings contains lint.with_path(lint.with_related(lint.on({"at": at}, message), related), path) if {
	some proxy, flags in attacks.root_flags
	at := docker_api.place(proxy, flags[0])
	what := _titles[attacks.host_root[proxy][0]]
	message := $`{_who(proxy, flags)} its clients {what}, which is root on the host{_succeed(proxy)}{_whatever(proxy)}: {_remedy(proxy, flags[0])}`
	related := array.concat(_opened(proxy, flags), _callers(proxy))
	path := reach.story(proxy)
}

_who(proxy, [flag]) := $`"{flag}" of the socket proxy "{proxy}" lets` if flag != ""

_who(proxy, [""]) := $`socket proxy "{proxy}" lets`

_who(proxy, flags) := $`{names} of the socket proxy "{proxy}" let` if {
	count(flags) > 1
	names := concat(" and ", [$`"{flag}"` | some flag in flags])
}

# _succeed names the attacks of the guide that are possible as they stand there.
_succeed(proxy) := $" (attacks {names} of the validation guide)" if {
	numbers := [$"{number}" | some number in attacks.of_the_guide[proxy]]
	count(numbers) > 0
	names := concat(", ", numbers)
} else := ""

_titles := {scenario.id: scenario.title | some scenario in data.composelint.attacks.scenarios}

# _whatever names the sections that somebody closed in vain.
_whatever(proxy) := $", whatever {names} say" if {
	closed := [section |
		some section in ["VOLUMES", "NETWORKS", "EXEC", "BUILD"]
		section in docker_api.flags[proxy].off
		docker_api.place(proxy, section) != lint.services[proxy].at
	]
	count(closed) > 1
	names := concat(", ", closed)
} else := ""

_remedy(proxy, gate) := $`set "{gate}" to "0", or use a proxy that filters the bodies of requests` if {
	gate != ""
	gate == docker_api.gates[proxy]
} else := "narrow it, or use a proxy that filters the bodies of requests"

_opened(proxy, flags) := [{"at": docker_api.place(proxy, flag), "label": label} |
	some flag in array.slice(flags, 1, count(flags))
	label := $`opened by "{flag}"`
]

_callers(proxy) := [{"at": lint.services[name].at, "label": label} |
	some name, _ in reach.callers[proxy]
	label := $`service "{name}" can call it`
]
