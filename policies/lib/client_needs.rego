# METADATA
# description: |
#   What the clients of socket proxies need of the Docker API, by what the configuration says,
#   else by their image and the features that their settings switch on.
package composelint.client_needs

import data.composelint.images
import data.composelint.shims

# known are, by service, the consumer that its image is.
known := {service: id |
	some service, image in images.names
	id := data.composelint.prepared.consumers_of[image]
}

# _consumers are the consumers that say what a service needs, by service: those that the
# configuration names, else the one that it is.
_consumers := object.union(
	{service: {id} | some service, id in known},
	{role.service: ids |
		some role in input.config.roles.clients
		ids := {need | some need in role.needs; data.composelint.consumers[need]}
	},
)

# needs are, by service, the operations that it cannot do without.
needs := object.union_n([
	{service: operations |
		some service, id in known
		operations := _needs_of(service, id) - object.get(_not_yet, service, set())
	},
	_declared,
	{name: set() | some name, _ in shims.made}, # which ask for nothing themselves
])

# _not_yet is what an older release of a consumer does not ask for.
_not_yet := {service: operations |
	some service, release in older
	operations := {operation | some operation in release.lacks}
}

# older are, by service with an older release of a consumer, what is known of that release.
older := {service.name: release |
	some service in input.project.services
	release := data.composelint.consumers[known[service.name]].older
	regex.match(release.tags, service.image.tag)
}

# libraries are, by service, those by which they ask.
libraries := {service: data.composelint.client_libraries[name] |
	some service, id in known
	name := object.get(older, [service, "library"], data.composelint.consumers[id].library)
}

# spellings are the versions of the API that a client may put in front of the path of an operation, of
# those that there are: all of them, where its library is not known.
#     client_needs.spellings("app", "ContainerList", {"", "/v1.47"})
spellings(service, operation, versions) := _spelt(libraries[service], operation, versions)

spellings(service, _, versions) := versions if not libraries[service]

_spelt(library, operation, versions) := {""} if {
	operation in library.bare_operations
} else := {""} if {
	library.paths == "bare"
} else := {library.version} if {
	library.version
} else := versions - {""}

# wishes are those that it may use besides: of a feature that the project does not show.
wishes := {service: operations |
	some service, id in known
	not _declared[service]
	consumer := data.composelint.consumers[id]
	operations := ({operation | some operation in object.get(consumer, "may_need", [])} | {operation |
		some mode in _modes[service][id]
		some operation in object.get(consumer.modes[mode], "may_need", [])
	}) | {operation |
		some mode in object.get(consumer, "modes", {})
		_perhaps(service, mode.recognised_by)
		some operation in mode.needs
	}
}

_needs_of(service, id) := operations if {
	consumer := data.composelint.consumers[id]
	modes := _modes[service][id]
	replaced := {mode | some mode in modes; consumer.modes[mode].replaces == true}
	base := {operation | count(replaced) == 0; some operation in consumer.needs}
	operations := base | {operation | some mode in modes; some operation in consumer.modes[mode].needs}
}

# _declared is what the configuration says, where a consumer's name stands for its needs.
_declared := {role.service: operations |
	some role in input.config.roles.clients
	operations := {operation |
		some need in role.needs
		some operation in _operations(role.service, need)
	}
}

_operations(service, need) := _needs_of(service, need) if {
	need in _consumers[service]
} else := {need}

# _modes are the features of consumers that are on, by service and consumer.
_modes := {service: by_consumer |
	some service, ids in _consumers
	by_consumer := {id: modes |
		some id in ids
		modes := {name |
			some name, mode in data.composelint.consumers[id].modes
			_on(service, mode.recognised_by)
		}
	}
}

_on(service, signs) if {
	_shown(service, signs)
	not _excluded(service, signs)
}

_on(service, signs) if {
	signs.unless
	not _shown(service, signs.unless)
	not _unknown(service, signs.unless)
}

_excluded(service, signs) if _shown(service, signs.without)

# _perhaps is true of a feature that the project does not show, or of which it is not known
# whether it is on.
_perhaps(_, signs) if _never_shown(signs)

# Labels may be those of containers of other projects.
_perhaps(service, signs) if {
	count(array.concat(object.get(signs, "labels", []), object.get(signs, "label_patterns", []))) > 0
	not _shown(service, signs)
}

_perhaps(service, signs) if _unknown(service, signs)

_perhaps(service, signs) if _unknown(service, signs.unless)

_unknown(service, signs) if {
	some name in _valueless[service]
	name in array.concat(signs.options, signs.variables)
}

_shown(service, signs) if {
	some [name, value] in _options[service]
	some sign in signs.options
	_at_or_below(name, sign, value)
	regex.match(object.get(signs, "value", ""), value)
}

_shown(service, signs) if {
	some [name, value] in _variables[service]
	_is_variable(name, signs, value)
	regex.match(object.get(signs, "value", ""), value)
}

_shown(_, signs) if {
	some name in signs.labels
	name in _labels
}

_shown(_, signs) if {
	some pattern in signs.label_patterns
	some name in _labels
	regex.match(pattern, name)
}

# A setting below a feature switches it on, whatever it says; the feature itself may be off.
_at_or_below(name, sign, value) if {
	name == sign
	not _says_no(value)
}

_at_or_below(name, sign, _) if startswith(name, concat("", [sign, "."]))

_is_variable(name, signs, value) if {
	name in signs.variables
	not _says_no(value)
}

_is_variable(name, signs, _) if {
	some pattern in signs.variable_patterns
	regex.match(pattern, name)
}

_says_no(value) if lower(value) in {"false", "f", "0"}

_never_shown(signs) if {
	signs.options == []
	signs.variables == []
	not signs.unless
	not signs.variable_patterns
	not signs.labels
	not signs.label_patterns
}

# An option may be there twice, with two values.
_options := {service.name: options |
	some service in input.project.services
	_consumers[service.name]
	options := {[lower(option.name), option.value] | some option in service.options}
}

_variables := {service.name: variables |
	some service in input.project.services
	_consumers[service.name]
	variables := {[variable.name, variable.value] | some variable in service.environment}
}

# _valueless are the options and variables whose value depends on something unknown.
_valueless := {service.name: names |
	some service in input.project.services
	_consumers[service.name]
	variables := {variable.name | some variable in service.environment} - {name | some [name, _] in _variables[service.name]}
	options := {lower(option.name) | some option in service.options} - {name | some [name, _] in _options[service.name]}
	names := variables | options
}

_labels contains label.name if {
	some service in input.project.services
	some label in service.labels
}
