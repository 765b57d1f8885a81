# METADATA
# title: Image from a registry that is not trusted
# description: |
#   The image comes from a registry, or from an owner in it, that the configuration's list
#   `registries` does not have: nobody said that its images are built and watched as those of
#   the others are. An image from port 80 of a registry comes without TLS, so that everybody on
#   the way can give another one in its place, whatever the list says.
#
#   Take the image from a registry of the list, such as your own mirror, or add the registry or
#   the owner to `registries` in `.composelint.yaml`. Serve a registry of your own by TLS.
# related_resources:
#   - ref: https://docs.docker.com/reference/cli/dockerd/#insecure-registries
#     description: Insecure registries
#   - ref: https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html
#     description: OWASP Docker Security Cheat Sheet
# custom:
#   severity: warning
#   security_severity: 5.5
#   precision: very-high
#   set: default
#   by_hand: which registry has the same image, or is trusted, is for you to say
#   controls: [cis-docker-1.8.0/4.2, nist-800-190/4.1.5]
#   tags: [external/cwe/cwe-494, external/cwe/cwe-829]
#   techniques: [T1204.003]
package composelint.rules["image-untrusted-registry"]

import data.composelint.images
import data.composelint.lint

findings contains lint.on(service.image, message) if {
	count(input.config.registries) > 0
	some service in input.project.services
	service.name in images.pulled
	place := images.places[service.name]
	not _trusted(place)
	not _without_tls(place)
	message := $`the image of {service.called} comes from "{place}", which the list "registries" of the configuration does not have`
}

findings contains lint.on(service.image, message) if {
	some service in input.project.services
	service.name in images.pulled
	registry := service.image.registry
	_without_tls($"{registry}/")
	message := $`the image of {service.called} comes from "{registry}" without TLS: serve the registry on port 443`
}

_trusted(place) if {
	some registry in input.config.registries
	startswith($"{place}/", $"{registry}/")
}

_without_tls(place) if regex.match(`^[^/]+:80/`, place)
