# METADATA
# title: File that Docker Compose refuses
# description: |
#   Docker Compose would not start this project: a key it does not know, a value of the
#   wrong type, a network, volume or service that is declared nowhere, a cycle, a file
#   that is missing. The rest of the project is judged all the same, as far as it can be
#   understood. What shows only when containers are created is create-refused.
#
#   Correct the value that the finding names. `docker compose config` shows what Compose
#   itself makes of the project.
# related_resources:
#   - ref: https://docs.docker.com/reference/compose-file/
#     description: Compose file reference
# custom:
#   severity: error
#   precision: very-high
#   set: default
#   tags: [correctness]
package composelint.rules["invalid-compose"]

import data.composelint.lint

findings contains lint.on_key(problem, problem.key, problem.message) if {
	some problem in input.problems
	problem.stage == "load"
}
