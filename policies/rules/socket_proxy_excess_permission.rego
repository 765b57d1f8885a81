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
#   fixes: [safe]
#   controls: [nist-800-190/4.3.2]
#   tags: [external/cwe/cwe-250]
#   techniques: [T1609]
package composelint.rules["socket-proxy-excess-permission"]

import data.composelint.client_needs
import data.composelint.effective_api
import data.composelint.fewest_flags
import data.composelint.flag_effects
import data.composelint.flag_fixes
import data.composelint.lint
import data.composelint.outsiders
import data.composelint.possible_attacks
import data.composelint.proxy_setup
import data.composelint.reach
import data.composelint.rules["socket-proxy-dangerous-section"] as dangerous
import data.composelint.settings
import data.composelint.socket_proxies
import data.composelint.zone

findings contains lint.with_fixes(lint.on({"at": effective_api.place(proxy, flag)}, message), fixes) if {
	some proxy, names in flags
	some flag in names
	users := concat(", ", [$`"{client}"` | some client in zone.askers[proxy]])
	message := $`"{flag}" of the socket proxy "{proxy}" opens what {users} {_do(count(zone.askers[proxy]))} not need{_enough(socket_proxies.kinds[proxy], fewest_flags.smallest[proxy].needs)}: set it to "0"{fewest_flags.said_in_place_of(proxy, flag)}`
	fixes := flag_fixes.close(proxy, flag, fewest_flags.in_place_of(proxy, flag))
}

# flags are those that the findings are about, by proxy. Where others come in than the services
# of the project, it is not known what they need.
flags := {proxy: names |
	some proxy, least in fewest_flags.smallest
	not proxy in _open_to_others
	names := {flag |
		idle := object.get(settings.idle, proxy, set()) # of which socket-proxy-idle-flag speaks
		some flag in ((proxy_setup.flags[proxy].on - least.needs) - ((least.wishes | idle) | _used_elsewhere(proxy)))
		not socket_proxies.facts[proxy].variables[flag] in _on_by_default
		count(_opened[proxy][flag]) > 0
		not flag in object.get(possible_attacks.root_flags, proxy, [])
		not flag in dangerous.flags[proxy]
		not _worse_without(proxy, flag)
	}
}

# What is needed comes by a flag that does less harm than what would have to take its place.
_worse_without(proxy, flag) if {
	others := fewest_flags.in_place_of(proxy, flag)
	count(others) > 0
	not flag_effects.harmless(proxy, ((proxy_setup.flags[proxy].on - {flag}) | others))
}

# A reverse proxy that routes to it by mistake is no client.
_open_to_others := {proxy |
	some proxy, _ in fewest_flags.smallest
	some name in ({proxy} | object.get(zone.relays, proxy, set()))
	some [entry, _] in outsiders.entries_of[name]
	entry.kind != "router"
}

# _used_elsewhere are the flags by which needed operations pass as well, other than the gate, and
# those of known programs that can call the proxy and may do so by a configuration of their own.
_used_elsewhere(proxy) := others | undeclared if {
	wanted := fewest_flags.of_proxy[proxy].needs | fewest_flags.of_proxy[proxy].wishes
	others := {flag |
		some operation in wanted
		some way in effective_api.flag_sets_for(proxy, operation)
		not effective_api.gates[proxy] in way
		some flag in way
	}
	undeclared := union({fewest_flags.fewest(proxy, needs) | some needs in _needs_of_callers[proxy]})
}

# _needs_of_callers are the different needs of those that can call a proxy.
_needs_of_callers := reach.spread({proxy: needs |
	some proxy in reach.firsts
	needs := {needed |
		some name in reach.names[proxy]
		needed := client_needs.needs[name] | object.get(client_needs.wishes, name, set())
	}
})

_enough(kind, least) := $" ({named} would do)" if {
	variables := data.composelint.proxies[kind].variables
	needed := [$`"{flag}"` | some flag in least; not variables[flag] in _on_by_default]
	count(needed) > 0
	named := concat(", ", needed)
} else := ""

_do(1) := "does"

_do(n) := "do" if n > 1

_on_by_default := {"1", "true"}

# _opened are, by proxy and flag, the operations that pass by it.
_opened := {proxy: by_flag |
	some proxy, _ in fewest_flags.smallest
	by_flag := {flag: operations |
		some flag in proxy_setup.flags[proxy].on
		operations := {operation |
			some operation in effective_api.allowed[proxy]
			decision := effective_api.decision(proxy, operation)
			flag in array.concat(decision.gates, [decision.flag])
		}
	}
}
