# METADATA
# title: Logs that grow without end
# description: |
#   The driver `json-file`, which is the default, keeps all that containers print. One that
#   is made to log a lot fills the host's disk, and every container stops.
#
#   Set `log-opts` with `max-size` and `max-file`, or `log-driver: local`, which removes the
#   old by itself. It holds for containers that are created from then on.
# related_resources:
#   - ref: https://docs.docker.com/engine/logging/drivers/json-file/
#     description: JSON file logging driver
# custom:
#   severity: note
#   precision: high
#   set: strict
#   by_hand: daemon.json is edited by root on each host, and takes effect when the engine starts anew
#   controls: []
#   tags: [correctness]
#   techniques: [T1499]
package composelint.rules["daemon-log-rotation-missing"]

import data.composelint.lint

findings contains lint.on_key(input.daemon, "log-opts", message) if {
	input.daemon.log_driver == "json-file"
	not _rotated
	message := `logs of containers grow without end unless they say otherwise: set "max-size" in "log-opts", or "log-driver" to "local"`
}

_rotated if {
	some option in input.daemon.log_opts
	option.name == "max-size"
	size := option.value
	not size in {"", "-1"}
}
