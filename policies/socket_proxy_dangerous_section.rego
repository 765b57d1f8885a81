# METADATA
# title: Dangerous section open on a socket proxy
# description: |
#   A flag of the proxy opens a whole section of the Docker API to every client that
#   reaches it, and some sections give away more than they seem to: `EXEC` runs commands
#   in any container, `BUILD` runs commands as root, `SWARM` shows the tokens that make a
#   node a manager even when the proxy denies every write. What a flag opens depends on
#   `POST`, which lets through all methods that change something.
#
#   Set the flag to `0`, or remove it: the images' default is off. Where a client really
#   needs the section, give that client a proxy of its own.
# related_resources:
#   - ref: https://github.com/Tecnativa/docker-socket-proxy
#     description: Tecnativa docker-socket-proxy
#   - ref: https://docs.docker.com/reference/api/engine/
#     description: Docker Engine API
#   - ref: https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html
#     description: OWASP Docker Security Cheat Sheet
# custom:
#   severity: error
#   security_severity: 8.0
#   precision: high
#   set: default
#   controls: [owasp-docker/1, nist-800-190/4.3.2, guide]
#   tags: [external/cwe/cwe-749]
package composelint.rules["socket-proxy-dangerous-section"]

import data.composelint.lint

findings contains lint.with_severity(lint.on(variable, message), case.severity) if {
	some service in input.project.services
	flags := lint.proxy_flags[service.name]
	some variable in service.environment
	variable.name in flags.on
	some case in data.composelint.sections.flags[variable.name]
	count(_set(case.with) - flags.on) == 0
	count(_set(case.without) & flags.possible) == 0
	message := $`"{variable.name}" of the socket proxy "{service.name}" lets its clients {case.opens}: set it to "0"`
}

_set(names) := {name | some name in names}
