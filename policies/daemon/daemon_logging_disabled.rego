# METADATA
# title: Logging of containers switched off
# description: |
#   With the driver `none` as default nothing that containers print is kept, and `docker
#   logs` is empty: neither a failure nor an attack can be looked into afterwards.
#
#   Use `local`, which removes the old by itself, or a driver that sends the logs elsewhere.
# related_resources:
#   - ref: https://docs.docker.com/engine/logging/configure/
#     description: Configure logging drivers
# custom:
#   severity: warning
#   security_severity: 4.0
#   precision: very-high
#   set: default
#   by_hand: daemon.json is edited by root on each host, and takes effect when the engine starts anew
#   controls: [cis-docker-1.8.0/2.14]
#   tags: [external/cwe/cwe-778]
#   techniques: [T1562.001, T1070]
package composelint.rules["daemon-logging-disabled"]

import data.composelint.lint

findings contains lint.on_key(input.daemon, "log-driver", message) if {
	input.daemon.log_driver == "none"
	message := `no container keeps a log unless it says so, by the driver "none": use "local"`
}
