# METADATA
# title: Log that grows without end
# description: |
#   The driver `json-file`, which is Docker's default, keeps all that the container
#   prints. A service that is made to log a lot fills the host's disk, and every
#   container on it stops.
#
#   Set the options `max-size` and `max-file`, or use the driver `local`, which removes
#   the old by itself. Where the engine's `daemon.json` sets them for all containers, name it
#   by `--daemon`.
# related_resources:
#   - ref: https://docs.docker.com/engine/logging/drivers/json-file/
#     description: JSON file logging driver
#   - ref: https://docs.docker.com/engine/logging/configure/
#     description: Configure logging drivers
# custom:
#   severity: note
#   precision: medium
#   set: strict
#   fixes: [unsafe]
#   controls: []
#   tags: [correctness]
#   techniques: [T1499]
package composelint.rules["log-rotation-missing"]

import data.composelint.lint

findings contains lint.with_fix(lint.on({"at": at}, message), _fix(service)) if {
	some service in input.project.services
	service.complete == true
	service.logging.driver in {"", "json-file"}
	not service.name in _rotated
	at := object.get(_without_end, service.name, service.logging.at)
	message := $`the log of {service.called} grows without end: set the option "max-size", or use the driver "local"`
}

_fix(service) := lint.unsafe("keep three files of 10 MB", "older lines of its log are removed", [
	lint.set(service, ["logging", "driver"], "json-file"),
	lint.set(service, ["logging", "options", "max-size"], "10m"),
	lint.set(service, ["logging", "options", "max-file"], "3"),
])

# _rotated are the services whose log has a size, or one that is unknown.
_rotated := {service.name |
	some service in input.project.services
	some option in service.logging.options
	option.name == "max-size"
	not option.at in _unlimited
}

# _without_end are, by service, the sizes that are none.
_without_end := {service.name: option.at |
	some service in input.project.services
	some option in service.logging.options
	option.name == "max-size"
	option.at in _unlimited
}

# -1 is the driver's word for no limit, and its default.
_unlimited := {option.at |
	some service in input.project.services
	some option in service.logging.options
	option.value in {"", "-1"}
}
