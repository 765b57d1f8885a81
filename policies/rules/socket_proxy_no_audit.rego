# METADATA
# title: Socket proxy that does not log what it refuses
# description: |
#   The requests that a socket proxy refuses are what shows first that a client does what it
#   should not. HAProxy logs every request at the level `info`, so that any `LOG_LEVEL` above
#   it hides them; wollomatic's proxy and CetusGuard log refused ones as warnings. The logging
#   driver `none` throws everything away. (A log of refusals shows no attack that the proxy
#   lets through.)
#
#   Leave the level at its default, or set it to `info`, and use a logging driver that keeps
#   what it gets, such as `local`.
# related_resources:
#   - ref: https://github.com/Tecnativa/docker-socket-proxy
#     description: Tecnativa docker-socket-proxy
#   - ref: https://docs.docker.com/engine/logging/configure/
#     description: Logging drivers
# custom:
#   severity: note
#   security_severity: 2.5
#   precision: very-high
#   set: default
#   fixes: [safe, unsafe]
#   controls: [nist-800-190/4.3.1]
#   tags: [external/cwe/cwe-778]
#   techniques: [T1562.001, T1070]
package composelint.rules["socket-proxy-no-audit"]

import data.composelint.lint
import data.composelint.proxy_plans
import data.composelint.proxy_setup
import data.composelint.socket_proxies

findings contains lint.with_fix(lint.on(option, message), fix) if {
	some service in input.project.services
	not service.name in proxy_setup.replaced
	log := socket_proxies.facts[service.name].log
	some option in service.options
	option.name == log.option
	regex.match(log.hides, option.value)
	message := _hidden(option.name, option.value, service.name, log.shows)
	fix := lint.safe(_title(option.name, log.shows), [edit | some edit in proxy_plans.option_edits(service.name, option.name, log.shows)])
}

# An option goes before the variable of the same meaning.
findings contains lint.with_fix(lint.on(variable, message), fix) if {
	some service in input.project.services
	not service.name in proxy_setup.replaced
	log := socket_proxies.facts[service.name].log
	count([option | some option in service.options; option.name == log.option]) == 0
	some variable in service.environment
	variable.name == log.variable
	regex.match(log.hides, variable.value)
	message := _hidden(variable.name, variable.value, service.name, log.shows)
	fix := lint.safe(_title(variable.name, log.shows), [lint.set(service, ["environment", variable.name], log.shows)])
}

findings contains lint.with_fix(lint.on_key(service.logging, "driver", message), fix) if {
	some service in socket_proxies.services
	service.logging.driver == "none"
	message := $`socket proxy "{service.name}" has the logging driver "none", so that nobody sees what it refuses: use one that keeps logs, such as "local"`
	fix := lint.unsafe(`set the logging driver to "local"`, "its logs take up to 100 MB on the host", [lint.set(service, ["logging", "driver"], "local")])
}

_hidden(name, value, proxy, shows) := $`"{name}" of the socket proxy "{proxy}" is "{value}", which hides the requests that it refuses: set it to "{shows}"`

_title(name, value) := $`set "{name}" to "{value}"`
