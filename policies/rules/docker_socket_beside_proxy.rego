# METADATA
# title: Engine socket beside a socket proxy
# description: |
#   The service talks to a socket proxy, so somebody meant to limit what it may ask of the
#   engine. It also holds the engine's socket itself, and with it all that the proxy
#   denies: root on the host. A read-only mount of the socket changes nothing.
#
#   Remove the mount, or `use_api_socket`, from the service. It keeps the way through the
#   proxy; where it then misses an operation, open the section on the proxy.
# related_resources:
#   - ref: https://docs.docker.com/engine/security/#docker-daemon-attack-surface
#     description: Docker daemon attack surface
#   - ref: https://github.com/Tecnativa/docker-socket-proxy
#     description: Tecnativa docker-socket-proxy
# custom:
#   severity: error
#   security_severity: 9.5
#   precision: very-high
#   set: default
#   fixes: [unsafe]
#   controls: [cis-docker-1.8.0/5.32, guide]
#   tags: [external/cwe/cwe-250, external/cwe/cwe-668]
#   techniques: [T1611, T1609, T1610, T1059.013]
package composelint.rules["docker-socket-beside-proxy"]

import data.composelint.lint
import data.composelint.mounts
import data.composelint.outsiders
import data.composelint.proxy_trust
import data.composelint.zone

findings contains lint.with_fixes(outsiders.with_way(lint.on(mount, message), service.owner, mount.at), _fixes(mount, mount.from)) if {
	some service in input.project.services
	_judged(service.name, service.owner)
	some mount in service.mounts
	mount.host_path != "/"
	road := mounts.api_sockets[mount.at]
	message := $`{service.called} points at a socket proxy but also {road}, which bypasses it{mounts.even_read_only(mount.at)}: remove the mount`
}

findings contains lint.with_fix(outsiders.with_way(lint.on_key(service, "use_api_socket", message), service.owner, service.at), fix) if {
	some service in input.project.services
	_judged(service.name, service.owner)
	service.use_api_socket == true
	message := $`{service.called} points at a socket proxy but also gets the API socket and the registry credentials: remove "use_api_socket"`
	fix := lint.unsafe(`remove "use_api_socket"`, _risk, [lint.remove_key(service, "use_api_socket")])
}

_fixes(mount, from) := [lint.by_hand($`the mount is that of service "{from}", which may need it`)] if {
	from != ""
} else := [lint.by_hand("the directory may have more that it needs: mount that alone")] if {
	mount.at in mounts.socket_directories
} else := [lint.unsafe("remove the mount of the socket", _risk, [lint.remove(mount)])]

_risk := "what it asks of the engine and the proxy denies, it gets no more"

# A hook points at what its service points at.
_judged(name, owner) if {
	owner in zone.declared_clients
	not name in proxy_trust.trusted
}
