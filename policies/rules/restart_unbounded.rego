# METADATA
# title: Restarts without end
# description: |
#   The container is restarted again and again, however often it fails. Each start takes
#   its share of the host, and a crash that an attacker causes can be repeated until it
#   works out.
#
#   The benchmark wants `restart: on-failure:5`. Mind that such a container also stays
#   down after a restart of the host, unless it had failed: where it has to come back by
#   itself, keep `unless-stopped`, watch the number of restarts, and ignore this rule.
# related_resources:
#   - ref: https://docs.docker.com/engine/containers/start-containers-automatically/
#     description: Start containers automatically
#   - ref: https://docs.docker.com/reference/compose-file/services/#restart
#     description: restart, in the Compose file reference
# custom:
#   severity: note
#   precision: very-high
#   set: strict
#   fixes: [unsafe]
#   controls: [cis-docker-1.8.0/5.15, owasp-docker/7]
#   tags: [correctness]
#   techniques: [T1499]
package composelint.rules["restart-unbounded"]

import data.composelint.lint

findings contains lint.with_fix(lint.on(service.restart, message), fix) if {
	some service in input.project.services
	policy := service.restart.policy
	policy in {"always", "unless-stopped", "on-failure"}
	service.restart.max_attempts == 0
	message := $`{service.called} is restarted without end, by "{policy}": use "on-failure:5"`
	fix := lint.unsafe(`use "on-failure:5"`, "it stays down after its fifth failure, and after a restart of the host", _edits(service, service.restart.at))
}

_edits(service, at) := [lint.set(service, ["restart"], "on-failure:5")] if {
	at == $"{service.at}.restart"
} else := [
	lint.set(service, ["deploy", "restart_policy", "condition"], "on-failure"),
	lint.set(service, ["deploy", "restart_policy", "max_attempts"], 5),
]
