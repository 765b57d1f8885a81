# METADATA
# description: |
#   What the services that are Traefik are told in the Compose file, where it is not a file of
#   their own that tells them.
package composelint.traefik

# options are, by service and in order, its options as pairs of at and name.
options := {service.name: pairs |
	some service in input.project.services
	service.traefik
	not service.name in _with_file
	pairs := [[option.at, option.name] | some option in service.traefik.options]
}

_with_file contains service.name if {
	some service in input.project.services
	service.traefik.file == "yes"
}

# values are those of all options that are known, by their at. An option alone is true.
values := {option.at: option.value |
	some service in input.project.services
	some option in service.traefik.options
}

# on is true of an option that is known to switch something on.
#     traefik.on("services.edge.command[api.insecure]")
on(at) if values[at] in {"", "1", "t", "T", "true", "True", "TRUE"}

# perhaps_with_file are the services that may have a file of their own.
perhaps_with_file contains service.name if {
	some service in input.project.services
	service.traefik.file == "perhaps"
}
