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
	some proxy, ids in attacks.host_root
	count(ids) > 0
	deciding := _deciding[proxy][ids[0]]
	at := docker_api.place(proxy, deciding[0])
	flags := concat(" and ", [$`"{flag}"` | some flag in deciding])
	guide := count([id | some id, by_attack in attacks.verdicts[proxy]; by_attack.goal == "possible"; _of_guide[id]])
	message := $`{flags} of the socket proxy "{proxy}" let its clients {_titles[ids[0]]}, which is root on the host ({guide} of the guide's 10 attacks succeed): {_remedy}`
	path := object.get(reach.ways, [proxy, 0, "path"], [])
	related := array.concat(_other_flags(proxy, deciding), _clients(proxy))
}
