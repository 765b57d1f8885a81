# METADATA
# description: |
#   Which services are consoles of Docker or agents of one, what they pass on, where they
#   listen, and which of them ask nobody for a password. data.composelint.consoles has the
#   consoles.
package composelint.console_services

import data.composelint.effective_api
import data.composelint.images
import data.composelint.services
import data.composelint.zone

# passed_on are, by console, the effects on the Docker API that it passes on: all of its own
# with the engine's socket, else those that a proxy lets through.
passed_on := {name: by_id |
	some name, ids in _known
	by_id := {id: effects |
		some id in ids
		writes := {effect | some effect in data.composelint.consoles.consoles[id].writes}
		effects := writes & _effects_open_to(name)
	}
}

_effects_open_to(name) := _all_effects if {
	name in zone.holders
} else := {effect |
	some proxy, clients in zone.clients
	name in clients
	some operation in effective_api.allowed[proxy]
	some effect in data.composelint.docker_api_effects.effects[operation]
	_complete(effect, effective_api.allowed[proxy])
}

# To run a command it has to be created and started.
_complete(effect, _) if effect != "run-exec"

_complete("run-exec", allowed) if count({"ContainerExec", "ExecStart"} - allowed) == 0

_all_effects := {effect |
	some effects in data.composelint.docker_api_effects.effects
	some effect in effects
}

_known := {service.name: ids |
	some service in input.project.services
	ids := {id |
		some id in _consoles_of[images.names[service.name]]
		_switched_on(service.name, data.composelint.consoles.consoles[id])
	}
	count(ids) > 0
}

_switched_on(_, console) if not console.when

_switched_on(name, console) if {
	some [setting, value] in _settings[name]
	_is_sign(setting, console.when)
	regex.match(object.get(console.when, "value", ""), value)
}

_is_sign(setting, signs) if lower(setting) in signs.options

_is_sign(setting, signs) if setting in signs.variables

_is_sign(setting, signs) if {
	some pattern in signs.variable_patterns
	regex.match(pattern, setting)
}

# _settings are the variables and options, with their values, of services with an image that
# is a console. An option alone is true.
_settings := {service.name: settings |
	some service in input.project.services
	_consoles_of[images.names[service.name]]
	variables := {[variable.name, variable.value] | some variable in service.environment}
	options := {[option.name, _option_value(option.value)] | some option in service.options}
	settings := variables | options
}

# _consoles_of are, by image, the consoles that it can be: which one it is, settings may say.
_consoles_of := {image: ids |
	some image in images.names
	ids := {id | some id in data.composelint.prepared.consoles_of[image]}
	count(ids) > 0
}

_option_value("") := "true"

_option_value(value) := value if value != ""

# ports are, by console, those of the web interface, and of the agent if it listens. A port
# that a variable moves is known where its number is.
ports := {name: by_id |
	some name, ids in _known
	by_id := {id: _ports(name, data.composelint.consoles.consoles[id]) | some id in ids}
}

_ports(name, console) := {to_number(value) |
	some [setting, value] in _settings[name]
	setting in console.port_variables
	regex.match(`^\d+$`, value)
} if {
	some variable in console.port_variables
	variable in _stated[name]
} else := {port | some port in console.ports.web} | {port |
	count({variable | some variable in console.agent_off_with} & _stated[name]) == 0
	some port in console.ports.agent
}

# without_password are, by console, the ids by which it is known to ask nobody for one.
without_password := {name: without |
	some name, ids in _known
	services.by_name[name].environment_incomplete == false
	without := {id |
		some id in ids
		console := data.composelint.consoles.consoles[id]
		console.no_password
		not _asks(name, console)
	}
}

# A value that is not known may be a password.
_asks(name, console) if {
	some setting in array.concat(console.password_variables, object.get(console, "password_options", []))
	setting in _stated[name]
	count([value |
		some [stated, value] in _settings[name]
		stated == setting
		regex.match(console.no_password, value)
	]) == 0
}

_stated := {service.name: names |
	some service in input.project.services
	names := {variable.name | some variable in service.environment} | {option.name | some option in service.options}
}
