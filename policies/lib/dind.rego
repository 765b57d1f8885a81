# METADATA
# description: |
#   Docker engines in containers, and which of them take orders without TLS. They are known by
#   the image docker:dind, which starts one by itself, and by a command that names dockerd.
package composelint.dind

import data.composelint.images

# engines are the services that run one.
engines := _dind | _started

# plain are, by service, the engines that listen on a port without TLS: the place that makes
# them, the port, and what would be right.
plain := object.union_n([_switched_off, _too_old, _told])

_switched_off := {service.name: engine |
	some service in input.project.services
	service.name in _by_default
	some variable in service.environment
	variable.name == data.composelint.docker_engines.dind.tls_variable
	variable.value == ""
	remedy := $`set "{variable.name}" to "/certs"`
	engine := {"at": variable.at, "port": 2375, "remedy": remedy}
}

_too_old := {service.name: engine |
	some service in input.project.services
	service.name in _by_default
	service.environment_incomplete == false
	regex.match(data.composelint.docker_engines.dind.without_tls, service.image.tag)
	not service.name in _says_tls
	engine := {"at": service.image.at, "port": 2375, "remedy": "use a release from 19.03 on"}
}

_says_tls contains service.name if {
	some service in input.project.services
	some variable in service.environment
	variable.name == data.composelint.docker_engines.dind.tls_variable
}

_told := {service.name: engine |
	some service in input.project.services
	service.name in _started
	not service.name in _configured
	found := [{"at": option.at, "port": to_number(number)} |
		some option in service.options
		option.name in data.composelint.docker_engines.host_options
		some [_, host, number] in regex.find_all_string_submatch_n(`^tcp://([^:]*|\[.*\]):(\d+)`, option.value, 1)
		not regex.match(`^(127\.|localhost$|\[::1\]$)`, host)
	]
	engine := object.union(found[0], {"remedy": `add "--tlsverify", or listen on a unix socket alone`})
}

# _by_default are the engines that the image starts, with options at most.
_by_default contains service.name if {
	some service in input.project.services
	service.name in _dind
	not service.name in _configured
	count(service.entrypoint) == 0
	first := array.slice(service.command, 0, 1)
	count([word | some word in first; startswith(word.value, "-")]) == count(first)
}

_dind contains service.name if {
	some service in input.project.services
	images.names[service.name] in data.composelint.docker_engines.dind.images
	regex.match(data.composelint.docker_engines.dind.tags, service.image.tag)
}

# _started are those whose command names the program.
_started contains service.name if {
	some service in input.project.services
	some word in array.concat(service.entrypoint, service.command)
	word.value in data.composelint.docker_engines.programs
}

# _configured are those that are told to use TLS, or may be told so in a file.
_configured contains service.name if {
	some service in input.project.services
	some option in service.options
	startswith(option.name, "tls")
	not option.at in _tls_off
}

_configured contains service.name if {
	some service in input.project.services
	some mount in service.mounts
	regex.match(`^/etc/docker(/daemon\.json)?$`, mount.target)
}

_tls_off contains option.at if {
	some service in input.project.services
	some option in service.options
	option.name == "tls"
	option.value == "false"
}
