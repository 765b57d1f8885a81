# METADATA
# title: Name nearly that of an official image
# description: |
#   None of Docker's official images has this name, and one has nearly the same. The pull fails, or once
#   another registry or a mirror comes first, it brings what somebody published for those who mistype.
#
#   Write the name that is meant. Where the image is built on each host, or is in a registry of
#   yours, say so: by `build`, by `pull_policy: never`, or by the registry's name before it.
# related_resources:
#   - ref: https://docs.docker.com/docker-hub/image-library/trusted-content/
#     description: Docker Official Images
#   - ref: https://docs.docker.com/reference/compose-file/services/#image
#     description: image, in the Compose file reference
# custom:
#   severity: note
#   security_severity: 4.0
#   precision: high
#   set: strict
#   fixes: [unsafe]
#   controls: [nist-800-190/4.1.5]
#   tags: [external/cwe/cwe-829]
#   techniques: [T1036.005, T1204.003]
package composelint.rules["image-misspelt"]

import data.composelint.images
import data.composelint.lint

findings contains lint.with_fix(lint.on(service.image, message), fix) if {
	some service in input.project.services
	service.pull_policy != "never"
	name := _of_docker[service.name]
	not name in data.composelint.official_images.names
	meant := min({data.composelint.prepared.official_slips[slip] | some slip in ({name} | _shorter(name))})
	message := $`"{name}" of {service.called} is none of Docker's official images: did you mean "{meant}"?`
	fix := lint.unsafe($`write "{meant}"`, "another image runs", [lint.replace(service.image, images.reference(meant, service.image.tag, service.image.digest))])
}

# _of_docker are, by service, the names of images that only Docker publishes.
_of_docker := {service.name: name |
	some service in input.project.services
	service.name in images.pulled
	startswith(images.places[service.name], "docker.io/library/")
	name := trim_prefix(images.places[service.name], "docker.io/library/")
	count(name) <= 30
}

# One letter that is wrong, that is there or not, or two in the wrong order: without one letter both are the
# same.
_shorter(name) := {concat("", [substring(name, 0, i), substring(name, i + 1, -1)]) | some i in numbers.range(0, count(name) - 1)}
