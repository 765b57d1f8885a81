# METADATA
# title: Image that its registry does not have
# description: |
#   The image was taken away, or there has never been one with this tag: where it is not stored
#   already, the pull fails and the service does not start. A name that is free again can be taken by
#   somebody else.
#
#   Take the image that the message names. What is said by users only is a warning; images of a
#   registry of your own and those that the project builds are not judged.
# related_resources:
#   - ref: https://github.com/bitnami/containers/issues/83267
#     description: Upcoming changes to the Bitnami catalog
#   - ref: https://github.com/docker-library/docs/blob/master/elasticsearch/README.md
#     description: The page of Elasticsearch's image
# custom:
#   severity: error
#   security_severity: 4.0
#   precision: high
#   set: default
#   by_hand: which image takes its place, and what that needs, is for you to choose
#   controls: [nist-800-190/4.2.2]
#   tags: [external/cwe/cwe-829]
package composelint.rules["image-removed"]

import data.composelint.images
import data.composelint.lint
import data.composelint.retirement

findings contains lint.with_severity(lint.on(service.image, message), severity) if {
	some service in input.project.services
	entry := retirement.removed[service.name]
	[severity, what] := _what(entry, service.image.tag)
	message := $`the image "{images.published[service.name]}" of {service.called} {what}: {_instead(entry)}`
}

_what(entry, tag) := ["error", $`has {_no_such(tag)}`] if {
	entry.never == true
} else := ["warning", $"cannot be pulled since {entry.since}, as users say"] if {
	entry.reported == true
} else := ["error", $"cannot be pulled since {entry.since}"]

_no_such("") := `no tag "latest"`

_no_such(tag) := $`no tag "{tag}"` if tag != ""

_instead(entry) := $`use {entry.instead}` if {
	entry.instead
} else := $`replace it, and take "{entry.meanwhile}" until then` if {
	entry.meanwhile
} else := "replace it"
