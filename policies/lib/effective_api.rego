# METADATA
# description: |
#   What a socket proxy really lets through: for each proxy of the project, every operation of
#   the Docker API with its verdict (allow, deny or unknown) and the flag that decides it.
#
#   A proxy's rules are data: data.composelint.proxies[kind], in the order in which the proxy
#   asks them, grouped by rule_classes.rego. Where its users write expressions, patterns.rego
#   decides.
package composelint.effective_api

import data.composelint.operations
import data.composelint.patterns
import data.composelint.proxy_setup
import data.composelint.rule_classes
import data.composelint.services
import data.composelint.socket_proxies
import data.composelint.zone

# decision is the verdict of a proxy on an operation, the flag that decides it, and those of
# the gates that it passed before. What a proxy behind it stops does not pass.
#     effective_api.decision("proxy", "ContainerCreate")
decision(proxy, operation) := {"verdict": "deny", "flag": "", "gates": []} if {
	operation in stopped_behind[proxy]
} else := {"verdict": "unknown", "flag": "", "gates": []} if {
	operation in _doubtful_behind[proxy]
	operation in _of_verdict(proxy, "allow")
} else := _classes_decided[proxy][_classes_of[proxy].of[operation]] if {
	_classes_of[proxy]
} else := patterns.decisions[proxy][operation] if {
	patterns.decisions[proxy]
} else := {"verdict": "unknown", "flag": "", "gates": []}

# decisions are those on every operation, for reports.
decisions := proxy_setup.spread({name: decided |
	some name in proxy_setup.firsts
	decided := {operation.id: decision(name, operation.id) | some operation in operations.behind(name)}
})

# allowed are the operations that a proxy is known to let through.
allowed := proxy_setup.spread({name: ids |
	some name in proxy_setup.firsts
	ids := _of_verdict(name, "allow") - (object.get(stopped_behind, name, set()) | object.get(_doubtful_behind, name, set()))
})

# possible are those that it lets through, or may: their verdict depends on something unknown.
possible := proxy_setup.spread({name: ids |
	some name in proxy_setup.firsts
	ids := (_of_verdict(name, "allow") | _of_verdict(name, "unknown")) - object.get(stopped_behind, name, set())
})

# stopped_behind are, by proxy that takes the API from others alone, the operations that one of
# these denies. Of those in _doubtful_behind that is not known.
stopped_behind := {name: union({_of_verdict(server, "deny") | some server in servers}) | some name, servers in zone.behind}

_doubtful_behind := {name: union({_of_verdict(server, "unknown") | some server in servers}) | some name, servers in zone.behind}

_of_verdict(proxy, verdict) := ids if {
	_classes_of[proxy]
	classes := {i | some i, decided in _classes_decided[proxy]; decided.verdict == verdict}
	ids := {id | count(classes) > 0; some id, i in _classes_of[proxy].of; i in classes}
} else := {id | some id, decided in patterns.decisions[proxy]; decided.verdict == verdict} if {
	patterns.decisions[proxy]
} else := {operation.id | verdict == "unknown"; some operation in operations.behind(proxy)}

# _rule_sets name the rules that each proxy follows: those of its kind, or of a profile.
_rule_sets := object.union(
	{name: _rule_set(name, kind) |
		some name, kind in socket_proxies.kinds
		not name in proxy_setup.replaced
		data.composelint.proxies[kind].rules
	},
	{name: id |
		some name, profile in proxy_setup.profiles
		not name in proxy_setup.replaced
		kind := socket_proxies.kinds[name]
		data.composelint.proxies[kind].profiles[profile]
		id := $"{kind}/{profile}"
	},
)

_rule_set(name, kind) := $"{kind}@{era}" if era := socket_proxies.era_of[name]

_rule_set(name, kind) := kind if not socket_proxies.era_of[name]

_classes_of := {name: _of_rule_set[[id, name in operations.before_podman]] | some name, id in _rule_sets}

_of_rule_set := {[id, podman]: classes |
	some [id, podman] in {[id, name in operations.before_podman] | some name, id in _rule_sets}
	classes := rule_classes.of(id, podman)
}

_classes_decided := proxy_setup.spread({name: _decided_by(set_classes, set_flags) |
	some name in proxy_setup.firsts
	set_classes := _classes_of[name]
	set_flags := object.get(proxy_setup.flags, name, {"on": set(), "off": set()})
})

_decided_by(set_classes, set_flags) := [_decide(steps, applying, sure, doubtful, set_flags.on) | some steps in set_classes.classes] if {
	doubtful := {flag | some flag in set_classes.flags} - (set_flags.on | set_flags.off)
	always := {["always", flag] | some flag in array.concat(set_classes.flags, [""])}
	sure := always | _applying(set_flags.on, set_flags.off)
	applying := sure | _applying(doubtful, doubtful)
}

# _applying are the conditions of steps that hold while flags are on and off.
_applying(on_flags, off_flags) := {["on", flag] | some flag in on_flags} | {["off", flag] | some flag in off_flags}

# _decide takes the first step that applies, or may; the last always does.
_decide(steps, applying, sure, doubtful, on_flags) := _decided(steps, first, sure, doubtful, on_flags) if {
	first := min({i | some i, [_, when, flag] in steps; [when, flag] in applying})
}

# Where it only may, those after it count as well, up to the first that surely applies: unless
# all of them come to the same verdict, it is unknown.
_decided(steps, first, sure, doubtful, on_flags) := {"verdict": step[0], "flag": step[2], "gates": gates} if {
	step := steps[first]
	not step[2] in doubtful
	gates := [gate | some i, ["deny", "off", gate] in steps; i < first; gate in on_flags]
} else := {"verdict": verdict, "flag": steps[first][2], "gates": gates} if {
	last := min({i | some i, [_, when, flag] in steps; [when, flag] in sure})
	verdict := _common({steps[last][0]} | {step[0] | some step in array.slice(steps, first, last); step[2] in doubtful})
	gates := [gate | some i, ["deny", "off", gate] in steps; i < last; gate in on_flags]
}

_common(outcomes) := min(outcomes) if {
	count(outcomes) == 1
} else := "unknown"

# gates are the flags that let other methods than GET and HEAD through, by proxy.
gates := {name: gate |
	some name, facts in socket_proxies.facts
	gate := object.get(facts, "gate", "")
}

# steering are, by proxy that flags steer and flag, the operations that it lets through while the flag is
# on and not while it is off (opens), and the other way round (closes), with all others as they are.
steering := proxy_setup.spread({name: by_flag |
	some name in proxy_setup.firsts
	set_classes := _classes_of[name]
	set_flags := proxy_setup.flags[name]
	stopped := object.get(stopped_behind, name, set())
	by_flag := {flag: {"opens": opens - stopped, "closes": closes - stopped} |
		some flag in set_classes.flags
		with_it := _decided_by(set_classes, {"on": (set_flags.on | {flag}), "off": set_flags.off - {flag}})
		without := _decided_by(set_classes, {"on": set_flags.on - {flag}, "off": (set_flags.off | {flag})})
		opens := {id | some id, i in set_classes.of; _passes_only(with_it[i], without[i])}
		closes := {id | some id, i in set_classes.of; _passes_only(without[i], with_it[i])}
	}
})

_passes_only(one, other) if {
	one.verdict != "deny"
	other.verdict == "deny"
}

# flag_sets are, by proxy and class of operations, the sets of flags each of which is enough to
# let them through, if all others are off.
flag_sets := proxy_setup.spread({name: sets |
	some name in proxy_setup.firsts
	set_classes := _classes_of[name]
	proxy_setup.flags[name]
	sets := [rule_classes.flag_sets(steps) | some steps in set_classes.classes]
})

# flag_sets_for are those for one operation.
#     effective_api.flag_sets_for("proxy", "ContainerCreate")
flag_sets_for(proxy, operation) := flag_sets[proxy][_classes_of[proxy].of[operation]]

# place is where a setting of a proxy stands: its variable or option, or the label of a client
# by which it says what it may; where no setting decides, its profile, else the proxy itself.
#     effective_api.place("proxy", "CONTAINERS")
place(proxy, setting) := min(ats) if {
	ats := {at | some [name, at] in _stated[proxy]; name == setting}
	count(ats) > 0
} else := min(ats) if {
	setting == ""
	variable := socket_proxies.facts[proxy].profile_variable
	ats := {at | some [name, at] in _stated[proxy]; name == variable}
	count(ats) > 0
} else := services.by_name[proxy].at

# places are, by proxy, where the settings stand that decide on an operation.
places := {name: deciding |
	some name, settings in _stated
	flags := {decision.flag | some decision in decisions[name]}
	deciding := [{"flag": setting, "at": at} | some [setting, at] in settings; setting in flags]
}

_stated := {name: settings |
	some name, _ in socket_proxies.kinds
	service := services.by_name[name]
	of_service := {[setting.name, setting.at] | some setting in array.concat(service.environment, service.options)}
	of_clients := {[setting.name, setting.at] | some by_method in patterns.expressions[name]; some setting in by_method}
	settings := of_service | of_clients
}
