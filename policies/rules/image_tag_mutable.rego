# METADATA
# title: Image without a version
# description: |
#   An image without a tag, or with one such as `latest`, `stable` or `alpine`, is whatever was pushed
#   last: two machines run different programs from one file, an update comes unasked with the next
#   pull and cannot be taken back, and nobody can say which version had which hole. Whoever can push
#   to the repository decides what runs.
#
#   That holds for an image that the project builds, too: docker compose looks for its name in the
#   registry before it builds, unless somebody has it already, asks for `--build`, or `pull_policy`
#   says `build` or `never`.
#
#   State the version that runs now (`docker inspect` and the project's page name it), as in
#   `postgres:17.5`, better with its digest, and let a tool such as Renovate or Dependabot
#   propose the next one. For what the project builds, set `pull_policy: build`.
# related_resources:
#   - ref: https://docs.docker.com/build/building/best-practices/#pin-base-image-versions
#     description: Pin base image versions
#   - ref: https://docs.docker.com/reference/compose-file/services/#image
#     description: image, in the Compose file reference
#   - ref: https://docs.docker.com/reference/compose-file/services/#pull_policy
#     description: pull_policy, in the Compose file reference
# custom:
#   severity: warning
#   security_severity: 4.0
#   precision: very-high
#   set: default
#   fixes: [unsafe]
#   controls: [cis-docker-1.8.0/5.28, nist-800-190/4.2.2]
#   tags: [external/cwe/cwe-829]
#   techniques: [T1204.003, T1036.005]
package composelint.rules["image-tag-mutable"]

import data.composelint.images
import data.composelint.lint
import data.composelint.retirement

findings contains lint.on(service.image, message) if {
	some service in input.project.services
	service.name in images.without_version
	message := $`the image of {service.called} has {_tag(service.image.tag)}, so that it is whatever was pushed last: {_remedy(service.name)}`
}

findings contains lint.with_fix(lint.with_severity(lint.on(service.image, message), severity), fix) if {
	input.config.target == "compose"
	some service in input.project.services
	service.built == true
	service.image.tag in {"", "latest"}
	service.image.digest == ""
	service.pull_policy != "build"
	service.pull_policy != "never"
	place := images.places[service.name]
	severity := _severity(place)
	message := $`docker compose looks for "{place}:latest" in the registry before it builds {service.called}: set "pull_policy" to "build"`
	fix := lint.unsafe(`set "pull_policy" to "build"`, "it is built at each start, whatever image of that name is there", [lint.set(service, ["pull_policy"], "build")])
}

# Nobody but Docker publishes below library.
_severity(place) := "note" if {
	startswith(place, "docker.io/library/")
} else := "warning"

# Of some publishers only what was pushed last is still there.
_remedy(name) := "add its digest, or replace it" if {
	retirement.removes_versions[name]
} else := "state a version"

_tag("") := "no tag"

_tag(tag) := $`the tag "{tag}"` if tag != ""
