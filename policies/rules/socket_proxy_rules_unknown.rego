# METADATA
# title: Socket proxy whose rules are not known
# description: |
#   Something stands between the Docker API and its clients, and what it lets through is not known
#   here. It looks like a socket proxy by its name, its flags, or because others ask it for the Docker
#   API, but its image is none that is known: its clients, networks and ports are judged, and nothing
#   is said of what it lets through. Or its tag is of a release that came after the newest one of which
#   composelint has the rules, so that those stand for them.
#
#   If it is a proxy that composelint knows under another name, say which under `roles` of the
#   configuration; else review by hand what it lets through, or describe it in a file of its own. Of a
#   later release update composelint, and compare the release notes until then.
# related_resources:
#   - ref: https://github.com/composelint/composelint/blob/main/docs/proxies.md
#     description: Socket proxies, what composelint knows of them
#   - ref: https://github.com/Tecnativa/docker-socket-proxy/releases
#     description: Releases of Tecnativa docker-socket-proxy
# custom:
#   severity: note
#   precision: high
#   set: default
#   by_hand: which kind of proxy an image is, or what its new release changed, no file of the project says
#   controls: [guide]
#   tags: [correctness]
package composelint.rules["socket-proxy-rules-unknown"]

import data.composelint.lint
import data.composelint.proxy_setup
import data.composelint.socket_proxies

findings contains lint.on(service, message) if {
	some service in socket_proxies.services
	socket_proxies.kinds[service.name] == "unknown"
	message := $`{service.called} looks like a socket proxy, but what it lets through is not known: name its kind in "roles.proxies" of the configuration, as in "{service.name}: tecnativa", or review it by hand`
}

findings contains lint.on(service.image, message) if {
	some service in socket_proxies.services
	service.name in proxy_setup.newer
	not service.name in proxy_setup.replaced
	facts := socket_proxies.facts[service.name]
	message := $`the socket proxy "{service.name}" is judged by the rules of {facts.name} {facts.newest}, since "{service.image.tag}" is of a later release: update composelint, or compare the release notes`
}
