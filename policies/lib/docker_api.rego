# METADATA
# description: |
#   What a socket proxy really lets through: for each proxy of the project, every operation of
#   the Docker API with its verdict (allow, deny or unknown) and the flag that decides it.
#
#   A proxy's rules are data: data.composelint.proxies[kind], in the order in which the proxy
#   asks them. Which of them concern an operation depends on nothing but its method and its
#   path, so that operations that the same rules concern are one class, and a class is
#   decided once. The classes of the kinds that come with composelint are prepared
#   (tables.rego); those of any other kind are made here.
package composelint.docker_api

import data.composelint.patterns
import data.composelint.services
import data.composelint.socket_proxies
import data.composelint.zone

# decision is the verdict of a proxy on an operation, the flag that decides it, and those of
# the gates that it passed before. What a proxy behind it stops does not pass.
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
decisions := {name: decided |
	some name, _ in socket_proxies.kinds
	decided := {operation.id: decision(name, operation.id) | some operation in data.composelint.docker_api.operations}
}

# allowed are the operations that a proxy is known to let through.
allowed := {name: ids |
	some name, _ in socket_proxies.kinds
	ids := _of_verdict(name, "allow") - (object.get(stopped_behind, name, set()) | object.get(_doubtful_behind, name, set()))
}

# possible are those that it lets through, or may: their verdict depends on something unknown.
possible := {name: ids |
	some name, _ in socket_proxies.kinds
	ids := (_of_verdict(name, "allow") | _of_verdict(name, "unknown")) - object.get(stopped_behind, name, set())
}

# stopped_behind are, by proxy that takes the API from others alone, the operations that one of
# these denies. Of those in _doubtful_behind that is not known.
stopped_behind := {name: union({_of_verdict(server, "deny") | some server in servers}) | some name, servers in _behind}

_doubtful_behind := {name: union({_of_verdict(server, "unknown") | some server in servers}) | some name, servers in _behind}

# _behind are, by proxy that holds no socket, the one that it asks, the one that this asks, and
# so on.
_behind := {name: servers |
	some name, _ in _next
	servers := graph.reachable(_next, {name}) - {name}
	count(servers) > 0
}

# _next is, by proxy, the one that it asks alone.
_next := {name: _asked(name) | some name, _ in socket_proxies.kinds}

_asked(name) := {server | some server in socket_proxies.upstreams[name]; socket_proxies.kinds[server]} if {
	not name in zone.holders
	count(socket_proxies.upstreams[name]) == 1
} else := set()

_of_verdict(proxy, verdict) := ids if {
	_classes_of[proxy]
	classes := {i | some i, decided in _classes_decided[proxy]; decided.verdict == verdict}
	ids := {id | count(classes) > 0; some id, i in _classes_of[proxy].of; i in classes}
} else := {id | some id, decided in patterns.decisions[proxy]; decided.verdict == verdict} if {
	patterns.decisions[proxy]
} else := {operation.id | verdict == "unknown"; some operation in data.composelint.docker_api.operations}

# --- proxies that are steered by flags

# flags are the flags of a proxy that are on, and those that are off, by the image's defaults
# and the service's environment. What is in neither set is not known.
flags := object.union(_of_variables, _of_options)

_of_options := {name: {"on": on_flags, "off": off_flags} |
	some name, kind in socket_proxies.kinds
	proxy := data.composelint.proxies[kind]
	proxy.language == "options"
	service := services.by_name[name]
	on_flags := {option.value | some option in service.options; option.name == proxy.flag_option}
	off_flags := {rule["if"] | some rule in proxy.rules} - on_flags
}

_of_variables := {name: {"on": on_flags, "off": off_flags} |
	some name, kind in socket_proxies.kinds
	proxy := data.composelint.proxies[kind]
	proxy.language == "flags"
	truth := data.composelint.truth[proxy.truth]
	service := services.by_name[name]
	given := {variable.name: variable.value | some variable in service.environment}
	unknown := {variable.name | some variable in service.environment} - object.keys(given)
	values := object.union(_left(proxy.variables, unknown, service.environment_incomplete), given)
	gate := object.get(proxy, "gate", "")
	on_gate := {gate | regex.match(truth.gate, values[gate])}
	on_flags := on_gate | {flag | some flag, value in values; flag != gate; regex.match(truth.flag, value)}
	off_flags := object.keys(values) - on_flags
}

# _left are the image's own values, as far as they can be in force.
_left(_, _, true) := {}

_left(variables, unknown, false) := object.remove(variables, unknown)

# lacking are the variables of its kind that the older tag of a proxy does not have, by proxy.
lacking := {name: variables |
	some name, kind in socket_proxies.kinds
	service := services.by_name[name]
	variables := {variable |
		some era in data.composelint.proxies[kind].eras
		regex.match(era.tags, service.image.tag)
		some variable in era.without
	}
}

# assumed are the proxies that are judged by the newest rules of their kind, since their tag
# does not say which they have.
assumed := {name | some name, _ in socket_proxies.kinds} - _dated

_dated contains name if {
	some name, kind in socket_proxies.kinds
	service := services.by_name[name]
	regex.match(data.composelint.proxies[kind].current, service.image.tag)
}

_dated contains name if {
	some name, kind in socket_proxies.kinds
	some era in data.composelint.proxies[kind].eras
	service := services.by_name[name]
	regex.match(era.tags, service.image.tag)
}

# replaced are the proxies whose rules somebody has replaced by a mounted configuration or a
# command of their own: nothing is known of them.
replaced contains name if {
	some name, kind in socket_proxies.kinds
	some pattern in data.composelint.proxies[kind].configured_by
	service := services.by_name[name]
	some mount in service.mounts
	regex.match(pattern, mount.target)
}

replaced contains name if {
	some name, kind in socket_proxies.kinds
	proxy := data.composelint.proxies[kind]
	some setting in array.concat(object.get(proxy, "configured_by_options", []), object.get(proxy, "configured_by_variables", []))
	setting in _settings[name]
}

replaced contains name if {
	some name, kind in socket_proxies.kinds
	data.composelint.proxies[kind].language == "flags"
	service := services.by_name[name]
	count(service.entrypoint) + count(service.command) > 0
}

# _rule_sets name the rules that each proxy follows: those of its kind, or of a profile.
_rule_sets := object.union(
	{name: kind |
		some name, kind in socket_proxies.kinds
		not name in replaced
		data.composelint.proxies[kind].rules
	},
	{name: id |
		some name, profile in profiles
		not name in replaced
		kind := socket_proxies.kinds[name]
		data.composelint.proxies[kind].profiles[profile]
		id := $"{kind}/{profile}"
	},
)

# profiles are those that proxies have by the values of their variables, empty where a proxy has
# none: it may be none of those that its image has.
profiles := object.union(
	{name: data.composelint.proxies[kind].variables[variable] |
		some name, kind in socket_proxies.kinds
		variable := data.composelint.proxies[kind].profile_variable
		not variable in _settings[name]
		services.by_name[name].environment_incomplete == false
	},
	{name: value |
		some name, kind in socket_proxies.kinds
		some [variable, value] in _values[name]
		variable == data.composelint.proxies[kind].profile_variable
	},
)

_classes_of := {name: _of_rule_set[id] | some name, id in _rule_sets}

_classes_decided := {name: decided |
	some name, set_classes in _classes_of
	set_flags := object.get(flags, name, {"on": set(), "off": set()})
	doubtful := {flag | some flag in set_classes.flags} - (set_flags.on | set_flags.off)
	always := {["always", flag] | some flag in array.concat(set_classes.flags, [""])}
	sure := always | _applying(set_flags.on, set_flags.off)
	applying := sure | _applying(doubtful, doubtful)
	decided := [_decide(steps, applying, sure, doubtful, set_flags.on) | some steps in _present(set_classes.classes, lacking[name])]
}

# _applying are the conditions of steps that hold while flags are on and off.
_applying(on_flags, off_flags) := {["on", flag] | some flag in on_flags} | {["off", flag] | some flag in off_flags}

# _present are classes without the steps of flags that an older tag lacks.
_present(classes, lacked) := classes if count(lacked) == 0

_present(classes, lacked) := [_closed([step | some step in steps; not step[2] in lacked]) | some steps in classes] if count(lacked) > 0

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

# --- classes of operations

_of_rule_set := {id: classes |
	some id in {id | some _, id in _rule_sets}
	classes := _prepared_or_made(id)
}

_prepared_or_made(id) := data.composelint.prepared.rule_sets[id]

_prepared_or_made(id) := group(rule_sets[id]) if not data.composelint.prepared.rule_sets[id]

# rule_sets are all ordered rules that are known: those of a kind, and those of its profiles.
rule_sets := object.union(
	{kind: proxy.rules | some kind, proxy in data.composelint.proxies; proxy.rules},
	{$"{kind}/{profile}": rules | some kind, proxy in data.composelint.proxies; some profile, rules in proxy.profiles},
)

# group makes the classes of ordered rules, and says of which one each operation is. A class
# is its steps: a verdict, when it applies (always, or while a flag is on or off), and that
# flag. The last step always applies; its flag is the last that would have said otherwise. The
# flags are all that steps name.
group(rules) := {"classes": grouped, "of": of, "flags": named} if {
	all := {operation.id: _steps(rules, operation) | some operation in data.composelint.docker_api.operations}
	grouped := [steps | some steps in {steps | some _, steps in all}]
	of := {id: i | some id, its in all; some i, steps in grouped; steps == its}
	named := [flag | some flag in {flag | some steps in grouped; some [_, _, flag] in steps}; flag != ""]
}

_steps(rules, operation) := _closed(array.slice(steps, 0, end + 1)) if {
	concerned := [[rule.verdict, _when(rule), object.get(rule, "if", object.get(rule, "unless", ""))] |
		some rule in rules
		_concerns_method(rule, operation.method)
		_concerns_path(rule, operation.examples[0])
	]
	steps := array.concat(concerned, [["deny", "always", ""]])
	end := min({i | some i, step in steps; step[1] == "always"})
}

_closed(steps) := array.concat(array.slice(steps, 0, count(steps) - 1), [[last[0], last[1], flag]]) if {
	last := steps[count(steps) - 1]
	flag := _last([flag | some [verdict, "on", flag] in steps; verdict != last[0]])
}

_last(flags_) := flags_[count(flags_) - 1] if {
	count(flags_) > 0
} else := ""

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

# --- what bodies may ask for

# filtered are, by proxy, what it refuses in bodies: what its filter covers while it is in force
# and nothing opens it again.
filtered := {name: filter.surely | some name, filter in _filters}

# perhaps_filtered are what it may refuse as well: that depends on a value that is not known.
perhaps_filtered := {name: filter.perhaps | some name, filter in _filters}

_filters := {name: {"surely": surely, "perhaps": perhaps} |
	some name, kind in socket_proxies.kinds
	filter := data.composelint.proxies[kind].body_filter
	not name in replaced
	in_force := _in_force(name, filter)
	opened := [[_says(name, opener, object.get(opener, "value", "")), opener.covers] | some opener in object.get(filter, "opened_by", [])]
	closed := {token | some token in filter.covers} - {token | some ["yes", covers] in opened; some token in covers}
	doubtful := {token | some ["unknown", covers] in opened; some token in covers}
	surely := {token | in_force == "yes"; some token in (closed - doubtful)}
	perhaps := {token | in_force != "no"; some token in (closed - surely)}
}

_in_force(_, filter) := "yes" if not filter.when

_in_force(name, filter) := _unless_void(name, filter, _says(name, filter.when, ""))

_unless_void(name, filter, "yes") := _opposite[_is_void(name, filter)]

_unless_void(_, _, stated) := stated if stated != "yes"

_is_void(name, filter) := _says(name, filter.when, filter.void_values) if {
	filter.void_values
} else := "no"

_opposite := {"yes": "no", "no": "yes", "unknown": "unknown"}

# _says is whether a setting (its variable, its option) has a value that matches.
_says(name, setting, pattern) := "yes" if {
	some [stated, value] in _values[name]
	stated in _names(setting)
	regex.match(pattern, value)
} else := "unknown" if {
	count(_names(setting) & _valueless[name]) > 0
} else := "unknown" if {
	setting.variable
	not setting.variable in _settings[name]
	services.by_name[name].environment_incomplete == true
} else := "no"

_names(setting) := {setting[key] | some key in ["variable", "option"]}

_values := {name: values |
	some name, _ in socket_proxies.kinds
	service := services.by_name[name]
	values := {[setting.name, setting.value] | some setting in array.concat(service.environment, service.options)}
}

_valueless := {name: unknown |
	some name, names in _settings
	unknown := names - {known | some [known, _] in _values[name]}
}

# _settings are the names of the variables and options of each proxy.
_settings := {name: names |
	some name, _ in socket_proxies.kinds
	service := services.by_name[name]
	names := {setting.name | some setting in array.concat(service.environment, service.options)}
}

# gates are the flags that let other methods than GET and HEAD through, by proxy.
gates := {name: gate |
	some name, kind in socket_proxies.kinds
	gate := object.get(data.composelint.proxies[kind], "gate", "")
}

# flag_sets are, by proxy and class of operations, the sets of flags each of which is enough to
# let them through, if all others are off.
flag_sets := {name: sets |
	some name, set_classes in _classes_of
	flags[name]
	sets := [_flag_sets(steps) | some steps in _present(set_classes.classes, lacking[name])]
}

# flag_sets_for are those for one operation.
flag_sets_for(proxy, operation) := flag_sets[proxy][_classes_of[proxy].of[operation]]

_flag_sets(steps) := {needed |
	some i, ["allow", when, flag] in steps
	when != "off"
	needed := {flag | when == "on"} | {gate | some ["deny", "off", gate] in array.slice(steps, 0, i)}
}

# --- places

# place is where a setting of a proxy stands: its variable or option, or the label of a client
# by which it says what it may; where no setting decides, its profile, else the proxy itself.
place(proxy, setting) := min(ats) if {
	ats := {at | some [name, at] in _stated[proxy]; name == setting}
	count(ats) > 0
} else := min(ats) if {
	setting == ""
	variable := data.composelint.proxies[socket_proxies.kinds[proxy]].profile_variable
	ats := {at | some [name, at] in _stated[proxy]; name == variable}
	count(ats) > 0
} else := services.by_name[proxy].at

_stated := {name: settings |
	some name, _ in socket_proxies.kinds
	service := services.by_name[name]
	of_service := {[setting.name, setting.at] | some setting in array.concat(service.environment, service.options)}
	of_clients := {[setting.name, setting.at] | some by_method in patterns.expressions[name]; some setting in by_method}
	settings := of_service | of_clients
}
