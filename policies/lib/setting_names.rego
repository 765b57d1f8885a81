# METADATA
# description: |
#   The names of the variables and options of services, and which of them say where the Docker
#   API is.
package composelint.setting_names

# of are, by service, the names of its variables and options, those of its endpoints included.
of := {service.name: names |
	some service in input.project.services
	names := {setting.name | some setting in array.flatten([service.environment, service.options, service.endpoints])}
}

# in_use are the names of all settings: a project has few and uses them often.
in_use := union({names | some names in of})

# docker_api are those of them that say where the Docker API is.
docker_api := {name |
	some name in in_use
	_of_docker_api(lower(name))
}

_of_docker_api(name) if data.composelint.endpoints.names[name]

_of_docker_api(name) if regex.match(data.composelint.prepared.patterns.any_endpoint, name)
