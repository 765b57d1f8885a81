# METADATA
# title: Socket proxy without a socket
# description: |
#   A socket proxy hands on the engine's socket, and it finds that at a path of its own container:
#   `/var/run/docker.sock`, unless a setting such as `SOCKET_PATH` says another one. Nothing is
#   mounted at that path, so that every request fails, and its clients will be given the real socket
#   to make them work.
#
#   Mount the engine's socket where the proxy looks for it, as in
#   `/var/run/docker.sock:/var/run/docker.sock:ro`, or let the setting name the path at which it is
#   mounted.
# related_resources:
#   - ref: https://github.com/Tecnativa/docker-socket-proxy
#     description: Tecnativa docker-socket-proxy
#   - ref: https://github.com/wollomatic/socket-proxy
#     description: wollomatic socket-proxy
# custom:
#   severity: error
#   precision: high
#   set: default
#   fixes: [unsafe]
#   controls: [guide]
#   tags: [correctness]
package composelint.rules["socket-proxy-without-socket"]

import data.composelint.lint
import data.composelint.mounts
import data.composelint.proxy_plans
import data.composelint.proxy_sockets
import data.composelint.socket_proxies

findings contains lint.with_fix(lint.on(service, message), _fix(service)) if {
	some service in socket_proxies.services
	service.complete == true
	service.use_api_socket == false
	count(service.volumes_from) == 0
	wanted := proxy_sockets.wanted[service.name]
	count([mount | some mount in service.mounts; mount.type != "tmpfs"; mounts.covers(mount.at, wanted.path)]) == 0
	message := $`socket proxy "{service.name}" {_lack(service.name, wanted.written)}`
}

_lack(name, path) := $`looks for the engine's socket at "{path}", where nothing is mounted: set "{setting}" to "{min(_mounted[name])}"` if {
	count(_mounted[name]) > 0
	setting := proxy_sockets.setting[name]
} else := $`has no socket: mount the engine's at "{path}", read-only`

_fix(service) := lint.unsafe($`set "{setting}" to "{target}"`, _risk, proxy_plans.setting_edits(service.name, setting, target)) if {
	target := min(_mounted[service.name])
	setting := proxy_sockets.setting[service.name]
} else := lint.unsafe("mount the engine's socket, read-only", _risk, [lint.append(service, ["volumes"], $"/var/run/docker.sock:{path}:ro")]) if {
	path := proxy_sockets.wanted[service.name].written
}

_risk := "it hands on the engine's API from then on"

# _mounted are, by proxy, where it has a socket of an engine.
_mounted := {service.name: targets |
	some service in socket_proxies.services
	targets := {mount.target |
		some mount in service.mounts
		mounts.api_sockets[mount.at]
		not mount.at in mounts.socket_directories
	}
}
