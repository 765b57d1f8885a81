# METADATA
# title: Log of the engine other than info
# description: |
#   At the levels `debug` and `trace` the engine writes request bodies into its log, with
#   the environment of containers, and fills the disk; above `info` it leaves out what an
#   incident is looked into by.
#
#   Remove `debug`, and set `log-level: info` or remove it, once the fault has been found.
# related_resources:
#   - ref: https://docs.docker.com/engine/daemon/logs/
#     description: Read the daemon logs
# custom:
#   severity: note
#   security_severity: 2.5
#   precision: high
#   set: strict
#   by_hand: daemon.json is edited by root on each host, and takes effect when the engine starts anew
#   controls: [cis-docker-1.8.0/2.3, owasp-docker/10]
#   tags: [external/cwe/cwe-532]
package composelint.rules["daemon-log-level"]

import data.composelint.lint

findings contains lint.on_key(input.daemon, "log-level", message) if {
	input.daemon.log_level != "info"
	message := $`the engine logs at the level "{input.daemon.log_level}": set "log-level" to "info"`
}

findings contains lint.on_key(input.daemon, "debug", message) if {
	input.daemon.debug == true
	message := `the engine writes all that it does into its log, requests too: remove "debug"`
}
