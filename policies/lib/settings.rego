# METADATA
# description: |
#   What the variables of a socket proxy are to its image: flags that its rules ask, settings
#   of another kind, or nothing at all.
package composelint.settings

import data.composelint.effective_api
import data.composelint.proxy_setup
import data.composelint.socket_proxies

# flags are, by proxy, the names that its rules ask.
flags := {name: asked |
	some name, proxy in socket_proxies.facts
	rules := object.get(proxy, "rules", [])
	asked := {rule["if"] | some rule in rules} | {rule.unless | some rule in rules}
}

_kinds := {kind | some kind in socket_proxies.kinds}

# decides is true of a variable that says what a proxy lets through.
#     settings.decides("proxy", "CONTAINERS")
decides(proxy, name) if name in flags[proxy]

decides(proxy, name) if name == socket_proxies.facts[proxy].profile_variable

decides(proxy, name) if name == socket_proxies.facts[proxy].rules_language.variable

decides(proxy, name) if startswith(name, socket_proxies.facts[proxy].methods.variable_prefix)

_known_to_be_newer := _named | proxy_setup.newer

# unknown are the variables, by proxy and name, that its image does not have, each with a guess at
# what is wrong with it: later (only newer tags have it, in which it closes something while it is
# off, or does not), method or networks (what it seems to be for), meant (the one that it is
# like), elsewhere (only other images have it), or nothing.
unknown := {service.name: guesses |
	some service in socket_proxies.services
	kind := socket_proxies.kinds[service.name]
	own := known[service.name]
	not service.name in _known_to_be_newer
	not service.name in proxy_setup.replaced
	stated := {variable.name | some variable in service.environment}
	others := own - stated
	guesses := {name: _guess(name, service.name, kind, others) |
		some name in (stated - own)
		not _matches(name, object.get(socket_proxies.facts[service.name], "patterns", []))
		not _matches(name, data.composelint.unknown_flags.ordinary)
	}
	count(guesses) > 0
}

# Of an image that only the configuration calls a proxy, and of a later release than is known, it is not
# known what else it has.
_named := {role.service | some role in input.config.roles.proxies}

# is_own is true of a variable that the image of a proxy has.
#     settings.is_own("proxy", "CONTAINERS")
is_own(proxy, name) if name in known[proxy]

is_own(proxy, name) if _matches(name, socket_proxies.facts[proxy].patterns)

# known are, by proxy whose variables are all known, their names.
known := {name: names |
	some name, proxy in socket_proxies.facts
	proxy.language in {"flags", "profiles", "methods", "rules"}
	count(data.composelint.proxies[socket_proxies.kinds[name]].variables) > 0 # those of an older release may be none
	names := object.keys(proxy.variables) | {concat("", [proxy.methods.variable_prefix, method]) |
		some method in proxy.methods.names
		regex.match(proxy.methods.variable_suffix, "")
	}
}

_matches(name, patterns) if {
	some pattern in patterns
	regex.match(pattern, name)
}

_guess(name, proxy, kind, own) := {"is": "later", "closes": name in closing} if {
	newer := [newer | some newer in _and_newer[kind]; _has(newer, name)]
	count(newer) > 0
	closing := {rule.unless | some rule in newer[0].rules}
} else := {"is": "networks"} if {
	regex.match(data.composelint.unknown_flags.networks, name)
	not data.composelint.proxies[kind].clients
} else := {"is": "meant", "meant": min(alike)} if {
	bare := _bare(name)
	alike := {other | some other in own; _bare_known[other] == bare; _may_mean(name, other, proxy)}
	count(alike) > 0
} else := {"is": "method", "method": method} if {
	method := _bare(name)
	operation := data.composelint.unknown_flags.methods[method]
	gate := effective_api.gates[proxy]
	some needed in effective_api.flag_sets_for(proxy, operation)
	gate in needed
} else := {"is": "elsewhere"} if {
	some other in data.composelint.proxies
	other.variables[name]
} else := {"is": "meant", "meant": min(alike)} if {
	shorter := _shorter(name)
	alike := {other | some other in own; count(_shorter_known[other] & shorter) > 0}
	count(alike) > 0
} else := {"is": "nothing"}

_has(proxy, name) if proxy.variables[name]

_has(proxy, name) if _matches(name, proxy.patterns)

# _and_newer are the rules of a kind, and of those that are what its image is today.
_and_newer := {kind: proxies |
	some kind in _kinds
	own := {data.composelint.proxies[kind]}
	proxies := own | {data.composelint.proxies[newer] | some newer in data.composelint.prepared.newer[kind]}
}

_bare_known := {name: _bare(name) | some name in union({names | some names in known})}

_shorter_known := {name: _shorter(name) | some name, _ in _bare_known}

# _bare is a name without what images and users put around it, with letters for the digits that look
# like them.
_bare(name) := trim_suffix(replace(bare, "_", ""), "S") if {
	lettered := replace(replace(upper(replace(name, "-", "_")), "0", "O"), "1", "I")
	bare := regex.replace(lettered, data.composelint.unknown_flags.prefixes, "")
}

# _may_mean is false of a name that would allow something, for a variable that is no switch.
_may_mean(name, _, _) if not regex.match(data.composelint.unknown_flags.allowing, name)

_may_mean(_, other, _) if contains(other, "ALLOW")

_may_mean(_, other, proxy) if {
	value := socket_proxies.facts[proxy].variables[other]
	regex.match(data.composelint.readings.flag, value)
}

# _shorter are a name and what is left of it without one of its letters: two names that share
# one of them are a slip apart. Short names share too much.
_shorter(name) := {name} | {shorter |
	count(name) > 4
	some i in numbers.range(0, count(name) - 1)
	shorter := concat("", [substring(name, 0, i), substring(name, i + 1, -1)])
}

# unknown_profiles are, by proxy, the profile that its image does not have, empty where it has
# none.
unknown_profiles := {name: profile |
	some name, profile in proxy_setup.profiles
	not profile in _profiles_of[socket_proxies.kinds[name]]
	not name in _named
	not name in proxy_setup.replaced
}

# profiles_of are, by proxy, the profiles that its image has, as a phrase.
profiles_of := {name: concat(", ", [$`"{profile}"` | some profile in profiles]) |
	some name, kind in socket_proxies.kinds
	profiles := _current_profiles[kind]
}

_profiles_of := {kind: profiles |
	some kind in _kinds
	profiles := object.keys(data.composelint.proxies[kind].profiles) - {""}
}

# meant_profiles are, by proxy with such a profile, the one of its image that is written nearly so.
meant_profiles := {name: min(alike) |
	some name, profile in unknown_profiles
	kind := socket_proxies.kinds[name]
	alike := {other | some other in _current_profiles[kind]; _letters(other) == _letters(profile)}
	count(alike) > 0
}

_letters(profile) := regex.replace(lower(profile), `[^a-z0-9]`, "")

_current_profiles := {kind: profiles |
	some kind, every_one in _profiles_of
	profiles := every_one - {former | some former in data.composelint.proxies[kind].former_profiles}
}

# idle are, by proxy, the flags that are on without any effect: no operation is let through
# because of them. Of several that only stand in for each other the first is none.
idle := proxy_setup.spread(_idle)

_idle := {proxy: names |
	some proxy, candidates in _candidates
	count(candidates) > 0
	names := {flag |
		some flag in candidates
		lost := [sets |
			some sets in _alternatives[proxy]
			count(_with(flag, sets, proxy_setup.flags[proxy].on)) > 0
			count(_within(sets, _kept(flag, proxy))) == 0
		]
		count(lost) == 0
	}
}

_candidates := {proxy: candidates |
	some proxy, alternatives in _alternatives
	set_flags := proxy_setup.flags[proxy]
	asked := union({needed | some sets in alternatives; some needed in sets})
	useful := union({_useful(sets, set_flags.on, set_flags.off) | some sets in alternatives})
	candidates := (asked & set_flags.on) - useful
}

# _kept are the flags that are on whatever becomes of the idle ones, seen from one of these.
_kept(flag, proxy) := steady | ({min(candidates)} - {flag}) if {
	candidates := _candidates[proxy]
	steady := proxy_setup.flags[proxy].on - candidates
}

_within(sets, on_flags) := {needed | some needed in sets; count(needed - on_flags) == 0}

_with(flag, sets, on_flags) := {needed | some needed in _within(sets, on_flags); flag in needed}

# _alternatives are, by first proxy, the different sets of flags that are enough for an operation.
_alternatives := {proxy: different |
	some proxy in proxy_setup.firsts
	different := {sets | some sets in effective_api.flag_sets[proxy]}
	count(different) > 0
}

# _useful are the flags without which an operation would not be let through, or which could
# still let it through once it is known what else is on.
_useful(sets, on_flags, off_flags) := intersection(enough) if {
	enough := _within(sets, on_flags)
	count(enough) > 0
} else := union({needed | some needed in sets; count(needed & off_flags) == 0})

# idle_beside are, by proxy and idle flag, flags that open without it what it would open: if
# possible such as are not idle themselves.
idle_beside := proxy_setup.spread({proxy: by_flag |
	some proxy, names in _idle
	by_flag := {flag: min(beside)[1] |
		some flag in names
		beside := {[idle_too, others] |
			some sets in _alternatives[proxy]
			count(_with(flag, sets, proxy_setup.flags[proxy].on)) > 0
			some others in _within(sets, _kept(flag, proxy))
			idle_too := count(others & names)
		}
		count(beside) > 0
	}
	count(by_flag) > 0
})

# idle_without are, by proxy and any other idle flag, the sets of flags that it would need
# besides and that are off, each of which would do.
idle_without := proxy_setup.spread({proxy: by_flag |
	some proxy, names in _idle
	off_flags := proxy_setup.flags[proxy].off
	by_flag := {flag: without |
		some flag in names
		not idle_beside[proxy][flag]
		without := {missing |
			some sets in _alternatives[proxy]
			some needed in sets
			flag in needed
			missing := needed & off_flags
		}
	}
	count(by_flag) > 0
})
