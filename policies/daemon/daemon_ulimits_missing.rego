# METADATA
# title: No default ulimits
# description: |
#   Containers that state no ulimits have those of the engine, which mostly allow a million
#   open files each, or more. A process that leaks them uses up the kernel's memory.
#
#   Set `default-ulimits`, `nofile` above all, to what is right for most containers; one
#   that needs more says so by `ulimits`.
# related_resources:
#   - ref: https://docs.docker.com/reference/cli/dockerd/#default-ulimit-settings
#     description: dockerd, default ulimit settings
# custom:
#   severity: note
#   security_severity: 2.5
#   precision: high
#   set: strict
#   by_hand: daemon.json is edited by root on each host, and takes effect when the engine starts anew
#   controls: [cis-docker-1.8.0/2.9]
#   tags: [external/cwe/cwe-770]
#   techniques: [T1499]
package composelint.rules["daemon-ulimits-missing"]

import data.composelint.lint

findings contains lint.on_key(input.daemon, "default-ulimits", message) if {
	input.daemon.complete == true
	count(input.daemon.ulimits) == 0
	message := `containers have the engine's own limits of open files and processes: set "default-ulimits"`
}
