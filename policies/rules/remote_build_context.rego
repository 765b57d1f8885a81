# METADATA
# title: Build from an address that can change
# description: |
#   The image is built from a repository or an archive at an address, and no commit says which
#   of its contents: whoever can push to it decides what is built and runs next, and what runs
#   during the build. Keys that are forwarded with `ssh` are at hand for every step of such a
#   build that asks for them.
#
#   Name the commit in the address, as in `https://github.com/acme/app.git#3f2a…` with all
#   forty digits, or build from a checkout. Forward no agent to a build of others: fetch what is
#   private beforehand, or forward a deploy key that can read one repository.
# related_resources:
#   - ref: https://docs.docker.com/build/concepts/context/#git-repositories
#     description: Git repositories as build contexts
#   - ref: https://docs.docker.com/reference/compose-file/build/#ssh
#     description: ssh, in the Compose file reference
# custom:
#   severity: warning
#   security_severity: 5.5
#   precision: high
#   set: default
#   by_hand: which commit was looked at is for you to say
#   tags: [external/cwe/cwe-494, external/cwe/cwe-829]
#   techniques: [T1612, T1204.003]
package composelint.rules["remote-build-context"]

import data.composelint.lint

findings contains lint.on(context, message) if {
	some service in input.project.services
	some context in service.build.contexts
	context.remote == true
	what := _what(context.ref)
	message := $`{service.called} is built from an address {what}, which can change: name a commit`
}

findings contains lint.on(key, message) if {
	some service in input.project.services
	service.name in _remote
	some key in service.build.ssh
	message := $`the SSH key "{key.name}" is forwarded to the build of {service.called}, whose steps come from an address: build from a checkout`
}

_remote contains service.name if {
	some service in input.project.services
	some context in service.build.contexts
	context.name == ""
	context.remote == true
}

_what("") := "without a version"

_what(ref) := $`at "{ref}"` if {
	ref != ""
	not regex.match(`^([0-9a-f]{7,64}|sha256:[0-9a-f]{64})$`, ref)
}
