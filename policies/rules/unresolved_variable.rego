# METADATA
# title: Variable that is not known
# description: |
#   A value depends on a variable that no env file sets and that has no default, so nobody
#   can say what will be deployed: what depends on it was not judged. docker compose puts
#   an empty string in its place, or refuses the file where that makes no sense. A variable
#   that is passed on to a socket proxy by its name alone is such a value where it decides
#   what the proxy lets through.
#
#   Others are always set, but to what only the machine knows: those of each process, such as
#   `USER`, and the name of the project where the file does not state it. `HOME` is taken for `~`,
#   `PWD` for the directory of the project.
#
#   The hash of a password is full of dollar signs, each of which begins a variable unless it is
#   doubled: what the container gets is no longer the hash.
#
#   Not meant is what a container is only handed: its variables, labels and arguments, where
#   they are nothing to the Docker API. That is where a password should come from.
#
#   Set the variable in `.env` or in a file that `--env-file` names, or give it a default
#   with `${NAME:-default}`. If the deployment must set it, say so with `${NAME:?}`: that is left to
#   required-variable-unset, a note as well. What is known of the target can be stated under
#   `variables` in `.composelint.yaml`.
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
package composelint.rules["unresolved-variable"]

import data.composelint.client_needs
import data.composelint.dind
import data.composelint.lint
import data.composelint.proxy_setup
import data.composelint.setting_names
import data.composelint.settings
import data.composelint.socket_proxies
import data.composelint.variables
import data.composelint.zone

findings contains lint.about(lint.on_key(first, first.key, message), $`variable["{variable}"]`) if {
	some variable, uses in _uses
	not _set_by_platform(variable)
	not variables.required[variable]
	first := sort(uses)[0]
	message := _message(variable, count(uses))
}

_message(variable, n) := `a part of a password, or of its hash, is taken for a variable, so that it is cut: write each "$" as "$$"` if {
	variable == _part_of_hash
} else := $`the name of the project is known only where it runs: {_judged(n)}; state "name" in the file` if {
	variable == "COMPOSE_PROJECT_NAME"
	"compose" in _setters[variable]
} else := $`variable "{variable}" is known only where the project runs: {_judged(n)}; to have it judged, state it under "variables" in ".composelint.yaml"` if {
	"process" in _setters[variable]
} else := $`variable "{variable}" is not set: {_judged(n)}; give it a default` if {
	variable in data.composelint.platforms.shell_variables.names
} else := $`variable "{variable}" is not set: {_effect(n)}; set it in "{input.config.env_file}" or give it a default`

# Where it is known to be set nowhere, what is left without it was judged, too.
_effect(n) := "docker compose puts nothing in its place" if {
	input.config.environment_known == true
} else := _judged(n)

_setters[unknown.variable] contains unknown.set_by if some unknown in input.unknown

# _part_of_hash is model.PartOfHash.
_part_of_hash := "*"

_uses[unknown.variable] contains {"at": unknown.at, "key": unknown.key} if {
	some unknown in variables.untold
	unknown.set_by != "target"
	not unknown.at in _handed
}

_uses[_part_of_hash] contains {"at": unknown.at, "key": unknown.key} if {
	some unknown in input.unknown
	unknown.variable == _part_of_hash
}

# Most variables that are passed on say nothing that is judged; those of a proxy do.
_uses[variable.name] contains {"at": variable.at, "key": ""} if {
	some service in socket_proxies.services
	some variable in service.environment
	not variable.value
	not variable.at in _stated
	settings.decides(service.name, variable.name)
	not service.name in proxy_setup.replaced
}

_stated := {unknown.at | some unknown in input.unknown}

_judged(1) := "the value that needs it was not judged"

_judged(n) := $"the {n} values that need it were not judged" if n > 1

_set_by_platform(variable) if {
	some known in data.composelint.platforms.variables
	regex.match(known.pattern, variable)
}

# _handed are those of _stated that containers only get: of services that have nothing to do with
# the Docker API, what the files say themselves is all that is judged.
_handed contains setting.at if {
	some service in input.project.services
	not service.name in _asked
	some settings in [service.environment, service.labels, service.deploy.labels]
	some setting in settings
	setting.at in _stated
	not setting.name in setting_names.docker_api
}

_handed contains word.at if {
	some service in input.project.services
	not service.name in _asked
	count({option.name | some option in service.options} & setting_names.docker_api) == 0
	some words in [service.entrypoint, service.command, service.healthcheck.test]
	some word in words
	word.at in _stated
}

_handed contains setting.at if {
	some service in input.project.services
	some settings in [service.build.args, service.build.labels]
	some setting in settings
	setting.at in _stated
}

_handed contains config.at if some config in input.project.configs

# _asked are the services whose settings rules know: proxies, engines, Traefik, known clients of proxies.
_asked := union({
	dind.engines,
	{name | some name, kind in socket_proxies.kinds; kind != "unknown"},
	{service.name | some service in input.project.services; service.traefik},
	{name | some name, _ in client_needs.known; name in zone.declared_clients},
})
