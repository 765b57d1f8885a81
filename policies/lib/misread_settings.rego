# METADATA
# description: |
#   Which variables do something else to known images than they seem to say: nothing, or they keep the
#   container from starting. data.composelint.image_settings knows them.
package composelint.misread_settings

import data.composelint.images
import data.composelint.services

# of are those variables: by service and what the table says of them, in the order of the file.
of := {[service.name, i]: variables |
	some service in input.project.services
	service.name in images.pulled
	some i in data.composelint.prepared.settings_of_images[images.known[service.name]]
	setting := data.composelint.image_settings.settings[i]
	regex.match(object.get(setting, "tags", ""), service.image.tag)
	service.entrypoint == []
	service.entrypoint_removed == false
	not _in_effect(service.name, object.get(setting, "unless", "$^"))
	variables := [variable |
		some variable in service.environment
		regex.match(setting.variables, variable.name)
		_meant(variable, setting)
		not _mentioned(service.name, variable.name)
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

_in_effect(service, pattern) if {
	some word in services.by_name[service].command
	regex.match(pattern, word.literal)
}

# A word that is not known may give it effect.
_in_effect(service, _) if {
	command := services.by_name[service].command
	count([word.value | some word in command]) < count(command)
}

# A command or a health check may use the variable by its name.
_mentioned(service, name) if {
	some word in array.concat(services.by_name[service].command, services.by_name[service].healthcheck.test)
	contains(word.value, name)
}
