# METADATA
# title: Socket proxy whose rules are not known
# description: |
#   Something stands between the Docker API and its clients, and what it lets through is not known
#   here: its tag is of a release that came after the newest one of which composelint has the rules,
#   so that those stand for them.
#
#   Update composelint; until then compare the release notes of the proxy with what the review says of
#   it.
# related_resources:
#   - ref: https://github.com/Tecnativa/docker-socket-proxy/releases
#     description: Releases of Tecnativa docker-socket-proxy
# custom:
#   severity: note
#   precision: high
#   set: default
#   controls: [guide]
#   tags: [correctness]
package composelint.rules["socket-proxy-rules-unknown"]

import data.composelint.lint
import data.composelint.proxy_setup
import data.composelint.socket_proxies

findings contains lint.on(service.image, message) if {
	some service in socket_proxies.services
	service.name in proxy_setup.newer
	not service.name in proxy_setup.replaced
	facts := socket_proxies.facts[service.name]
	message := $`the socket proxy "{service.name}" is judged by the rules of {facts.name} {facts.newest}, since "{service.image.tag}" is of a later release: update composelint, or compare the release notes`
}
