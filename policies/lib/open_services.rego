# METADATA
# description: |
#   Which services run without authentication, or with security switched off, by a setting or by the
#   default of their image, and whom that lets in. data.composelint.authentication knows the images.
package composelint.open_services

import data.composelint.images
import data.composelint.networks
import data.composelint.outsiders
import data.composelint.published
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
	known := data.composelint.prepared.authentication_of[images.upstream_names[service.name]]
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
	count([word | some word in services.by_name[name].command; _protects(word, object.get(setting, "unless_words", "$^"))]) == 0
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
	_starts_it(service.command, program)
	count([word | some word in service.command; _protects(word, object.get(program, ["protected", "words"], "$^"))]) == 0
	not _configured(name, program)
}

_starts_it([], _)

_starts_it(command, program) if {
	not program.open.without_command
	first := command[0].value
	_is_option_or(first, object.get(program, "commands", []))
}

_is_option_or(word, _) if startswith(word, "-")

_is_option_or(word, commands) if word in commands

_protects(word, pattern) if regex.match(pattern, object.get(word, "value", word.literal))

# A word that is not known may protect, too.
_protects(word, _) if not word.value

# A file of its own may say anything.
_configured(name, program) if {
	some mount in services.by_name[name].mounts
	regex.match(program.configuration, mount.target)
}

_own_entrypoint contains service.name if {
	some service in input.project.services
	count(service.entrypoint) > 0
}

_own_entrypoint contains service.name if {
	some service in input.project.services
	not service.entrypoint_removed == false
}

_variables := {service.name: variables |
	some service in input.project.services
	_programs[service.name]
	variables := {variable.name: variable | some variable in service.environment}
}

# open_to are, by service of off, those whom it lets in: the kind (outsiders, edge, projects or
# strangers), where that stands, and a phrase. The worst is enough.
open_to := {name: reached |
	some name, _ in off
	reached := array.flatten([object.get(_by_entries, name, []), _by_edges[name], _by_projects[name], object.get(_by_strangers, name, [])])[0]
}

# ways are, by service of off, the entries by which outsiders come in to what is open there.
ways := {name: entries |
	some name, hit in off
	entries := [entry |
		some entry in services.by_name[name].entries
		entry in outsiders.ways[name]
		entry.port in array.concat(hit.program.ports, [0])
		_lets_in(name, entry.kind, object.get(hit.is, "published", false))
	]
	count(entries) > 0
}

_lets_in(_, kind, _) if kind in {"port", "host-network", "edge"}

# What a program does on a port of its own is nothing that a reverse proxy leads to unasked.
_lets_in(name, "router", false) if not name in _guarded

# _guarded are the services of which a reverse proxy may ask for a login first: by labels that say so,
# or by a middleware that stands elsewhere.
_guarded contains name if some name in outsiders.behind_login

_guarded contains service.name if {
	some service in input.project.services
	some label in array.concat(service.labels, service.deploy.labels)
	endswith(lower(label.name), ".middlewares")
}

_by_entries := {name: found |
	some name, entries in ways
	found := [way |
		some entry in entries
		called := $`outsiders reach it by {entry.called}`
		way := {"kind": "outsiders", "way": entry.kind, "at": entry.at, "called": called}
	]
}

_by_edges := {name: found |
	some name, hit in off
	found := [way |
		not hit.is.published
		not name in _guarded
		some attachment in services.by_name[name].networks
		some edge in _edges_on[attachment.name]
		edge != name
		called := $`"{edge}", which outsiders reach, is on network "{attachment.name}" with it`
		way := {"kind": "edge", "at": attachment.at, "called": called}
	]
}

# _edges_on are, by network, the first reverse proxies on it that outsiders reach: one, and one that
# is another.
_edges_on := {network: array.slice(edges, 0, 2) |
	some network, members in networks.members
	edges := [name |
		some name in members
		outsiders.ways[name]
		some image in images.short_names[name]
		data.composelint.edges.images[image]
	]
}

_by_projects := {name: found |
	some name, _ in off
	found := [way |
		some entry in services.by_name[name].entries
		entry.kind == "external-network"
		called := $"other projects can be on {entry.called} with it"
		way := {"kind": "projects", "at": entry.at, "called": called}
	]
}

_by_strangers := {name: found |
	some name, _ in _at_home_nowhere
	found := [way |
		some attachment in services.by_name[name].networks
		known := {other | some other in _acquainted[name]; other in _plain_on[attachment.name]}
		count(_plain_on[attachment.name]) > count(known)
		called := $`services on network "{attachment.name}" that do not name it reach it too`
		way := {"kind": "strangers", "at": attachment.at, "called": called}
	]
}

_at_home_nowhere := {name: hit | some name, hit in off; not hit.program.internal}

# _plain_on are, by network of such a service, the services on it whose files say all that they are told.
_plain_on := {network: names |
	some network in {network | some name, _ in _at_home_nowhere; some network in networks.of[name]}
	names := {name | some name in networks.members[network]; name in _plain}
}

_plain contains service.name if {
	some service in input.project.services
	service.kind == "service"
	service.name in images.pulled
	not service.name in _with_business_there
	service.environment_incomplete == false
	count([variable | some variable in service.environment; not variable.value]) == 0
	count([mount | some mount in service.mounts; mount.type in {"bind", "config", "secret"}]) == 0
}

# What a reverse proxy, a console or a database does on a network is known otherwise.
_with_business_there := (published.consoles | object.keys(published.databases)) | {name |
	some name, short_names in images.short_names
	some image in short_names
	data.composelint.edges.images[image]
}

# _acquainted are, by such a service, itself and those that name it or that it names.
_acquainted := {name: known |
	some name, _ in _at_home_nowhere
	naming := union({_naming[word] | some word in _names[name]})
	named := {word | some word in _words[name]; services.by_name[word]}
	known := union({{name}, naming, named})
}

_names := {name: names |
	some name, _ in _at_home_nowhere
	service := services.by_name[name]
	own := {called | some called in [service.name, service.container_name]}
	names := own | {alias | some attachment in service.networks; some alias in attachment.aliases}
}

_naming[word] contains name if {
	some name, words in _words
	some word in words
}

_words := {name: words |
	some name in (union({names | some names in _plain_on}) | object.keys(_at_home_nowhere))
	service := services.by_name[name]
	values := array.concat(
		[word.value | some word in array.concat(service.entrypoint, service.command)],
		[variable.value | some variable in service.environment],
	)
	words := {word | some value in values; some word in regex.find_n(`[A-Za-z0-9_.-]+`, value, -1)} | {other | some other in service.depends_on}
}
