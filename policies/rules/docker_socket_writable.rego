# METADATA
# title: Writable socket mount of a socket proxy
# description: |
#   A socket proxy needs the engine's socket, and a read-only mount of it works as well.
#   It keeps a process in the proxy from replacing the socket's file or changing its mode.
#   It does not limit the API in the least: requests that write pass through a read-only
#   socket too, and only the proxy's rules stop them.
#
#   Add `:ro` to the mount, or `read_only: true` in the long syntax. The proxy goes on to
#   work as before.
# related_resources:
#   - ref: https://github.com/Tecnativa/docker-socket-proxy
#     description: Tecnativa docker-socket-proxy
#   - ref: https://docs.docker.com/engine/storage/bind-mounts/
#     description: Bind mounts
#   - ref: https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html
#     description: OWASP Docker Security Cheat Sheet
# custom:
#   severity: warning
#   security_severity: 4.0
#   precision: very-high
#   set: default
#   fixes: [safe]
#   controls: [owasp-docker/8, guide]
#   tags: [external/cwe/cwe-732]
#   techniques: [T1613]
package composelint.rules["docker-socket-writable"]

import data.composelint.lint
import data.composelint.mounts
import data.composelint.proxy_trust
import data.composelint.socket_proxies

findings contains lint.with_fix(lint.on(mount, message), lint.safe(`mount the socket read-only`, [lint.set(mount, ["read_only"], true)])) if {
	some service in socket_proxies.services
	service.name in proxy_trust.trusted # of the others docker-socket-mount says that they have it at all
	some mount in service.mounts
	mounts.api_sockets[mount.at]
	mount.read_only == false
	message := $`socket proxy "{service.name}" mounts the API socket writable: add ":ro", which protects the socket's file, though not the API`
}
