# METADATA
# title: Image that is no longer maintained
# description: |
#   Whoever made the image says that there will be no more versions of it: what is found in its program,
#   or in what it is built on, stays open for good.
#
#   Take what has come in its place; where nothing has, plan what shall.
# related_resources:
#   - ref: https://github.com/docker-library/official-images
#     description: Docker's official images
#   - ref: https://docs.linuxserver.io/deprecated_images/
#     description: The deprecated images of LinuxServer.io
# custom:
#   severity: warning
#   security_severity: 4.0
#   precision: high
#   set: default
#   fixes: [unsafe]
#   controls: [nist-800-190/4.2.2]
#   tags: [external/cwe/cwe-1104, deprecated]
#   techniques: [T1190]
package composelint.rules["image-discontinued"]

import data.composelint.images
import data.composelint.lint
import data.composelint.retirement

# One that cannot be pulled is left to image-removed.
findings contains _with_fix(lint.on(service.image, message), service.image, entry) if {
	some service in input.project.services
	entry := retirement.discontinued[service.name]
	not retirement.removed[service.name]
	message := $`the image "{images.published[service.name]}" of {service.called} {_what(entry)}{_since(entry)}: {_instead(entry)}`
}

_what(entry) := "gets no new versions under this name" if {
	entry.moved == true
} else := "gets no more fixes"

_since(entry) := $" since {entry.since}" if {
	entry.since
} else := ""

_instead(entry) := $`use "{entry.instead}"` if {
	entry.instead
} else := "replace it"

# A version that the other name has not is no remedy: of one that moves, both have the newest.
_with_fix(finding, image, entry) := lint.with_fix(finding, lint.unsafe($`use "{entry.instead}"`, "it is the newest version of the other image", [lint.replace(image, images.reference(entry.instead, tag, ""))])) if {
	entry.instead
	_same_program(entry)
	tag := _newest[image.at]
} else := finding

# _newest are the tags of those images, by their at, that are the newest version.
_newest := {service.image.at: service.image.tag |
	some service in input.project.services
	service.image.digest == ""
	service.image.tag in {"", "latest"}
}

_same_program(entry) if entry.moved == true

_same_program(entry) if entry.same == true
