# METADATA
# title: No ulimits
# description: |
#   The container's processes have the limits of the engine, which mostly allow a million
#   open files each, or more. A process that leaks them takes long to fail, and meanwhile
#   uses up the kernel's memory.
#
#   Set `ulimits`, `nofile` above all, to what the application needs. Where one value is
#   right for all containers, set `default-ulimits` in the engine's `daemon.json`, and
#   name it by `--daemon`.
# related_resources:
#   - ref: https://docs.docker.com/reference/compose-file/services/#ulimits
#     description: ulimits, in the Compose file reference
#   - ref: https://man7.org/linux/man-pages/man2/getrlimit.2.html
#     description: "getrlimit(2): what the limits mean"
# custom:
#   severity: note
#   security_severity: 2.5
#   precision: medium
#   set: strict
#   fixes: [unsafe]
#   controls: [cis-docker-1.8.0/5.19, owasp-docker/7]
#   tags: [external/cwe/cwe-770]
#   techniques: [T1499]
package composelint.rules["ulimits-missing"]

import data.composelint.lint

findings contains lint.with_fix(lint.on(service, message), fix) if {
	some service in input.project.services
	service.complete == true
	count(service.ulimits) == 0
	message := $`{service.called} has the engine's limits of open files and processes: set "ulimits"`
	fix := lint.unsafe("allow each of its processes 65536 open files", "what needs more fails", [lint.set(service, ["ulimits", "nofile"], 65536)])
}
