# METADATA
# title: File that is not here
# description: |
#   An env file, or the file of a secret or config, is not among the files: docker compose does not
#   start what uses it until it is there. That is no mistake of the Compose file. A repository rightly
#   leaves out what differs between machines, secrets above all. What an env file would set is unknown,
#   and was not judged.
#
#   Have the file where the project runs, or say `required: false` where an env file may be missing.
#   Where `--env` or an env file says what the environment is, the file is an error of
#   invalid-compose.
# related_resources:
#   - ref: https://docs.docker.com/reference/compose-file/services/#env_file
#     description: env_file, in the Compose file reference
#   - ref: https://docs.docker.com/reference/compose-file/secrets/
#     description: Secrets, in the Compose file reference
# custom:
#   severity: note
#   precision: very-high
#   set: default
#   by_hand: what stands in the file is known only where the project runs
#   controls: []
#   tags: [correctness]
package composelint.rules["missing-file"]

import data.composelint.lint

findings contains lint.about(lint.with_related(lint.on(first, message), related), $`file["{first.uri}"]`) if {
	some file, named in _named
	uses := [use | some use in named]
	first := uses[0]
	message := $`{_what[first.kind]} "{file}" is not here{_outside(first)}: {_judged[first.kind]}`
	others := lint.shown(array.slice(uses, 1, count(uses)))
	related := [{"at": use.at, "label": $`"{file}" is named here`} | some use in others]
}

_named[missing.file] contains missing if some missing in input.missing

_outside(missing) := ", but outside of the repository" if {
	missing.elsewhere
} else := ""

_what := {"env_file": "the env file", "secret": "the file of the secret", "config": "the file of the config"}

_judged := {
	"env_file": "docker compose needs it, and what it sets was not judged",
	"secret": "docker compose does not start what uses it without it",
	"config": "docker compose does not start what uses it without it",
}
