# METADATA
# title: More of the Docker API than the clients need
# description: |
#   Every client that points at the proxy is a program whose needs are known, and together
#   they need less than the proxy lets through. What nobody needs is there for whoever takes
#   one of them over.
#
#   Set the flag to `0`, or remove it: the images' default is off. Where a feature of a client
#   needs it after all, say so in `.composelint.yaml`: `roles`, `clients`.
# related_resources:
#   - ref: https://github.com/Tecnativa/docker-socket-proxy
#     description: Tecnativa docker-socket-proxy
#   - ref: https://docs.docker.com/reference/api/engine/
#     description: Docker Engine API
# custom:
#   severity: warning
#   security_severity: 5.5
#   precision: medium
#   set: default
#   controls: [nist-800-190/4.3.2]
#   tags: [external/cwe/cwe-250]
package composelint.rules["socket-proxy-excess-permission"]

import data.composelint.attacks
import data.composelint.clients
import data.composelint.docker_api
import data.composelint.lint
import data.composelint.rules["socket-proxy-dangerous-section"] as dangerous

findings contains lint.on({"at": at}, message) if {
	some proxy, least in clients.smallest
	some flag in ((docker_api.flags[proxy].on - least.needs) - least.wishes)
	not data.composelint.proxies[lint.proxies[proxy]].variables[flag] in _on_by_default
	count(_opened[proxy][flag]) > 0
	at := docker_api.place(proxy, flag)
	not flag in object.get(attacks.root_flags, proxy, [])
	not at in _dangerous
	users := concat(", ", [$`"{client}"` | some client in lint.clients[proxy]])
	message := $`"{flag}" of the socket proxy "{proxy}" opens what {users} {_do(count(lint.clients[proxy]))} not need{_enough(lint.proxies[proxy], least.needs)}: set it to "0"`
}

_enough(kind, flags) := $" ({named} would do)" if {
	variables := data.composelint.proxies[kind].variables
	needed := [$`"{flag}"` | some flag in flags; not variables[flag] in _on_by_default]
	count(needed) > 0
	named := concat(", ", needed)
} else := ""

_do(1) := "does"

_do(n) := "do" if n > 1

_on_by_default := {"1"}

_dangerous := {finding.at | some finding in dangerous.findings}

# _opened are, by proxy and flag, the operations that pass by it.
_opened := {proxy: by_flag |
	some proxy, _ in clients.smallest
	by_flag := {flag: operations |
		some flag in docker_api.flags[proxy].on
		operations := {operation |
			some operation in docker_api.allowed[proxy]
			decision := docker_api.decision(proxy, operation)
			flag in array.concat(decision.gates, [decision.flag])
		}
	}
}
