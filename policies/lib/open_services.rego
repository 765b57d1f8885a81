# METADATA
# description: |
#   Which services run without authentication, or with security switched off, by a setting or by the
#   default of their image. data.composelint.authentication knows the images.
package composelint.open_services

import data.composelint.images
import data.composelint.services

# off are, by service, what switches its authentication off: where that stands, since what, what it
# lets others do, what would be right instead, and the program of the table.
off := {name: hit |
	some name, programs in _programs
	stated := [hit |
		some program in programs
		some setting in program.off
		not _configured(name, program)
		_keeps(name, setting)
		some hit in _hits(name, setting, program)
	]
	unstated := [hit |
		some program in programs
		_says_nothing(name, program)
		hit := {"at": services.by_name[name].image.at, "since": "", "is": program.open, "program": program}
	]
	hit := array.concat(stated, unstated)[0]
}

_programs := {service.name: programs |
	some service in input.project.services
	known := data.composelint.prepared.authentication_of[images.known[service.name]]
	service.name in images.pulled
	programs := [program |
		some i in known
		program := data.composelint.authentication.programs[i]
		regex.match(object.get(program, "tags", ""), service.image.tag)
	]
}

# _hits are the settings of a service that say what one of the table says. What the entrypoint of the
# image makes of variables is unknown where another one runs.
_hits(name, setting, program) := [hit |
	not name in _own_entrypoint
	some variable in setting.variables
	stated := _variables[name][variable]
	regex.match(setting.value, stated.value)
	hit := {"at": stated.at, "since": $`, since "{variable}" is {_state(setting.value, stated.value)}`, "is": setting, "program": program}
] if {
	setting.variables
}

_hits(name, setting, program) := [hit |
	some option in setting.options
	some stated in services.by_name[name].options
	stated.name == trim_left(option, "-")
	regex.match(object.get(setting, "value", ""), stated.value)
	hit := {"at": stated.at, "since": _since_option(option, setting, stated.value), "is": setting, "program": program}
] if {
	setting.options
}

_hits(name, setting, program) := [hit |
	some word in services.by_name[name].command
	regex.match(setting.words, word.value)
	hit := {"at": word.at, "since": $`, since it is started with "{word.value}"`, "is": setting, "program": program}
] if {
	setting.words
}

_since_option(option, setting, _) := $`, since it is started with "{option}"` if not setting.value

_since_option(option, setting, value) := $`, since "{option}" is {_state(setting.value, trim(value, "'\""))}` if setting.value

_state(_, "") := "empty"

_state(".", value) := "set" if value != ""

_state(pattern, value) := $`"{value}"` if {
	pattern != "."
	value != ""
}

# _keeps is false where other variables keep on what a setting would switch off, or may do so.
_keeps(name, setting) if {
	count([variable | some variable in setting.unless; _says(name, variable)]) == 0
	_known_enough(name, setting)
	count([variable | some variable, pattern in setting.where; not _matches(name, variable, pattern)]) == 0
	not _protected(name, object.get(setting, "unless_words", "$^"))
	_with_one(name, object.get(setting, "and", []))
}

_matches(name, variable, pattern) if regex.match(pattern, _variables[name][variable].value)

_known_enough(_, setting) if not setting.unless

_known_enough(name, _) if services.by_name[name].environment_incomplete == false

_with_one(_, [])

_with_one(name, others) if {
	some variable in others
	_variables[name][variable]
}

# _says is true of a variable with a value, or one that may have one.
_says(name, variable) if {
	stated := _variables[name][variable]
	object.get(stated, "value", "unknown") != ""
}

# _says_nothing is true of a service whose files leave all to an image that is open then: what they
# say by variables, options or files of configuration may protect it.
_says_nothing(name, program) if {
	service := services.by_name[name]
	service.complete == true
	program.open
	not name in _own_entrypoint
	service.environment_incomplete == false
	count([variable | some variable in program.protected.variables; _says(name, variable)]) == 0
	_starts(images.first_words[name], program)
	not _protected(name, object.get(program, ["protected", "words"], "$^"))
	not _configured(name, program)
}

_starts([], _)

_starts(first, program) if {
	not program.open.without_command
	images.starts(first, object.get(program, "commands", []))
}

_protected(name, pattern) if {
	some word in services.by_name[name].command
	regex.match(pattern, word.value)
}

# A word that is not known may protect, too.
_protected(name, _) if {
	command := services.by_name[name].command
	count([word.value | some word in command]) < count(command)
}

# A file of its own may say anything.
_configured(name, program) if {
	some mount in services.by_name[name].mounts
	regex.match(program.configuration, mount.target)
}

_own_entrypoint := {service.name | some service in input.project.services} - {service.name |
	some service in input.project.services
	service.entrypoint == []
	service.entrypoint_removed == false
}

_variables := {service.name: variables |
	some service in input.project.services
	_programs[service.name]
	variables := {variable.name: variable | some variable in service.environment}
}
