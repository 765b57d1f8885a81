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
#   `ALLOW_` flags open them, or a proxy in which single paths are allowed, such as
#   wollomatic/socket-proxy. Keep passwords out of environments: secrets with `*_FILE`
#   variables. And let no service reach the proxy that does not need it.
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
#   controls: [nist-800-190/4.3.1]
#   tags: [external/cwe/cwe-200]
package composelint.rules["socket-proxy-read-leak"]

import data.composelint.attacks
import data.composelint.clients
import data.composelint.docker_api
import data.composelint.lint
import data.composelint.reach

findings contains lint.with_severity(lint.on({"at": at}, message), severity) if {
	some proxy, leaks in _leaks
	not attacks.root_flags[proxy]
	flag := docker_api.decision(proxy, leaks[0][0]).flag
	at := docker_api.place(proxy, flag)
	severity := _severity(proxy)
	does := concat(" and ", [what | some [_, what] in leaks])
	message := $`{_who(proxy, flag)} lets its clients {does}{_though(proxy)}{_seen_by(proxy)}: close what nobody needs, or narrow who reaches it`
}

_who(proxy, "") := $`socket proxy "{proxy}"`

_who(proxy, flag) := $`"{flag}" of the socket proxy "{proxy}"` if flag != ""

# _leaks are, by proxy, the operations that give away more than names, unless its clients
# need them.
_leaks := {proxy: leaks |
	some proxy, allowed in docker_api.allowed
	needed := object.get(clients.of_proxy, [proxy, "needs"], set()) | object.get(clients.of_proxy, [proxy, "wishes"], set())
	leaks := [[operation, what] |
		some [operation, what] in _gives_away
		operation in (allowed - needed)
		_can_be(operation)
	]
	count(leaks) > 0
}

_gives_away := [
	["ContainerArchive", "copy any file out of any container"],
	["ContainerExport", "export the files of any container"],
	["ContainerAttachWebsocket", "open a shell in a container whose standard input is open"],
]

_can_be(operation) if operation != "ContainerAttachWebsocket"

_can_be("ContainerAttachWebsocket") if count(_listening) > 0

_listening contains service.name if {
	some service in input.project.services
	service.stdin_open == true
}

_severity(proxy) := "warning" if {
	count(_listening) > 0
	"ContainerAttachWebsocket" in docker_api.allowed[proxy]
} else := "warning" if {
	count(_exposed(proxy)) > 0
} else := "note"

# _exposed are the services that can read although they are not meant to, or that outsiders
# reach.
_exposed(proxy) := {name |
	some name, _ in reach.callers[proxy]
	not name in object.get(lint.clients, proxy, set())
} | {name |
	some name, _ in reach.callers[proxy]
	reach.outside[name]
}

_seen_by(proxy) := $`, and "{name}" reaches it` if {
	name := min(_exposed(proxy))
} else := ""

_though(proxy) := " without a single write" if {
	count({operation |
		some operation in data.composelint.docker_api.operations
		operation.id in docker_api.possible[proxy]
		not operation.method in {"GET", "HEAD"}
	}) == 0
} else := ""
