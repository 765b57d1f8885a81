# METADATA
# description: |
#   Which variables do something else to known images than they seem to say: nothing, or they keep the
#   container from starting. data.composelint.image_settings knows them.
package composelint.misread_settings

import data.composelint.images

# of are those variables: by service and what the table says of them, in the order of the file.
of := {[service.name, i]: variables |
	some service in input.project.services
	service.name in images.pulled
	some i in data.composelint.prepared.settings_of_images[images.known[service.name]]
	setting := data.composelint.image_settings.settings[i]
	regex.match(object.get(setting, "tags", ""), service.image.tag)
	service.entrypoint == []
	service.entrypoint_removed == false
	count([word | some word in service.command; _gives_effect(word, object.get(setting, "unless", "$^"))]) == 0
	variables := [variable |
		some variable in service.environment
		regex.match(setting.variables, variable.name)
		_meant(variable, setting)
		not _mentioned(service, variable.name)
	]
	count(variables) > 0
}

# refused are the variables, by their at, that keep a container from starting.
refused contains variable.at if {
	some [_, i], variables in of
	data.composelint.image_settings.settings[i].refused
	some variable in variables
}

# What is switched off is no claim; what nobody knows is one.
_meant(variable, setting) if {
	not setting.value
	not regex.match(`(?i)^(|0|no|false|off)$`, object.get(variable, "value", "unknown"))
}

_meant(variable, setting) if regex.match(setting.value, variable.value)

_gives_effect(word, pattern) if regex.match(pattern, word.literal)

_gives_effect(word, _) if not word.value

# A command or a health check may use the variable by its name.
_mentioned(service, name) if {
	some words in [service.command, service.healthcheck.test]
	some word in words
	contains(word.value, name)
}
