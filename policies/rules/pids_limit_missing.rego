# METADATA
# title: No limit of processes
# description: |
#   Without a limit, one container can start processes until the host has no number left
#   for another: a fork bomb, or a leak of threads, stops everything on it.
#
#   Set `pids_limit`, or `deploy.resources.limits.pids`, well above the number that
#   `docker stats` shows; it counts threads as well.
# related_resources:
#   - ref: https://docs.docker.com/reference/compose-file/services/#pids_limit
#     description: pids_limit, in the Compose file reference
#   - ref: https://docs.kernel.org/admin-guide/cgroup-v1/pids.html
#     description: Process Number Controller
#   - ref: https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html
#     description: OWASP Docker Security Cheat Sheet
# custom:
#   severity: note
#   security_severity: 2.5
#   precision: high
#   set: strict
#   fixes: [unsafe]
#   controls: [cis-docker-1.8.0/5.29, owasp-docker/7]
#   tags: [external/cwe/cwe-770]
#   techniques: [T1499, T1496.001]
package composelint.rules["pids-limit-missing"]

import data.composelint.limits_to_start_with
import data.composelint.lint

findings contains lint.with_fix(lint.on_key(service, "pids_limit", message), fix) if {
	some service in input.project.services
	service.complete == true
	service.limits.pids in {0, -1}
	message := $`{service.called} can start any number of processes: set "pids_limit"`
	fix := limits_to_start_with.pids(service)
}
