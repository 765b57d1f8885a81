# METADATA
# title: Required variable that is not set here
# description: |
#   The file requires a variable by `${NAME:?}` or `${NAME?}`, and nothing that was read sets it:
#   docker compose refuses the project until somebody does, and what depends on the variable was not
#   judged. That is no mistake of the file. A repository rightly leaves out what differs between
#   machines, secrets above all.
#
#   Set the variable where the project runs. To have its value judged, name a file that sets it with
#   `--env-file`, or under `env-file` in `.composelint.yaml`; what the target is known to set can be
#   listed there under `variables`. Where `--env` or an env file says what the environment is, a
#   variable that is still missing is an error of invalid-compose.
# related_resources:
#   - ref: https://docs.docker.com/reference/compose-file/interpolation/
#     description: Interpolation in the Compose file
# custom:
#   severity: note
#   precision: very-high
#   set: default
#   by_hand: the value is known only where the project runs
#   controls: []
#   tags: [correctness]
package composelint.rules["required-variable-unset"]

import data.composelint.lint
import data.composelint.variables

findings contains lint.about(lint.with_related(lint.on_key(first, first.key, message), related), $`variable["{variable}"]`) if {
	some variable, uses in variables.required
	first := uses[0]
	message := $`the required variable "{variable}" is not set here{_reason(first.reason)}: set it where the project runs, or name a file that sets it with --env-file`
	others := lint.shown(array.slice(uses, 1, count(uses)))
	related := [{"at": use.at, "key": use.key, "label": $`"{variable}" is used here`} | some use in others]
}

_reason("") := ""

_reason(reason) := $` ("{reason}")` if reason != ""
