# METADATA
# title: Provider runs a program of the host
# description: |
#   A service with a `provider` is no container: `docker compose up` and `down` run a program
#   on the host, as the user who calls them, with options that the file chooses. Compose looks
#   for a plugin of that name (`docker-NAME`), then for any program on the path; where `type`
#   is a path, whoever can change that file, such as everybody who can push to the repository,
#   runs what they like on the machine of everybody who starts the project.
#
#   Use a container. Where it has to be a provider, name an installed plugin that you have
#   checked, never a path, and ignore the finding with a reason.
# related_resources:
#   - ref: https://docs.docker.com/compose/how-tos/provider-services/
#     description: Provider services
#   - ref: https://docs.docker.com/reference/compose-file/services/#provider
#     description: provider, in the Compose file reference
# custom:
#   severity: error
#   security_severity: 5.5
#   precision: high
#   set: default
#   by_hand: whether a program of the host is to be run, only you know
#   controls: [nist-800-190/4.4.3]
#   tags: [external/cwe/cwe-829]
#   techniques: [T1611]
package composelint.rules["provider-command"]

import data.composelint.lint

findings contains lint.with_severity(lint.on_key(service.provider, "type", message), severity) if {
	some service in input.project.services
	type := service.provider.type
	type != ""
	not data.composelint.providers.known[type]
	severity := _severity(type)
	message := $`{service.called} runs the program "{type}" on the host at "up"{_remedies[severity]}`
}

_severity(type) := "error" if {
	regex.match(`[/\\]`, type)
} else := "warning"

_remedies := {
	"error": ", from whatever is in that file: name an installed plugin, or use a container",
	"warning": ": use a container unless you have checked that program",
}
