# METADATA
# title: Obsolete version
# description: |
#   Docker Compose ignores the key, and warns of it at each start: the file means what the Compose
#   Specification says, whatever its number. A reader may believe otherwise.
#
#   Remove it. `docker stack deploy` still reads it: with `--target swarm` it draws no finding.
# related_resources:
#   - ref: https://docs.docker.com/reference/compose-file/version-and-name/#version-top-level-element-obsolete
#     description: version, in the Compose file reference
# custom:
#   severity: note
#   precision: very-high
#   set: strict
#   fixes: [safe]
#   tags: [correctness, unnecessary]
package composelint.rules["obsolete-version"]

import data.composelint.lint

findings contains lint.with_fix(lint.on(slip, message), lint.safe(`remove "version"`, [lint.remove(slip)])) if {
	input.config.target != "swarm"
	some slip in input.project.slips
	slip.kind == "version"
	message := `docker compose ignores "version": remove it`
}
