# METADATA
# title: No health check
# description: |
#   Without a health check, Docker knows only whether the process still runs, not whether
#   it still works: a service that hangs stays in use, and those that depend on it start
#   too early. One that is switched off hides what the image's authors meant to be seen.
#
#   Add a `healthcheck` with a test that the image has the program for, such as
#   `["CMD", "wget", "-q", "--spider", "http://127.0.0.1:8080/"]`. Where it is known that the image
#   has one of its own, or no program for one, there is no finding; if another image has one, ignore
#   this rule for the service.
# related_resources:
#   - ref: https://docs.docker.com/reference/compose-file/services/#healthcheck
#     description: healthcheck, in the Compose file reference
#   - ref: https://docs.docker.com/reference/dockerfile/#healthcheck
#     description: HEALTHCHECK, in the Dockerfile reference
# custom:
#   severity: warning
#   precision: medium
#   set: strict
#   fixes: [unsafe]
#   controls: [cis-docker-1.8.0/5.27]
#   tags: [correctness]
package composelint.rules["healthcheck-missing"]

import data.composelint.image_needs
import data.composelint.lint

findings contains _with_fix(lint.with_severity(lint.on(service, message), "note"), service) if {
	some service in input.project.services
	service.kind == "service"
	service.complete == true
	service.healthcheck.stated == false
	service.healthcheck.disabled == false
	not image_needs.of[service.name].own_health
	not image_needs.of[service.name].no_health
	message := $`{service.called} states no health check: add "healthcheck"{_test(service.name)}`
}

findings contains lint.on_key(service.healthcheck, _key[service.name], message) if {
	some service in input.project.services
	service.healthcheck.disabled == true
	message := $`the health check of {service.called} is switched off: give it a test that works`
}

# _key is what switches a check off: the test NONE, or disable.
_key := {service.name: key |
	some service in input.project.services
	words := {word.value | some word in service.healthcheck.test}
	key := {true: "test", false: "disable"}["NONE" in words]
}

# _as_made are the services whose image runs as it was made: a command or a variable may give it a password or
# another port, with which a test of the table fails.
_as_made contains service.name if {
	some service in input.project.services
	service.command == []
	service.environment_incomplete == false
	count([variable | some variable in service.environment; regex.match(`(?i)(port|ping|health|auth)`, variable.name)]) == 0
}

_test(name) := $` with the "test" {image_needs.of[name].health}` if {
	image_needs.of[name].health
	name in _as_made
} else := ", unless the image has one"

_with_fix(finding, service) := lint.with_fix(finding, lint.unsafe("add the test", "what waits for it to be healthy waits longer, and a swarm replaces it when it is not", [lint.set(service, ["healthcheck", "test"], json.unmarshal(replace(image_needs.of[service.name].health, "$$", "$")))])) if {
	image_needs.of[service.name].health
	service.name in _as_made
} else := finding
