# METADATA
# description: |
#   What the variables of a socket proxy are to its image: flags that its rules ask, settings
#   of another kind, or nothing at all.
package composelint.settings

import data.composelint.docker_api
import data.composelint.lint

# flags are, by the kinds of proxy in the project, the names that the kind's rules ask.
flags := {kind: asked |
	some kind in {kind | some _, kind in lint.proxies}
	rules := object.get(data.composelint.proxies[kind], "rules", [])
	asked := {rule["if"] | some rule in rules} | {rule.unless | some rule in rules}
}

# unknown are the variables, by proxy and name, that its image does not have, each with what
# can be said of it: later (only newer tags have it, in which it closes something while it is
# off, or does not), method or networks (what it seems to be
# for), meant (the one that it is like), elsewhere (only other images have it), or nothing.
unknown := {service.name: said |
	some service in input.project.services
	kind := lint.proxies[service.name]
	known := _known[kind] - object.get(docker_api.lacking, service.name, set())
	not service.name in _named
	not service.name in docker_api.replaced
	stated := {variable.name | some variable in service.environment}
	said := {name: _said(name, service.name, kind, known - stated) |
		some name in (stated - known)
		not _matches(name, object.get(data.composelint.proxies[kind], "patterns", []))
		not _matches(name, data.composelint.unknown_flags.ordinary)
	}
}

# Of an image that only the configuration calls a proxy, it is not known what else it has.
_named := {role.service | some role in input.config.roles.proxies}

_known := {kind: names |
	some kind in {kind | some _, kind in lint.proxies}
	proxy := data.composelint.proxies[kind]
	proxy.language in {"flags", "profiles", "methods", "rules"}
	count(proxy.variables) > 0
	names := {name | some name, _ in proxy.variables} | {concat("", [proxy.methods.variable_prefix, method]) | some method in proxy.methods.names}
}

_matches(name, patterns) if {
	some pattern in patterns
	regex.match(pattern, name)
}

_said(name, proxy, kind, known) := {"is": "later", "closes": name in closing} if {
	newer := [newer | some newer in _and_newer[kind]; newer.variables[name]]
	count(newer) > 0
	closing := {rule.unless | some rule in newer[0].rules}
} else := {"is": "method", "method": method} if {
	method := _bare(name)
	operation := data.composelint.unknown_flags.methods[method]
	gate := docker_api.gates[proxy]
	some needed in docker_api.flag_sets[proxy][operation]
	gate in needed
} else := {"is": "networks"} if {
	regex.match(data.composelint.unknown_flags.networks, name)
	not data.composelint.proxies[kind].clients
} else := {"is": "meant", "meant": min(alike)} if {
	bare := _bare(name)
	alike := {other | some other in known; _bare(other) == bare}
	count(alike) > 0
} else := {"is": "elsewhere"} if {
	some other in data.composelint.proxies
	other.variables[name]
} else := {"is": "meant", "meant": min(alike)} if {
	shorter := _shorter(name)
	alike := {other | some other in known; count(_shorter(other) & shorter) > 0}
	count(alike) > 0
} else := {"is": "nothing"}

# _and_newer are the rules of a kind, and of those that are what its image is today.
_and_newer := {kind: proxies |
	some kind in {kind | some _, kind in lint.proxies}
	own := {data.composelint.proxies[kind]}
	proxies := own | {proxy | some proxy in data.composelint.proxies; some era in proxy.eras; era.kind == kind}
}

# _bare is a name without what images and users put around it.
_bare(name) := trim_suffix(replace(regex.replace(upper(replace(name, "-", "_")), data.composelint.unknown_flags.prefixes, ""), "_", ""), "S")

# _shorter are a name and what is left of it without one of its letters: two names that share
# one of them are a slip apart. Short names share too much.
_shorter(name) := {name} | {shorter |
	count(name) > 4
	some i in numbers.range(0, count(name) - 1)
	shorter := concat("", [substring(name, 0, i), substring(name, i + 1, -1)])
}
