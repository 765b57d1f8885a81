# METADATA
# title: Containers stop with the engine
# description: |
#   When the engine stops, for an update or by a fault, all containers stop. So updates of
#   the engine, those that close holes too, are put off until a night when services may
#   fail.
#
#   Set `live-restore: true`. It does not go together with a swarm: a node of one leaves it
#   out.
# related_resources:
#   - ref: https://docs.docker.com/engine/daemon/live-restore/
#     description: Live restore
# custom:
#   severity: note
#   precision: high
#   set: strict
#   by_hand: daemon.json is edited by root on each host, and takes effect when the engine starts anew
#   controls: [cis-docker-1.8.0/2.16]
#   tags: [correctness]
package composelint.rules["daemon-live-restore-missing"]

import data.composelint.lint

findings contains lint.on_key(input.daemon, "live-restore", message) if {
	input.daemon.live_restore == false
	message := `every restart of the engine stops all containers: set "live-restore" to true, unless the host is a node of a swarm`
}
