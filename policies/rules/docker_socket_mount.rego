# METADATA
# title: Container engine socket in a container
# description: |
#   Whoever can write to the socket of Docker, containerd, CRI-O or Podman can start a
#   container that is privileged and mounts the host's files: it is root on the host,
#   without a password and without a trace in the container's own permissions. A read-only
#   mount changes nothing, as it protects the socket's file and not what is sent through
#   it. A directory, a named volume, a secret, `volumes_from` and `use_api_socket` lead to
#   the same socket.
#
#   Put a socket proxy between: give the socket to the proxy alone, open only the sections
#   of the API that the service needs, and point the service at it with
#   `DOCKER_HOST=tcp://proxy:2375` on a network with `internal: true`. Only a proxy that
#   filters the bodies of requests makes a service that creates containers harmless.
#
#   A source that depends on variables which are not known here is told by the rest: it ends as a
#   socket does, or is mounted where clients look for one. Where the variables are known to be
#   something else, state them under `variables` in `.composelint.yaml`.
# related_resources:
#   - ref: https://docs.docker.com/engine/security/#docker-daemon-attack-surface
#     description: Docker daemon attack surface
#   - ref: https://docs.docker.com/engine/security/protect-access/
#     description: Protect the Docker daemon socket
#   - ref: https://github.com/Tecnativa/docker-socket-proxy
#     description: Tecnativa docker-socket-proxy
#   - ref: https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html
#     description: OWASP Docker Security Cheat Sheet
# custom:
#   severity: error
#   security_severity: 9.5
#   precision: very-high
#   set: default
#   fixes: [unsafe]
#   controls: [cis-docker-1.8.0/5.32, owasp-docker/1, nist-800-190/4.3.1, guide]
#   tags: [external/cwe/cwe-250, external/cwe/cwe-668]
#   techniques: [T1611, T1609, T1610, T1613, T1552.007, T1543.005, T1485, T1059.013]
package composelint.rules["docker-socket-mount"]

import data.composelint.lint
import data.composelint.mounts
import data.composelint.outsiders
import data.composelint.proxy_plans
import data.composelint.proxy_trust
import data.composelint.zone

findings contains lint.with_fixes(outsiders.with_way(lint.on(mount, message), service.owner, mount.at), _fixes(service.name)) if {
	some service in input.project.services
	_judged(service.name, service.owner)
	some mount in service.mounts
	mount.host_path != "/"
	road := mounts.api_sockets[mount.at]
	message := $`{service.called} {road}{_and_joins(service.name)}, which is {mounts.power(mount.at)}{mounts.even_read_only(mount.at)}: {_remedy(service.name, mount.at)}`
}

findings contains lint.with_fixes(outsiders.with_way(lint.on_key(service, "use_api_socket", message), service.owner, service.at), _fixes(service.name)) if {
	some service in input.project.services
	_judged(service.name, service.owner)
	service.use_api_socket == true
	message := $`{service.called} gets the API socket{_and_joins(service.name)}, which is root on the host, and the registry credentials: use a socket proxy`
}

# The host's root directory, with the socket in it, is left to host-root-mount.

# A source that is not known here, of which what is known points to the socket.
findings contains lint.on(mount, message) if {
	some service in input.project.services
	_judged(service.name, service.owner)
	some mount in service.mounts
	clue := mounts.clues[mount.at]
	message := $`{service.called} mounts "{mount.partial.written}", {clue}: that is {mounts.power(mount.at)}, unless it is the filtered socket of a proxy`
}

findings contains lint.with_severity(lint.on(mount, message), "warning") if {
	some service in input.project.services
	_judged(service.name, service.owner)
	some mount in service.mounts
	not mounts.clues[mount.at]
	what := mounts.least[mount.at]
	message := $`{service.called} mounts "{mount.partial.written}": while its variables are not set, that is {what}, and root on the host; write the path that is meant`
}

_fixes(name) := object.get(proxy_plans.fixes, name, [])

# A proxy needs it, and the client of one is left to docker-socket-beside-proxy, a runner to ci-runner-socket.
_judged(name, owner) if {
	not name in proxy_trust.trusted
	not owner in zone.declared_clients
	not zone.ci_runners[owner]
}

# _and_joins names the group that lets a service use the socket without being root.
_and_joins(name) := $` and joins the group "{min(_groups[name])}"` if {
	count(_groups[name]) > 0
} else := ""

_groups := {service.name: names |
	some service in input.project.services
	names := {group.name | some group in service.groups; group.name in {"0", "docker"}}
}

_remedy(name, at) := "give it to no proxy that is not trusted" if {
	proxy_trust.doubts[name]
} else := "mount only what it needs" if {
	at in mounts.socket_directories
} else := "use a socket proxy"
