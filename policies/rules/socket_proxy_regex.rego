# METADATA
# title: Allow list of a socket proxy that lets more through than it says
# description: |
#   wollomatic's proxy and CetusGuard let through what an expression matches, and put `^` in
#   front of it and `$` behind it, without a group. With an alternation outside of parentheses,
#   as in `/v1\..{2}/(containers/.*|events)|/_ping`, the first side may go on in any way and
#   the last may begin in any way: that one lets `/v1.47/secrets/_ping` pass, and CetusGuard,
#   whose expressions see the query too, any request that ends in `?x=/_ping`. Expressions
#   such as `.*` for a method that writes give away more than a client needs, and
#   `allowfrom` with `0.0.0.0/0` gives it to everybody who reaches the proxy.
#
#   Put the alternatives in parentheses: `(/v1\..{2}/(containers/.*|events)|/_ping)`. Name the
#   paths that the clients need, such as `/v1\..{2}/containers/.+/restart`, and the clients
#   themselves in `allowfrom`: wollomatic takes names of services.
# related_resources:
#   - ref: https://github.com/wollomatic/socket-proxy
#     description: wollomatic socket-proxy
#   - ref: https://github.com/hectorm/cetusguard
#     description: CetusGuard
#   - ref: https://github.com/google/re2/wiki/Syntax
#     description: Syntax of the expressions
# custom:
#   severity: error
#   security_severity: 8.0
#   precision: high
#   set: default
#   fixes: [unsafe]
#   controls: [owasp-docker/1]
#   tags: [external/cwe/cwe-625, external/cwe/cwe-777]
#   techniques: [T1609, T1610]
package composelint.rules["socket-proxy-regex"]

import data.composelint.effective_api
import data.composelint.fewest_flags
import data.composelint.lint
import data.composelint.patterns
import data.composelint.possible_attacks
import data.composelint.proxy_admission
import data.composelint.proxy_plans
import data.composelint.services
import data.composelint.socket_proxies
import data.composelint.zone

findings contains lint.with_fix(lint.with_severity(_on(setting, message), judged.severity), _fix(proxy, setting, judged.says)) if {
	some [proxy, setting] in _settings
	judged := _judged(proxy, setting.method, setting.expression, setting.written)
	message := $`{_called(setting.name, setting.written, proxy)} {judged.says}`
}

findings contains lint.with_fix(lint.on(option, message), _named(service, edits)) if {
	some service in socket_proxies.services
	asked := socket_proxies.facts[service.name].clients
	some option in service.options
	option.name == asked.option
	_admits_all(option.value, asked.open)
	not service.name in _on_a_socket
	message := $`"{option.name}" of the socket proxy "{service.name}" admits every address: name its clients instead{_such_as(service.name)}`
	edits := [edit | some edit in proxy_plans.option_edits(service.name, option.name, _clients(service.name))]
}

# An option goes before the variable of the same meaning.
findings contains lint.with_fix(lint.on(variable, message), _named(service, edits)) if {
	some service in socket_proxies.services
	asked := socket_proxies.facts[service.name].clients
	count([option | some option in service.options; option.name == asked.option]) == 0
	some variable in service.environment
	variable.name == asked.variable
	_admits_all(variable.value, asked.open)
	not service.name in _on_a_socket
	message := $`"{variable.name}" of the socket proxy "{service.name}" admits every address: name its clients instead{_such_as(service.name)}`
	edits := [lint.set(service, ["environment", variable.name], _clients(service.name))]
}

_named(service, edits) := lint.unsafe($`admit its clients alone, "{_clients(service.name)}"`, "whoever else asks it is refused", edits) if {
	count(zone.clients[service.name]) > 0
	_since(service.name) == ""
} else := lint.by_hand("its release reads no list of names") if {
	count(zone.clients[service.name]) > 0
} else := lint.by_hand("who its clients are is not in sight")

_clients(proxy) := concat(",", object.get(zone.clients, proxy, set()))

# Alternatives belong in parentheses, between the anchors that there are.
_fix(proxy, setting, says) := lint.unsafe("put the alternatives in parentheses", "a path that only begins or ends as one of them is refused", edits) if {
	says == _unanchored
	not setting.line
	[_, first, inner, last] := regex.find_all_string_submatch_n(`^(\^?)(.*?)(\$?)$`, setting.written, 1)[0]
	value := $"{first}({inner}){last}"
	service := services.by_name[proxy]
	edits := [lint.set(service, ["environment", variable.name], value) | some variable in service.environment; variable.at == setting.at]
	count(edits) > 0
} else := lint.by_hand("which paths its clients ask for, the expression has to say")

_unanchored := "has alternatives outside of parentheses, so that none is anchored at both ends: put them in parentheses"

# _settings are the expressions of each proxy, but those that make its clients root on the
# host, which is a finding of its own.
_settings contains [proxy, setting] if {
	some proxy, by_method in patterns.expressions
	some settings in by_method
	some setting in settings
	is_string(setting.expression)
	setting.at != services.by_name[proxy].at
	not setting.name in object.get(_rooted, proxy, set())
}

_rooted := {proxy: names |
	some proxy, ids in possible_attacks.host_root
	names := {effective_api.decision(proxy, operation).flag |
		some scenario in data.composelint.attacks.scenarios
		scenario.id in ids
		some way in scenario.ways
		some operation in way.needs
		operation in effective_api.allowed[proxy]
	}
}

_judged(proxy, method, expression, written) := {"severity": "error", "says": says} if {
	method in _writing
	_is_everything(expression)
	says := $"lets every {method} request through: name the paths that its clients need"
} else := {"severity": "error", "says": _unanchored} if {
	_loses_an_anchor(written)
} else := {"severity": "error", "says": says} if {
	method in _writing
	unneeded := [id | some id in (patterns.opened(proxy, method, expression) - _wanted[proxy]); _in_the_reference(id)]
	count(unneeded) > 0
	says := $"lets {_some_of(unneeded)} through, which its clients do not need: narrow it to what they do"
} else := {"severity": "warning", "says": "lets every GET request through: name the paths that its clients need"} if {
	method == "GET"
	_is_everything(expression)
	_wanted[proxy]
}

# One line of many has its own place.
_on(setting, message) := lint.on_key(setting, setting.line, message) if {
	setting.line
} else := lint.on(setting, message)

# What an engine serves beyond the reference of its API no client needs, and nobody opens on purpose.
_in_the_reference(id) if regex.match(`^([^(]|\(libpod\))`, id)

_writing := {"POST", "PUT", "PATCH", "DELETE"}

_is_everything(expression) if regex.match(expression, "/v1.47/anything/at/all")

# _loses_an_anchor is true of alternatives at the top level, unless they bring the anchors
# that they lose, or need none.
_loses_an_anchor(written) if {
	sides := split(regex.replace(written, `\\.|\[\^?\]?(\[:\^?[a-z]+:\]|\\.|[^\]\\])*\]`, "x"), "|")
	some i, after in sides
	i > 0
	before := concat("|", array.slice(sides, 0, i))
	strings.count(before, "(") == strings.count(before, ")")
	not _open_between(before, after)
}

_open_between(before, after) if {
	regex.match(`(\$|\.\*)$`, before)
	regex.match(`^(\^|\.\*)`, after)
}

# _wanted are the operations that a proxy's clients may use, where these are all known.
_wanted := {proxy: wanted |
	some proxy, operations in fewest_flags.of_proxy
	wanted := operations.needs | operations.wishes
}

_some_of(ids) := concat(", ", [$`"{id}"` | some id in ids]) if count(ids) < 4

_some_of(ids) := $`"{ids[0]}", "{ids[1]}" and {more} more` if {
	count(ids) > 3
	more := count(ids) - 2
}

# CetusGuard's settings are many expressions, wollomatic's are one each.
_called(name, written, proxy) := $`"{_short(written)}" in "{name}" of the socket proxy "{proxy}"` if {
	socket_proxies.facts[proxy].language == "rules"
} else := $`"{name}" of the socket proxy "{proxy}"`

_short(written) := written if {
	count(written) <= 60
} else := $"{substring(written, 0, 59)}…"

_admits_all(networks, open) if {
	some network in split(networks, ",")
	trim_space(network) in open
}

# On a socket of its own wollomatic's proxy does not ask for addresses.
_on_a_socket contains service.name if {
	some service in socket_proxies.services
	listen := socket_proxies.facts[service.name].listen
	some setting in array.concat(service.options, service.environment)
	setting.name in {listen.socket_option, listen.socket_variable}
	setting.value != ""
}

_such_as(proxy) := $`, as in "{_clients(proxy)}"{_since(proxy)}` if {
	count(zone.clients[proxy]) > 0
} else := ""

_since(proxy) := proxy_admission.with_release(proxy, count(zone.clients[proxy]), " with release %s or later")
