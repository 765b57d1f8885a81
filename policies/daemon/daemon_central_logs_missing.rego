# METADATA
# title: Logs stay on the host
# description: |
#   The logs of containers are files of the host they run on. Whoever takes the host over
#   removes them first, and on a host that is gone they are gone.
#
#   Set a `log-driver` that sends them to another machine, such as `syslog`, `journald` with
#   a forwarder, `fluentd` or `gelf`; or let a collector of the host read the files, and
#   accept this finding.
# related_resources:
#   - ref: https://docs.docker.com/engine/logging/configure/
#     description: Configure logging drivers
# custom:
#   severity: note
#   security_severity: 2.5
#   precision: medium
#   set: strict
#   by_hand: daemon.json is edited by root on each host, and takes effect when the engine starts anew
#   controls: [cis-docker-1.8.0/2.14]
#   tags: [external/cwe/cwe-778]
#   techniques: [T1070]
package composelint.rules["daemon-central-logs-missing"]

import data.composelint.lint

findings contains lint.on_key(input.daemon, "log-driver", message) if {
	input.daemon.log_driver in {"json-file", "local"}
	message := `logs of containers are kept on the host alone: send them to another machine by "log-driver", or by a collector`
}
