# METADATA
# description: |
#   What the clients of a proxy need of the Docker API: by what the configuration says, else
#   by their image, and the fewest flags of the proxy that give it.
package composelint.clients

import data.composelint.docker_api
import data.composelint.lint

# known are the consumers that services are, by service.
known := {service: id |
	some service, image in lint.image_names
	id := _by_image[image]
}

_by_image := {image: id | some id, consumer in data.composelint.consumers; some image in consumer.images}

# needs are, by service, the operations that it cannot do without.
needs := object.union(
	{service: _needs_of(id, object.get(_modes, service, set())) | some service, id in known},
	_declared,
)

# wishes are those that it may use besides: of a feature that the project does not show.
wishes := {service: operations |
	some service, id in known
	not _declared[service]
	consumer := data.composelint.consumers[id]
	operations := ({operation | some operation in object.get(consumer, "may_need", [])} | {operation |
		some mode in object.get(_modes, service, set())
		some operation in object.get(consumer.modes[mode], "may_need", [])
	}) | {operation |
		some _, mode in object.get(consumer, "modes", {})
		_never_shown(mode.recognised_by)
		some operation in mode.needs
	}
}

_needs_of(id, modes) := operations if {
	consumer := data.composelint.consumers[id]
	replaced := {mode | some mode in modes; consumer.modes[mode].replaces == true}
	base := {operation | count(replaced) == 0; some operation in consumer.needs}
	operations := base | {operation | some mode in modes; some operation in consumer.modes[mode].needs}
}

# _declared is what the configuration says, where a consumer's name stands for its needs.
_declared := {role.service: operations |
	some role in input.config.roles.clients
	operations := {operation |
		some need in role.needs
		some operation in _operations(need)
	}
}

_operations(need) := _needs_of(need, set()) if {
	data.composelint.consumers[need]
} else := {need}

# _modes are the features of a consumer that are on.
_modes := {service: modes |
	some service, id in known
	modes := {name |
		some name, mode in data.composelint.consumers[id].modes
		_on(service, mode.recognised_by)
	}
}

_on(service, signs) if _shown(service, signs)

_on(service, signs) if {
	signs.unless
	not _shown(service, signs.unless)
}

_shown(service, signs) if {
	some name, value in _options[service]
	some sign in signs.options
	_at_or_below(name, sign)
	regex.match(object.get(signs, "value", ""), value)
}

_shown(service, signs) if {
	some name, value in _variables[service]
	_is_variable(name, signs)
	regex.match(object.get(signs, "value", ""), value)
}

_shown(_, signs) if {
	some name in signs.labels
	name in _labels
}

_at_or_below(name, sign) if name == sign

_at_or_below(name, sign) if startswith(name, concat("", [sign, "."]))

_is_variable(name, signs) if name in signs.variables

_is_variable(name, signs) if {
	some pattern in signs.variable_patterns
	regex.match(pattern, name)
}

_never_shown(signs) if {
	signs.options == []
	signs.variables == []
	not signs.unless
	not signs.variable_patterns
	not signs.labels
}

_options := {service.name: options |
	some service in input.project.services
	known[service.name]
	options := {lower(option.name): option.value | some option in service.options}
}

_variables := {service.name: variables |
	some service in input.project.services
	known[service.name]
	variables := {variable.name: variable.value | some variable in service.environment}
}

_labels contains label.name if {
	some service in input.project.services
	some label in service.labels
}

# --- what a proxy has to let through

# of_proxy are, by proxy, what its clients need altogether; only where it has clients and the
# needs of all of them are known.
of_proxy := {proxy: {"needs": all_needs, "wishes": all_wishes} |
	some proxy, clients in lint.clients
	count([client | some client in clients; not needs[client]]) == 0
	all_needs := union({needs[client] | some client in clients})
	all_wishes := union({object.get(wishes, client, set()) | some client in clients})
}

# smallest are, by proxy that is steered by flags, the fewest flags that let through what its
# clients need, and those that their wishes would take.
smallest := {proxy: {"needs": need_flags, "wishes": wish_flags} |
	some proxy, operations in of_proxy
	docker_api.flags[proxy]
	need_flags := fewest(proxy, operations.needs)
	wish_flags := fewest(proxy, operations.wishes | operations.needs)
}

# fewest are the flags of a proxy that let operations through and give away the least: those
# without which it cannot be, then for each operation without the gate if that can be, and as
# few more as can be.
fewest(proxy, operations) := forced | chosen if {
	sets := {docker_api.flag_sets_for(proxy, operation) | some operation in operations}
	forced := union({flags | some enough in sets; count(enough) == 1; some flags in enough})
	chosen := union({_least(enough, docker_api.gates[proxy], forced) | some enough in sets})
}

_least(sets, gate, forced) := min({[gate in (flags - forced), count(flags - forced), flags] | some flags in sets})[2] if {
	count(sets) > 0
} else := set()
