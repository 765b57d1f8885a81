# METADATA
# description: |
#   What the services that are Traefik are told. Traefik takes its options from one place only:
#   a file if there is one, else the command line, else variables.
package composelint.traefik

import data.composelint.images

# options are, by service and in order, its options as pairs of at and name, which is in lower
# case and in the spelling of the command line.
options := {name: pairs |
	some name, _ in _by_command
	pairs := _first(_by_command[name], _by_variables[name])
	not name in _with_file
}

# values are those of all options that are known, by their at. An option alone is true.
values := {option.at: option.value |
	some service in input.project.services
	service.name in _traefiks
	some option in array.concat(service.options, service.environment)
}

# on is true of an option that is known to switch something on.
on(at) if values[at] in {"", "1", "t", "T", "true", "True", "TRUE"}

# perhaps_with_file are the services in whose place for a file something is mounted.
perhaps_with_file contains service.name if {
	some service in input.project.services
	service.name in _traefiks
	some mount in service.mounts
	regex.match(`^/etc(/traefik)?$`, mount.target)
}

perhaps_with_file contains service.name if {
	some service in input.project.services
	service.built == true
}

_with_file contains service.name if {
	some service in input.project.services
	service.name in _traefiks
	some mount in service.mounts
	regex.match(`/traefik\.(toml|ya?ml)$`, mount.target)
}

_with_file contains service.name if {
	some service in input.project.services
	service.name in _traefiks
	some option in service.options
	lower(option.name) in {"configfile", "c"}
}

_traefiks := {name | some name, short_names in images.short_names; "traefik" in short_names}

_by_command := {service.name: pairs |
	some service in input.project.services
	service.name in _traefiks
	pairs := [[option.at, lower(option.name)] | some option in service.options]
}

_by_variables := {service.name: pairs |
	some service in input.project.services
	service.name in _traefiks
	pairs := [[variable.at, replace(name, "_", ".")] |
		some variable in service.environment
		some [_, name] in regex.find_all_string_submatch_n(`^traefik_(.+)$`, lower(variable.name), 1)
	]
}

_first(command, variables) := command if {
	count(command) > 0
} else := variables
