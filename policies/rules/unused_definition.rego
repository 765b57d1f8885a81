# METADATA
# title: Definition that nothing uses
# description: |
#   A network, volume, secret or config of the top level that no service uses does nothing: Docker
#   Compose does not even create it. Mostly a service was meant to use it, and is on the default
#   network, or keeps its data in a volume without a name, instead.
#
#   Use it where it was meant to be used, or remove it.
# related_resources:
#   - ref: https://docs.docker.com/reference/compose-file/networks/
#     description: Networks, in the Compose file reference
#   - ref: https://docs.docker.com/reference/compose-file/volumes/
#     description: Volumes, in the Compose file reference
# custom:
#   severity: note
#   precision: high
#   set: strict
#   fixes: [unsafe]
#   tags: [correctness, unnecessary]
package composelint.rules["unused-definition"]

import data.composelint.lint

findings contains lint.with_fix(lint.on(definition, message), fix) if {
	count(input.project.services) > 0
	count(_fragments) == 0
	some definition in input.project.unused
	message := $`nothing uses the {trim_suffix(definition.section, "s")} "{definition.name}": use it where it was meant to be, or remove it`
	fix := lint.unsafe("remove it", "a service may have been meant to use it", [lint.remove(definition)])
}

# _fragments are the services of which the rest stands in another file, as may others that use it.
_fragments := {service.name |
	some service in input.project.services
	service.kind in {"service", "job"}
	service.complete == false
}
