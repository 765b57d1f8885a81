# METADATA
# title: No memory or CPU limit
# description: |
#   Without a limit, one container can use up the memory or the processors of the host, by
#   an error or on purpose, and takes all others down with it; on a socket proxy or its
#   clients that is also how to make the watchers blind. A reservation is no limit.
#
#   Set `mem_limit` and `cpus`, or `deploy.resources.limits`, well above what `docker
#   stats` shows in use: a container that exceeds its memory is killed, one that exceeds
#   its CPU is only slowed down.
# related_resources:
#   - ref: https://docs.docker.com/engine/containers/resource_constraints/
#     description: Resource constraints
#   - ref: https://docs.docker.com/reference/compose-file/deploy/#resources
#     description: resources, in the Compose file reference
#   - ref: https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html
#     description: OWASP Docker Security Cheat Sheet
# custom:
#   severity: warning
#   security_severity: 4.0
#   precision: high
#   set: default
#   fixes: [unsafe]
#   controls: [cis-docker-1.8.0/5.11, cis-docker-1.8.0/5.12, owasp-docker/7, guide]
#   tags: [external/cwe/cwe-770]
#   techniques: [T1499, T1496.001]
package composelint.rules["resource-limits-missing"]

import data.composelint.absence
import data.composelint.limits_to_start_with
import data.composelint.lint

findings contains lint.against(finding, array.concat(["owasp-docker/7"], controls)) if {
	some finding in absence.findings(_lacking, `have no memory or no CPU limit: set "mem_limit" and "cpus"`)
	controls := [control | some limit in _lacks[finding.at]; control := _controls[limit]]
}

# A limit of 0 is none: where one is stated, the finding stands there.
_lacking := {service.name: finding |
	some service in input.project.services
	service.complete == true
	lacks := _lacks[service.at]
	found := _found(service.at, service.limits.zero, _message(service.called, lacks))
	finding := lint.with_fix(found, limits_to_start_with.fix(service, lacks))
}

_found(at, [], message) := lint.on({"at": at}, message)

_found(at, zero, message) := lint.on_key({"at": at}, zero[0], message)

_lacks := {service.at: lacks |
	some service in input.project.services
	lacks := [limit | some limit in ["memory", "CPU"]; service.name in _unlimited[limit]]
	count(lacks) > 0
}

_controls := {"memory": "cis-docker-1.8.0/5.11", "CPU": "cis-docker-1.8.0/5.12"}

_message(called, lacks) := $`{called} has no {concat(" and no ", lacks)} limit: set {concat(" and ", keys)}` if {
	keys := [_keys[limit] | some limit in lacks]
}

_keys := {"memory": `"mem_limit"`, "CPU": `"cpus"`}

_unlimited := {
	"memory": {service.name | some service in input.project.services; service.limits.memory == 0},
	"CPU": {service.name |
		some service in input.project.services
		service.limits.cpus == 0
		service.limits.cpu_shares == 0
	},
}
