# METADATA
# title: Container that is never created
# description: |
#   Docker Compose loads this project, and `docker compose config` says that it is right; but the
#   container is not created, or never starts: a word that the engine does not know, an address
#   that is none, two settings that exclude each other, a secret that cannot be written into a
#   read-only container. Only `docker compose up` shows it, perhaps when most of the project runs
#   already.
#
#   Correct the value that the finding names. What a plug-in or the configuration of the engine may
#   know, such as a log driver or a runtime, is not judged, nor what `docker stack deploy` does.
# related_resources:
#   - ref: https://docs.docker.com/reference/compose-file/services/
#     description: Services, in the Compose file reference
#   - ref: https://docs.docker.com/reference/api/engine/
#     description: Docker Engine API, to which Compose hands these values on
# custom:
#   severity: error
#   precision: very-high
#   set: default
#   fixes: [unsafe]
#   tags: [correctness]
package composelint.rules["create-refused"]

import data.composelint.lint
import data.composelint.misspelt

findings contains _with_fix(lint.on_key(problem, problem.key, problem.message), problem, problem.meant) if {
	some problem in input.problems
	problem.stage == "create"
}

_with_fix(finding, problem, meant) := lint.with_fix(finding, misspelt.fix(problem, meant)) if {
	meant != ""
} else := finding
