# METADATA
# title: Client that the engine turns away
# description: |
#   Engine 29 takes no versions of the Docker API before 1.40, and in its first releases none before 1.44.
#   A program that asks for an older one gets "client version 1.24 is too old", and sees no
#   containers.
#
#   Go to a version of the program that asks for what the engine has. An older engine, such as one of
#   version 28, takes it: say so by `--engine 28`, or by `engine: 28` in the configuration. On the
#   engine's side `min-api-version` in its daemon.json lets older clients in.
# related_resources:
#   - ref: https://docs.docker.com/engine/release-notes/29/
#     description: Docker Engine 29, release notes
#   - ref: https://doc.traefik.io/traefik/migrate/v3/
#     description: Traefik, migration details of version 3
# custom:
#   severity: warning
#   precision: high
#   set: default
#   by_hand: which newer version works with the rest, somebody has to try
#   controls: []
#   tags: [correctness]
package composelint.rules["engine-incompatible"]

import data.composelint.images
import data.composelint.lint
import data.composelint.versions
import data.composelint.zone

findings contains lint.with_severity(lint.on(service.image, message), severity) if {
	some service in input.project.services
	client := _clients[service.name]
	_uses_docker(client.name, service.name)
	_asks(client, service.image.tag)
	service.environment_incomplete == false
	stated := {setting.name | some setting in array.concat(service.environment, service.options)}
	count(stated & {name | some name in client.settings}) == 0
	refusing := [engine | some engine in data.composelint.engine_clients.engines; _is_run_by(engine); client.api < engine.api]
	[severity, users] := _known_by(client)
	engine := refusing[count(refusing) - 1]
	message := $`{service.called} runs a {client.name} that asks for version 1.{client.api} of the Docker API{users}, and {_called(engine)} takes none before 1.{engine.api}: {client.instead}`
}

_clients := {service.name: client |
	some service in input.project.services
	image := images.unaltered[service.name]
	some client in data.composelint.engine_clients.clients
	image in client.images
}

# Traefik does so only where it is told to.
_uses_docker("Traefik", name) if name in zone.members

_uses_docker("Traefik", name) if name in _told_of_docker

_uses_docker(client, _) if client != "Traefik"

_told_of_docker contains service.name if {
	some service in input.project.services
	some option in service.traefik.options
	regex.match(`^(providers\.)?(docker|swarm)(\.|$)`, option.name)
	not option.at in _switched_off
}

_switched_off contains option.at if {
	some service in input.project.services
	some option in service.traefik.options
	option.value == "false"
}

_known_by(client) := ["note", ", as users say"] if {
	client.reported == true
} else := ["warning", ""]

_asks(client, _) if not client.ranges

# A tag names the newest version that begins with it, 2.10 the last one of 2.10.
_asks(client, tag) if {
	regex.match(`^v?[0-9]`, tag)
	version := regex.find_n(`[0-9]+(\.[0-9]+){0,2}`, tag, 1)[0]
	some range in client.ranges
	_within(versions.newest(version), range)
}

_within(version, range) if {
	semver.compare(version, range.from) >= 0
	semver.compare(version, range.below) < 0
}

# The configuration may say which engine it is; any other is a current one.
_is_run_by(_) if input.config.engine == ""

_is_run_by(engine) if {
	input.config.engine != ""
	version := versions.newest(input.config.engine)
	semver.compare(version, engine.from) >= 0
	_before(version, engine)
}

_before(_, engine) if not engine.below

_before(version, engine) if semver.compare(version, engine.below) < 0

_called(engine) := engine.called if {
	input.config.engine == ""
} else := $"Engine {input.config.engine}"
