# METADATA
# title: Socket proxy that may be something else
# description: |
#   The service has the name of a socket proxy's image, and something says that another program
#   than the publisher's may run under it: the image comes from elsewhere or is built here, a mount,
#   a variable or a runtime replaces what runs, or a command of the file, or another container in
#   its PID namespace, runs beside it. Whatever it is, it holds the Docker API. Nothing that is known of the image is taken for true then: all
#   that it lets through is unknown, and `docker-socket-mount` judges the socket.
#
#   Take the image of its publisher as it is, by its flags and the configuration that it documents.
#   A proxy of a mirror, or an image of your own, belongs into `roles.proxies` in
#   `.composelint.yaml`, with the kind of proxy that it is; where that lists `registries`, the
#   mirror can be one of them.
# related_resources:
#   - ref: https://github.com/Tecnativa/docker-socket-proxy
#     description: Tecnativa docker-socket-proxy
#   - ref: https://docs.docker.com/engine/security/#docker-daemon-attack-surface
#     description: Docker daemon attack surface
# custom:
#   severity: warning
#   security_severity: 7.0
#   precision: high
#   set: default
#   by_hand: which image or file is to be trusted in the place of that one, only you know
#   controls: [cis-docker-1.8.0/4.2, nist-800-190/4.1.5]
#   tags: [external/cwe/cwe-494, external/cwe/cwe-829]
package composelint.rules["socket-proxy-untrusted"]

import data.composelint.lint
import data.composelint.proxy_trust
import data.composelint.socket_proxies

findings contains _at(doubt, message) if {
	some name, doubts in proxy_trust.doubts
	some doubt in doubts
	message := $`service "{name}" is not trusted to be {socket_proxies.facts[name].name}, since {doubt.since}: {doubt.remedy}`
}

_at(doubt, message) := lint.on(doubt, message) if {
	doubt.key == ""
} else := lint.on_key(doubt, doubt.key, message)
