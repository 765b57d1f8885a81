# METADATA
# title: Client of a socket proxy that does not point at it
# description: |
#   The service is the only one beside the socket proxy on an internal network, so it is
#   there for the proxy; but nothing tells it where the Docker API is. It will look for
#   the socket in its own container, find none, and fail, or somebody will mount the real
#   one.
#
#   Set `DOCKER_HOST=tcp://docker-proxy:2375` in its environment, with the proxy's name,
#   or the option that the program has for it, such as Traefik's
#   `--providers.docker.endpoint`.
# related_resources:
#   - ref: https://docs.docker.com/reference/cli/docker/#environment-variables
#     description: DOCKER_HOST
#   - ref: https://github.com/Tecnativa/docker-socket-proxy
#     description: Tecnativa docker-socket-proxy
# custom:
#   severity: warning
#   security_severity: 5.5
#   precision: medium
#   set: default
#   controls: [guide]
package composelint.rules["docker-host-missing"]

import data.composelint.lint

findings contains lint.on(service, message) if {
	some network, name in lint.lone_neighbours
	service := lint.services[name]
	service.complete == true
	not name in _pointed
	not name in _configured_elsewhere
	proxies := {proxy | some proxy, _ in lint.proxies; network in lint.networks_of[proxy]}
	not _settled(proxies)
	message := $`{service.called} is alone with the socket proxy "{min(proxies)}" but has no "DOCKER_HOST": point it at the proxy`
}

# _pointed are the services that something may point at a Docker API.
_pointed contains service.owner if {
	some service in input.project.services
	some variable in service.environment
	lint.names_docker_api(variable.name)
}

_pointed contains service.owner if {
	some service in input.project.services
	some option in service.options
	lint.names_docker_api(option.name)
}

_pointed contains service.owner if {
	some service in input.project.services
	some variable in service.environment
	lint.proxies[variable.value]
}

_pointed contains service.owner if {
	some service in input.project.services
	some mount in service.mounts
	lint.proxy_volumes[mount.volume]
}

# _configured_elsewhere are the services whose endpoint can stand in a mounted file or in
# the application's own settings.
_configured_elsewhere contains service.owner if {
	some service in input.project.services
	some mount in service.mounts
	mount.type in {"bind", "config", "secret"}
	some pattern in data.composelint.endpoints.configuration_file.targets
	regex.match(pattern, mount.target)
}

_configured_elsewhere contains service.owner if {
	some service in input.project.services
	data.composelint.endpoints.settings.repositories[lint.image_names[service.name]]
}

_settled(proxies) if {
	some proxy in proxies
	data.composelint.proxies[lint.proxies[proxy]].settings == true
}
