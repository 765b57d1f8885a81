# METADATA
# description: |
#   What a socket proxy really lets through: for each proxy of the project, every operation of
#   the Docker API with its verdict (allow, deny or unknown) and the flag that decides it.
#
#   A proxy's rules are data: data.composelint.proxies[kind], in the order in which the proxy
#   asks them. Which of them concern an operation depends on nothing but its method and its
#   path, so that operations that the same rules concern are one class, and a class is
#   decided once. The classes of the kinds that come with composelint are prepared
#   (data.composelint.prepared, held against group by a test); those of any other kind are
#   made here.
package composelint.docker_api

import data.composelint.lint
import data.composelint.patterns

# decisions are, by proxy and operation, the verdict, the flag that decides it, and those of
# the gates that it passed before.
decisions := object.union_n([_by_flags, patterns.decisions, _unknown])

# allowed are the operations that a proxy is known to let through.
allowed := {name: ids |
	some name, decided in decisions
	ids := {id | some id, decision in decided; decision.verdict == "allow"}
}

# possible are those that it lets through, or may: their verdict depends on something unknown.
possible := {name: ids |
	some name, decided in decisions
	ids := {id | some id, decision in decided; decision.verdict != "deny"}
}

# --- proxies that are steered by flags

# flags are the flags of a proxy that are on, and those that are off, by the image's defaults
# and the service's environment. What is in neither set is not known.
flags := object.union(_of_variables, _of_options)

_of_options := {service.name: {"on": on_flags, "off": off_flags} |
	some service in input.project.services
	proxy := data.composelint.proxies[lint.proxies[service.name]]
	proxy.language == "options"
	on_flags := {option.value | some option in service.options; option.name == proxy.flag_option}
	off_flags := {rule["if"] | some rule in proxy.rules} - on_flags
}

_of_variables := {service.name: {"on": on_flags, "off": off_flags} |
	some service in input.project.services
	proxy := data.composelint.proxies[lint.proxies[service.name]]
	proxy.language == "flags"
	stated := {variable.name | some variable in service.environment}
	left := {name: value | some name, value in proxy.variables; not name in stated; service.environment_incomplete == false}
	given := {variable.name: variable.value | some variable in service.environment}
	values := object.union(left, given)
	truth := data.composelint.truth[proxy.truth]
	gate := object.get(proxy, "gate", "")
	on_flags := {name | some name, value in values; regex.match(_truth(truth, name == gate), value)}
	off_flags := {name | some name, value in values; not name in on_flags}
}

_truth(truth, is_gate) := truth.gate if {
	is_gate == true
} else := truth.flag

# lacking are the variables of its kind that the older tag of a proxy does not have, by proxy.
lacking := {service.name: names |
	some service in input.project.services
	proxy := data.composelint.proxies[lint.proxies[service.name]]
	names := {name |
		some era in proxy.eras
		regex.match(era.tags, service.image.tag)
		some name in era.without
	}
}

# assumed are the proxies that are judged by the newest rules of their kind, since their tag
# does not say which they have.
assumed := {name | some name, _ in lint.proxies} - _dated

_dated contains service.name if {
	some service in input.project.services
	regex.match(data.composelint.proxies[lint.proxies[service.name]].current, service.image.tag)
}

_dated contains service.name if {
	some service in input.project.services
	some era in data.composelint.proxies[lint.proxies[service.name]].eras
	regex.match(era.tags, service.image.tag)
}

# replaced are the proxies whose rules somebody has replaced by a mounted configuration or a
# command of their own: nothing is known of them.
replaced contains service.name if {
	some service in input.project.services
	proxy := data.composelint.proxies[lint.proxies[service.name]]
	some mount in service.mounts
	some pattern in proxy.configured_by
	regex.match(pattern, mount.target)
}

replaced contains service.name if {
	some service in input.project.services
	proxy := data.composelint.proxies[lint.proxies[service.name]]
	names := {setting.name | some setting in array.concat(service.environment, service.options)}
	some name in array.concat(object.get(proxy, "configured_by_options", []), object.get(proxy, "configured_by_variables", []))
	name in names
}

replaced contains service.name if {
	some service in input.project.services
	data.composelint.proxies[lint.proxies[service.name]].language == "flags"
	count(service.entrypoint) + count(service.command) > 0
}

# _rule_sets name the rules that each proxy follows.
_rule_sets := {service.name: id |
	some service in input.project.services
	kind := lint.proxies[service.name]
	not service.name in replaced
	id := _rule_set(kind, data.composelint.proxies[kind], object.get(_profiles, service.name, ""))
}

_rule_set(kind, proxy, _) := kind if proxy.rules

_rule_set(kind, proxy, profile) := $"{kind}/{profile}" if proxy.profiles[profile]

_profiles := {service.name: variable.value |
	some service in input.project.services
	proxy := data.composelint.proxies[lint.proxies[service.name]]
	some variable in service.environment
	variable.name == proxy.profile_variable
}

_by_flags := {name: decided |
	some name, id in _rule_sets
	set_flags := object.get(flags, name, {"on": set(), "off": set()})
	without := object.get(lacking, name, set())
	decided := {operation: decision |
		some class in classes[id]
		steps := [step | some step in class.steps; not step[2] in without]
		decision := _decide(steps, set_flags.on, set_flags.off)
		some operation in class.operations
	}
}

# _decide takes the first step that applies. Before it there may be some of which that is not
# known: unless all of them come to the same verdict, it is unknown.
_decide(steps, on_flags, off_flags) := {"verdict": verdict, "flag": flag, "gates": gates} if {
	first := min({i | some i, step in steps; _applies(step[1], step[2], on_flags, off_flags)})
	perhaps := [step |
		some i, step in steps
		i < first
		not step[2] in on_flags
		not step[2] in off_flags
	]
	deciding := array.concat(perhaps, [steps[first]])
	verdict := _verdict({step[0] | some step in deciding})
	flag := _deciding_flag(deciding[0], steps)
	gates := [gate | some i, ["deny", "off", gate] in steps; i < first; gate in on_flags]
}

_applies("always", _, _, _)

_applies("on", flag, on_flags, _) if flag in on_flags

_applies("off", flag, _, off_flags) if flag in off_flags

_verdict(outcomes) := min(outcomes) if {
	count(outcomes) == 1
} else := "unknown"

# _deciding_flag is that of the deciding step. Where no rule let the operation through, it is
# the last that would have, if it were on.
_deciding_flag(step, _) := step[2] if step[1] != "always"

_deciding_flag(step, steps) := flag if {
	step[1] == "always"
	would := [flag | some [verdict, "on", flag] in steps; verdict != step[0]]
	flag := _last(would)
}

_last(flags_) := flags_[count(flags_) - 1] if {
	count(flags_) > 0
} else := ""

# --- classes of operations

# classes are those of each rule set that a proxy follows.
classes := object.union(_made, data.composelint.prepared)

_made := {id: group(rules) |
	some id in {id | some _, id in _rule_sets}
	not data.composelint.prepared[id]
	rules := rule_sets[id]
}

# rule_sets are all ordered rules that are known: those of a kind, and those of its profiles.
rule_sets := object.union(
	{kind: proxy.rules | some kind, proxy in data.composelint.proxies; proxy.rules},
	{$"{kind}/{profile}": rules | some kind, proxy in data.composelint.proxies; some profile, rules in proxy.profiles},
)

# group makes the classes of ordered rules. A step is a verdict, when it applies (always, or
# while a flag is on or off), and that flag.
group(rules) := [{"steps": steps, "operations": operations} |
	all := {operation.id: _steps(rules, operation) | some operation in data.composelint.docker_api.operations}
	some steps in {steps | some _, steps in all}
	operations := [id | some id, its in all; its == steps]
]

_steps(rules, operation) := array.slice(steps, 0, end + 1) if {
	concerned := [[rule.verdict, _when(rule), object.get(rule, "if", object.get(rule, "unless", ""))] |
		some rule in rules
		_concerns_method(rule, operation.method)
		_concerns_path(rule, operation.examples[0])
	]
	steps := array.concat(concerned, [["deny", "always", ""]])
	end := min({i | some i, step in steps; step[1] == "always"})
}

_when(rule) := "on" if {
	rule["if"]
} else := "off" if {
	rule.unless
} else := "always"

_concerns_method(rule, method) if method in rule.methods

_concerns_method(rule, method) if {
	not rule.methods
	not method in object.get(rule, "not_methods", [])
}

_concerns_path(rule, path) if regex.match(rule.path, path)

_concerns_path(rule, _) if not rule.path

# --- proxies of which nothing is known

_unknown := {name: decided |
	some name, _ in lint.proxies
	not _by_flags[name]
	not patterns.decisions[name]
	decided := {operation.id: {"verdict": "unknown", "flag": "", "gates": []} | some operation in data.composelint.docker_api.operations}
}

# --- what bodies may ask for

# filtered are, by proxy, what it refuses in the bodies of requests.
filtered := {service.name: tokens |
	some service in input.project.services
	filter := data.composelint.proxies[lint.proxies[service.name]].body_filter
	not service.name in replaced
	tokens := {token | _in_force(service.name, filter); some token in filter.covers}
}

_in_force(_, filter) if not filter.when

_in_force(name, filter) if _settings[name][filter.when.variable]

_in_force(name, filter) if _settings[name][filter.when.option]

# _settings are the names of the variables and options of each proxy.
_settings := {service.name: names |
	some service in input.project.services
	lint.proxies[service.name]
	names := {variable.name | some variable in service.environment} | {option.name | some option in service.options}
}

# gates are the flags that let other methods than GET and HEAD through, by proxy.
gates := {name: gate |
	some name, kind in lint.proxies
	gate := object.get(data.composelint.proxies[kind], "gate", "")
}

# flag_sets are, by proxy and operation, the sets of flags each of which is enough to let the
# operation through, if all others are off.
flag_sets := {name: by_operation |
	some name, id in _rule_sets
	flags[name]
	without := object.get(lacking, name, set())
	by_operation := {operation: sets |
		some class in classes[id]
		steps := [step | some step in class.steps; not step[2] in without]
		end := min({i | some i, [_, "always", _] in steps})
		sets := {needed |
			some i, ["allow", when, flag] in steps
			when != "off"
			i <= end
			needed := {flag | when == "on"} | {gate | some j, ["deny", "off", gate] in steps; j < i}
		}
		some operation in class.operations
	}
}

# --- places

# place is where a setting of a proxy stands: its variable or option, else the proxy itself.
place(proxy, setting) := _places[proxy][setting] if {
	_places[proxy][setting]
} else := lint.services[proxy].at

_places := {service.name: places |
	some service in input.project.services
	lint.proxies[service.name]
	settings := array.concat(service.environment, service.options)
	places := {name: min(ats) |
		some name in {setting.name | some setting in settings}
		ats := {setting.at | some setting in settings; setting.name == name}
	}
}
