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
#   fixes: [unsafe]
#   tags: [correctness]
package composelint.rules["invalid-compose"]

import data.composelint.lint
import data.composelint.misspelt

findings contains _with_fix(lint.on_key(problem, problem.key, problem.message), problem, problem.meant, problem.undefined) if {
	some problem in input.problems
	problem.stage == "load"
}

# A volume or a network that others use is another one than was meant, however near its name.
_with_fix(finding, problem, meant, undefined) := lint.with_fix(finding, misspelt.fix(problem, meant)) if {
	meant != ""
	count(undefined) == 0
} else := lint.with_fix(finding, misspelt.fix(problem, meant)) if {
	some definition in input.project.unused
	definition.section == undefined[0]
	definition.name == meant
} else := lint.with_fix(finding, misspelt.fix(problem, meant)) if {
	startswith(meant, "./")
} else := lint.with_fix(finding, lint.unsafe(title, "what is new and empty may not be what was meant", [lint.define(problem, undefined, {})])) if {
	[section, name] := undefined
	title := $`add "{name}" to the top-level "{section}"`
} else := finding
