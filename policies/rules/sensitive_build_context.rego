# METADATA
# title: Sensitive path of the host in a build
# description: |
#   A build gets all files of its contexts, and every step of it can copy them into the image, or
#   send them elsewhere: keys, password hashes and tokens of the host among them. Whoever pulls the
#   image has them too.
#
#   Take a directory of the project for a context, with what the image needs. Hand a build its keys
#   by `secrets` or `ssh`.
# related_resources:
#   - ref: https://docs.docker.com/build/concepts/context/
#     description: Build context
#   - ref: https://docs.docker.com/reference/compose-file/build/#additional_contexts
#     description: additional_contexts, in the Compose file reference
# custom:
#   severity: error
#   security_severity: 7.5
#   precision: high
#   set: default
#   by_hand: which files the build needs is for you to say
#   controls: [cis-docker-1.8.0/4.10]
#   tags: [external/cwe/cwe-668, external/cwe/cwe-538]
#   techniques: [T1552.001]
package composelint.rules["sensitive-build-context"]

import data.composelint.host_paths
import data.composelint.lint

findings contains lint.with_severity(lint.on(context, message), entry.read_only) if {
	some service in input.project.services
	some context in service.build.contexts
	context.remote == false
	entry := host_paths.kept[context.source]
	message := $`the build of {service.called} gets "{context.source}", {entry.holds}: take a directory of the project`
}

findings contains lint.on(context, message) if {
	some service in input.project.services
	some context in service.build.contexts
	context.remote == false
	context.source == "/"
	message := $`the build of {service.called} gets the host's root directory: take a directory of the project`
}
