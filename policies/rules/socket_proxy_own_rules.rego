# METADATA
# title: Socket proxy with rules of its own
# description: |
#   A mounted configuration or a command replaces the rules that the image comes with.
#   composelint knows the image's rules and not these, so that it cannot say what the proxy
#   lets through: no finding on it means nothing, and the checklist says unknown.
#
#   Use the image's own flags where they are enough. Else review the rules by hand: what
#   creates containers, or starts commands in them, is root on the host. A proxy that filters
#   the bodies of requests is left out: its own file is the way to use it.
# related_resources:
#   - ref: https://github.com/Tecnativa/docker-socket-proxy
#     description: Tecnativa docker-socket-proxy
# custom:
#   severity: note
#   precision: high
#   set: default
#   by_hand: what rules of your own are meant to let through, only you know
#   controls: []
#   tags: [correctness]
package composelint.rules["socket-proxy-own-rules"]

import data.composelint.lint
import data.composelint.proxy_setup
import data.composelint.proxy_trust
import data.composelint.socket_proxies

findings contains lint.on(node, message) if {
	some service in socket_proxies.services
	service.name in proxy_setup.replaced
	service.name in proxy_trust.trusted
	kind := socket_proxies.kinds[service.name]
	not data.composelint.proxies[kind].body_filter
	node := _by[service.name]
	message := $`what the socket proxy "{service.name}" lets through was not judged, since its rules are not the image's: use the flags of the image, or review them by hand`
}

# _by is what replaces them: a mounted configuration, else the service's command or settings.
_by := {service.name: nodes[0] |
	some service in socket_proxies.services
	patterns := object.get(socket_proxies.facts[service.name], "configured_by", [])
	mounts := [{"at": mount.at} |
		some mount in service.mounts
		some pattern in patterns
		regex.match(pattern, mount.target)
	]
	nodes := array.concat(mounts, [{"at": service.at}])
}
