# METADATA
# title: Image without a digest
# description: |
#   A tag can be moved: the image that was tested and the one that is pulled tomorrow can be
#   different programs of one name, by an update or by somebody who got hold of the repository.
#   A digest names the content itself.
#
#   Add the digest to the tag, as in `postgres:17.5@sha256:…`; `docker image inspect
#   --format '{{index .RepoDigests 0}}' postgres:17.5` shows it. The tag then only tells
#   readers and updaters (Renovate, Dependabot) what it is.
# related_resources:
#   - ref: https://docs.docker.com/build/building/best-practices/#pin-base-image-versions
#     description: Pin base image versions
#   - ref: https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html
#     description: OWASP Docker Security Cheat Sheet
# custom:
#   severity: note
#   security_severity: 2.5
#   precision: very-high
#   set: strict
#   by_hand: the digest of an image stands in its registry, which composelint does not ask
#   controls: [owasp-docker/13]
#   tags: [external/cwe/cwe-829]
#   techniques: [T1204.003]
package composelint.rules["image-not-pinned"]

import data.composelint.images
import data.composelint.lint

findings contains lint.on(service.image, message) if {
	some service in input.project.services
	service.name in images.unpinned
	not service.name in images.without_version
	message := $`the image of {service.called} {_changes(service.image.tag)} its tag "{service.image.tag}": add the digest to it`
}

_changes(tag) := "goes to every next minor version under" if {
	images.is_major(tag)
} else := "can change under"
