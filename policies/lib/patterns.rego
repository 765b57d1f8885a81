# METADATA
# description: |
#   Proxies whose users write the expressions of what may pass: wollomatic (a list for each
#   method, language "methods") and CetusGuard (lines of methods and an expression, language
#   "rules"). An operation passes when one of its paths does, with a version in front or
#   without.
package composelint.patterns

import data.composelint.operations
import data.composelint.services
import data.composelint.socket_proxies

# decisions are, by proxy and operation, the verdict and the name of the setting that decides.
decisions := {name: decided |
	some name, _ in _languages
	lists := _lists[name]
	more := object.get(_unread, name, set())
	decided := {operation.id: decision |
		some operation in operations.behind(name)
		list := object.get(lists, operation.method, _nothing)
		decision := _decide(list, list.unknown | more, operation.id, _spellings[name])
	}
}

# denies is true of an operation that a proxy is known to deny where it is asked for with one of these
# versions in front of its path: empty is none.
#     [true | patterns.denies("proxy", "ContainerList", {"/v1.47"})]
denies(proxy, operation, versions) if {
	list := object.get(_lists[proxy], operations.methods[operation], _nothing)
	count(list.unknown | object.get(_unread, proxy, set())) == 0
	not passes(proxy, operation, versions)
}

# passes is true of one that it is known to let through so.
#     [true | patterns.passes("proxy", "ContainerList", {"/v1.47"})]
passes(proxy, operation, versions) if {
	list := _lists[proxy][operations.methods[operation]]
	list.expression != ""
	some target in _targets(operation, {"versions": versions, "queries": _spellings[proxy].queries})
	regex.match(list.expression, target)
}

# partly are, by proxy, the operations that it lets through for some of its clients, or by some ids, names
# or versions alone: whoever asks in another way finds them denied.
partly := {name: ids |
	some name, by_operation in decisions
	ids := {id | some id, decided in by_operation; decided.verdict == "allow"; not _by_any_id(name, id)}
}

_by_any_id(name, id) if {
	not _by_label[name]
	some version in {"", "/v1.47"}
	regex.match(_lists[name][operations.methods[id]].expression, concat("", [version, operations.path_of_nothing[id]]))
}

# versions are, by proxy, the versions of the API that a path is asked with, none among them: one of
# today, and those that the expressions name.
versions := {name: spelling.versions | some name, spelling in _spellings}

# expressions are, by proxy and method, what is put between ^ and $ of each list, with the
# settings that say it.
expressions := {name: by_method |
	some name, stated in _stated
	by_method := {method: settings |
		some method in {setting.method | some setting in stated}
		settings := {setting | some setting in stated; setting.method == method}
	}
}

# opened are the operations that a single expression of a method lets through.
#     count(patterns.opened("proxy", "GET", ".*"))
opened(proxy, method, expression) := {operation.id |
	some operation in operations.behind(proxy)
	operation.method == method
	some target in _targets(operation.id, _spellings[proxy])
	regex.match(expression, target)
}

# _languages are the languages of the proxies whose users write expressions.
_languages := {name: facts.language | some name, facts in socket_proxies.facts; facts.language in {"methods", "rules"}}

# _spellings are, by proxy, what requests have before their path, and after it where the expressions
# see that.
_spellings := {name: {"versions": ({"", "/v1.47"} | named), "queries": queries} |
	some name, _ in _languages
	queries := object.get(socket_proxies.facts[name], ["rules_language", "probe_queries"], [""])
	named := {$"/v1.{minor}" |
		some setting in object.get(_stated, name, set())
		setting.expression != null
		some [_, minor] in regex.find_all_string_submatch_n(`v1\\?\.([0-9]{2})\b`, setting.expression, 100)
	}
}

_nothing := {"expression": "", "settings": [], "unknown": set()}

_decide(list, unknown, operation, spelling) := {"verdict": "allow", "flag": min(names), "gates": []} if {
	list.expression != ""
	matched := {target | some target in _targets(operation, spelling); regex.match(list.expression, target)}
	count(matched) > 0
	names := {setting.name | some setting in list.settings; some target in matched; regex.match(setting.expression, target)}
} else := {"verdict": "unknown", "flag": min(unknown), "gates": []} if {
	count(unknown) > 0
} else := {"verdict": "deny", "flag": "", "gates": []}

_targets(operation, spelling) := {concat("", [version, path, query]) |
	some version in spelling.versions
	some path in operations.paths[operation]
	some query in spelling.queries
}

# _lists join the known expressions of a method into one.
_lists := {name: by_method |
	some name, stated in _stated
	by_method := {method: list |
		some method in {setting.method | some setting in stated}
		known := [setting | some setting in stated; setting.method == method; setting.expression != null]
		list := {
			"expression": concat("|", [$"(?:{setting.expression})" | some setting in known]),
			"settings": known,
			"unknown": {setting.name | some setting in stated; setting.method == method; setting.expression == null},
		}
	}
}

# _stated are, by proxy, the expressions with their methods and the place that says them, as
# they are written and as they are asked. Null is one that depends on a variable which nobody
# set.
_stated := {name: stated |
	some name, _ in _languages
	stated := (object.get(_by_option, name, set()) | object.get(_by_variable, name, set())) | object.get(_by_label, name, set())
}

# --- wollomatic: one setting is one expression

_by_option[service.name] contains {"method": method, "name": option.name, "at": option.at, "written": _values[option.at], "expression": expression} if {
	some service in socket_proxies.services
	methods := socket_proxies.facts[service.name].methods
	some option in service.options
	some method in methods.names
	option.name == concat("", [methods.option_prefix, method])
	not _overruled(service.options, option, methods)
	expression := _anchored(methods, _values[option.at])
}

# _overruled is true of an option that a later one of the same name takes the place of.
_overruled(options, option, methods) if {
	methods.last_wins == true
	places := [other.at | some other in options; other.name == option.name]
	option.at != places[count(places) - 1]
}

_by_variable[service.name] contains {"method": method, "name": variable.name, "at": variable.at, "written": _values[variable.at], "expression": expression} if {
	some service in socket_proxies.services
	methods := socket_proxies.facts[service.name].methods
	some variable in service.environment
	some method in methods.names
	start := concat("", [methods.variable_prefix, method])
	startswith(variable.name, start)
	regex.match(methods.variable_suffix, substring(variable.name, count(start), -1))
	not concat("", [methods.option_prefix, method]) in _options[service.name]
	expression := _anchored(methods, _values[variable.at])
}

# Labels are for the container that has them; what any client may do, the proxy lets through.
_by_label[proxy] contains {"method": method, "name": label.name, "at": label.at, "written": _values[label.at], "expression": expression} if {
	some proxy, facts in socket_proxies.facts
	methods := facts.methods
	labels := facts.labels
	count({labels.option, labels.variable} & (_options[proxy] | _variables[proxy])) > 0
	some service in input.project.services
	some label in service.labels
	some method in methods.names
	start := lower(concat("", [_label_prefix(proxy, labels), method]))
	startswith(lower(label.name), start)
	regex.match(labels.suffix, substring(label.name, count(start), -1))
	expression := _anchored(methods, _values[label.at])
}

# _label_prefix is what stands before a method, of which users may name the first part themselves.
_label_prefix(proxy, labels) := concat("", [stems[0], substring(labels.prefix, indexof(labels.prefix, "."), -1)]) if {
	service := services.by_name[proxy]
	stems := [setting.value |
		some [name, settings] in [[labels.prefix_option, service.options], [labels.prefix_variable, service.environment]]
		some setting in settings
		setting.name == name
	]
	count(stems) > 0
} else := labels.prefix

_anchored(_, null) := null

_anchored(language, value) := concat("", [language.prefix, value, language.suffix]) if value != null

# --- CetusGuard: a setting is lines of methods and an expression

_by_option[service.name] contains setting if {
	some service in socket_proxies.services
	language := socket_proxies.facts[service.name].rules_language
	some option in service.options
	option.name == language.option
	some setting in _rules(language, option.name, option.at, _values[option.at])
}

_by_variable[service.name] contains setting if {
	some service in socket_proxies.services
	language := socket_proxies.facts[service.name].rules_language
	not language.option in _options[service.name]
	some variable in service.environment
	variable.name == language.variable
	some setting in _rules(language, variable.name, variable.at, _values[variable.at])
}

# The rules that are in force without any being stated.
_by_variable[name] contains {"method": method, "name": "built-in rules", "at": services.by_name[name].at, "written": rule.path, "expression": rule.path} if {
	some name, proxy in socket_proxies.facts
	proxy.rules_language
	not name in _without_defaults
	some rule in proxy.default_rules
	some method in rule.methods
}

_without_defaults contains service.name if {
	some service in socket_proxies.services
	no_defaults := socket_proxies.facts[service.name].no_default_rules
	some setting in array.concat(service.environment, service.options)
	setting.name in array.concat(no_defaults.variables, no_defaults.options)
	regex.match(no_defaults["true"], _value(setting.name, setting.value, no_defaults.options))
}

# An option without a value is true.
_value(name, "", options) := "true" if {
	name in options
} else := ""

_value(_, value, _) := value if value != ""

_rules(_, name, at, null) := {{"method": method, "name": name, "at": at, "written": null, "expression": null} |
	some method in ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
}

_rules(language, name, at, value) := rules if {
	value != null
	rules := {{"method": method, "name": name, "at": at, "line": trim_space(line), "written": written, "expression": expression} |
		some line in regex.split(language.separator, value)
		not regex.match(language.comment, line)
		some [_, methods, written] in regex.find_all_string_submatch_n(language.line, line, 1)
		expression := _anchored(language, strings.replace_n(_placeholders(language.expansions), written))
		some method in split(methods, language.method_separator)
	}
}

_placeholders(expansions) := {$"%{name}%": expression | some name, expression in expansions; expression != null}

# _unread are the settings of a proxy that name a file of rules.
_unread := {service.name: names |
	some service in socket_proxies.services
	language := socket_proxies.facts[service.name].rules_language
	names := {name | some name in [language.file_option, language.file_variable]; name in (_options[service.name] | _variables[service.name])}
}

# --- the settings of proxies and their clients

_options := {service.name: names |
	some service in input.project.services
	names := {option.name | some option in service.options}
}

_variables := {service.name: names |
	some service in input.project.services
	names := {variable.name | some variable in service.environment}
}

# _values are those of settings by their at, null where it is not known.
_values := object.union(
	{at: null | some at in _settings},
	{setting.at: setting.value |
		some service in input.project.services
		some setting in array.flatten([service.environment, service.options, service.labels])
	},
)

_settings contains setting.at if {
	some service in input.project.services
	some setting in array.flatten([service.environment, service.options, service.labels])
}
