# METADATA
# description: |
#   What in a project is a credential that everybody who has the files can read, for the
#   rules on secrets. Judged is the literal, what the files themselves say: not what .env or
#   the environment puts in, but defaults of variables.
#
#   A project has thousands of settings and few names, so that names are sorted out first, and
#   a hint of a shape sorts out the values: of 1,000 services with 20 variables each, in 0.3
#   seconds.
package composelint.secrets

import data.composelint.lint

# hits are the credentials found: at, the place (environment, env-file, label, argument,
# command, config, context), the kind (default, address, plain, token, hash), what it is,
# where it stands as a phrase, whose it is and under which name, and the value where that is known.
hits contains _hit(variable.at, "environment", $`"{variable.name}" of {service.called}`, {"owner": service.name, "name": variable.name, "value": _bare(variable.literal)}) if {
	some ["environment", service, variable] in _suspects
	variable.from_file == false
	_judged[variable.at]
}

# A line of an env file that many services read is one cause, and stands at the first.
hits contains object.union(_hit(at, "env-file", called, {"name": name}), {"about": about}) if {
	some [name, _], readers in _readers
	[_, at, called] := min(readers)
	about := $`variable["{name}"]`
}

hits contains _hit(label.at, "label", $`the label "{label.name}" of {service.called}`, {"owner": service.name, "name": label.name}) if {
	some ["label", service, label] in _suspects
	_judged[label.at]
}

hits contains _hit(label.at, "label", $`the label "{label.name}" of the image of {service.called}`, {"owner": service.name, "name": label.name}) if {
	some ["image label", service, label] in _suspects
	_judged[label.at]
}

hits contains _hit(argument.at, "argument", $`the build argument "{argument.name}" of {service.called}`, {"owner": service.name, "name": argument.name, "value": _bare(argument.literal)}) if {
	some ["argument", service, argument] in _suspects
	_judged[argument.at]
}

hits contains _hit(credential.at, "command", $`"{credential.name}" in a command of {service.called}`, {"owner": service.name, "name": credential.name}) if {
	some ["credential", service, credential] in _suspects
	_judged[credential.at]
}

hits contains _hit(word.at, "command", $`a command of {service.called}`, {"owner": service.name}) if {
	some service in input.project.services
	some words in [service.entrypoint, service.command, service.healthcheck.test]
	some word in words
	_judged[word.at]
	not _named_in(word.at)
}

hits contains _hit(credential.at, "config", $`"{credential.name}" in config "{config.name}"`, {"owner": config.name, "name": credential.name}) if {
	some config in input.project.configs
	some credential in config.credentials
	_judged[credential.at]
}

hits contains _hit(config.at, "config", $`config "{config.name}"`, {"owner": config.name}) if {
	some config in input.project.configs
	_judged[config.at]
	not _named_in(config.at)
}

hits contains _hit(context.at, "context", $`a build context of {service.called}`, {"owner": service.name}) if {
	some service in input.project.services
	some context in service.build.contexts
	_judged[context.at]
}

_readers[[variable.name, variable.literal]] contains [index, variable.at, $`"{variable.name}" of {service.called}`] if {
	some ["environment", service, variable] in _suspects
	variable.from_file == true
	_judged[variable.at]
	some index, other in input.project.services
	other.at == service.at
}

# found is a finding about a hit. That in an env file is about the variable, whichever service is the
# first to read it.
#     secrets.found({"at": "services.web", "place": "file"}, "what is wrong")
found(hit, message) := lint.about(lint.on(hit, message), hit.about) if {
	hit.place == "env-file"
} else := lint.on(hit, message)

# graded is a finding about a hit: the hash of a password is a note, as it has to be guessed.
#     secrets.graded({"at": "services.web"}, "what is wrong")
graded(hit, message) := lint.with_severity(lint.on(hit, message), "note") if {
	hit.kind == "hash"
} else := lint.on(hit, message)

# variable is what to write where a variable takes the place of a value.
variable := `"${NAME:?}"`

# What the shape says of the value, as the password in an address, counts.
_hit(at, place, called, of) := object.union_n([{"owner": "", "name": "", "value": ""}, of, _judged[at], {"at": at, "place": place, "called": called}])

# _named_in is true of a text whose token or hash is found under its name, too.
_named_in(at) if {
	_judged[at].kind in {"token", "hash"}
	at in _with_credential
}

_with_credential contains word.at if {
	some service in input.project.services
	some credential in service.credentials
	_judged[credential.at]
	some words in [service.entrypoint, service.command, service.healthcheck.test]
	some word in words
	contains(word.literal, credential.literal)
}

_with_credential contains config.at if {
	some config in input.project.configs
	some credential in config.credentials
	_judged[credential.at]
}

_judged := object.union_n([_by_name, _by_shape, _by_user])

# _suspects are the settings, each with its list and its service, that have the name of a
# credential or the look of one: few of all that there are.
_suspects contains [list, service, setting] if {
	some [list, service, settings] in _lists
	some setting in settings
	_classes[setting.name]
}

_suspects contains [list, service, setting] if {
	hint := data.composelint.prepared.patterns.hint_of_a_secret # once, not for each value
	some [list, service, settings] in _lists
	some setting in settings
	regex.match(hint, setting.literal)
}

_lists := array.concat(_of_services, _of_builds)

_of_services := [[list, service, settings] |
	some service in input.project.services
	some list, settings in {
		"environment": service.environment,
		"label": array.concat(service.labels, service.deploy.labels),
		"credential": service.credentials,
	}
]

_of_builds := [[list, service, settings] |
	some service in input.project.services
	some list, settings in {"argument": service.build.args, "image label": service.build.labels}
]

# A value that is in part a variable's is not the secret itself.
_by_name[setting.at] := verdict if {
	some [_, _, setting] in _suspects
	setting.value == setting.literal
	class := _classes[setting.name]
	verdict := _verdict(class, _bare(setting.literal))
}

_by_name[setting.at] := verdict if {
	some config in input.project.configs
	some setting in config.credentials
	class := _classes[setting.name]
	verdict := _verdict(class, _bare(setting.literal))
}

# What a password is guessed by first is the name of its user.
_by_user[setting.at] := {"kind": "default", "what": "a password", "known": "that is the name of its user"} if {
	some ["environment", service, setting] in _suspects
	_classes[setting.name].class == "password"
	setting.value == setting.literal
	value := _bare(setting.literal)
	count(value) > 2
	[regex.replace(lower(setting.name), `[-_.]*(pass(word|wd)?|pwd|pw)$`, ""), value] in _users_of[service.at]
	not _is_default(value)
}

# _users_of are, by service, the names of users that its variables give, each with what it is the user of.
_users_of := {service.at: users |
	some service in input.project.services
	service.at in _with_suspects
	users := {[of, variable.literal] |
		some variable in service.environment
		of := regex.replace(lower(variable.name), `[-_.]*(user(name)?|login)$`, "")
		of != lower(variable.name)
	}
}

_with_suspects := {service.at | some ["environment", service, _] in _suspects}

_by_shape[setting.at] := verdict if {
	some [_, _, setting] in _suspects
	verdict := _shape(setting.literal)
	not _public(setting.name)
}

_by_shape[word.at] := verdict if {
	some service in input.project.services
	some words in [service.entrypoint, service.command, service.healthcheck.test]
	some word in words
	regex.match(data.composelint.prepared.patterns.hint_of_a_secret, word.literal)
	verdict := _shape(word.literal)
}

_by_shape[config.at] := verdict if {
	some config in input.project.configs
	regex.match(data.composelint.prepared.patterns.hint_of_a_secret, config.literal)
	verdict := _shape(config.literal)
}

_by_shape[context.at] := verdict if {
	some service in input.project.services
	some context in service.build.contexts
	regex.match(data.composelint.prepared.patterns.hint_of_a_secret, context.source)
	verdict := _shape(context.source)
}

# _classes are the classes of the names that can be those of credentials.
_classes := {name: matching[0] |
	some name in _names
	lowered := lower(name)
	regex.match(data.composelint.secret_names.hint.pattern, lowered)
	matching := [class | some class in data.composelint.secret_names.classes; regex.match(class.pattern, lowered)]
}

_public(name) if {
	some class in data.composelint.secret_names.classes
	class.class == "public"
	regex.match(class.pattern, lower(name))
}

_names := {setting.name | some [_, _, settings] in _lists; some setting in settings} | {setting.name |
	some config in input.project.configs
	some setting in config.credentials
}

_bare(literal) := trim(literal, "\"' \n,;\\")

_verdict(class, value) := {"kind": _kind(class.class, value), "what": class.what} if {
	class.class in {"issued", "keystore", "password", "secret"}
	not regex.match(data.composelint.prepared.patterns.any_harmless_value, value)
}

_verdict(class, value) := {"kind": "plain", "what": class.what} if {
	class.class == "ambiguous"
	not regex.match(data.composelint.prepared.patterns.any_harmless_value, value)
	not regex.match(data.composelint.secret_shapes.random.not, value)
	_random(value)
}

_verdict(class, value) := {"kind": "plain", "what": class.what} if {
	class.class == "ambiguous"
	regex.match(class.values, value)
	not regex.match(data.composelint.prepared.patterns.any_harmless_value, value)
}

_random(value) if {
	every pattern in data.composelint.secret_shapes.random.patterns {
		regex.match(pattern, value)
	}
}

_random(value) if {
	every pattern in data.composelint.secret_shapes.random.punctuated {
		regex.match(pattern, value)
	}
}

# A token that somebody else issues is no example, or it would not be one.
_kind("keystore", _) := "plain"

_kind("issued", value) := "plain" if {
	not regex.match(data.composelint.prepared.patterns.any_placeholder, lower(value))
	not regex.match(`^[0-9]+$`, value)
	not data.composelint.prepared.default_credentials[lower(value)]
}

_kind("issued", value) := "default" if data.composelint.prepared.default_credentials[lower(value)]

_kind(class, value) := "default" if {
	class in {"password", "secret"}
	_is_default(value)
}

_kind(class, value) := "plain" if {
	class in {"password", "secret"}
	not _is_default(value)
}

_is_default(value) if data.composelint.prepared.default_credentials[lower(value)]

_is_default(value) if regex.match(data.composelint.prepared.patterns.any_placeholder, lower(value))

_shape(text) := {"kind": "default", "what": "the hash of a password"} if {
	some published in data.composelint.default_credentials.hashes
	contains(replace(text, "$$", "$"), published.value)
} else := {"kind": "default", "what": "a password", "value": min(guessed)} if {
	guessed := {password.value | some password in _passwords(text); _guessed(password)}
	count(guessed) > 0
} else := {"kind": "address", "what": "a password", "value": min(values)} if {
	values := {password.value |
		some password in _passwords(text)
		not regex.match(data.composelint.prepared.patterns.any_harmless_value, _bare(password.value))
	}
	count(values) > 0
} else := {"kind": found[0].kind, "what": found[0].what} if {
	regex.match(data.composelint.secret_shapes.hint.tokens, text)
	found := [shape | some shape in data.composelint.secret_shapes.shapes; regex.match(shape.pattern, text)]
	count(found) > 0
}

# _passwords are those of the addresses in a text, with their users.
_passwords(text) := {{"user": match[1], "value": match[2]} |
	some match in regex.find_all_string_submatch_n(data.composelint.secret_shapes.address.user, text, -1)
} | {{"user": "", "value": match[1]} |
	some match in regex.find_all_string_submatch_n(data.composelint.secret_shapes.address.parameter, text, -1)
}

_guessed(password) if {
	not regex.match(data.composelint.prepared.patterns.any_harmless_value, _bare(password.value))
	_is_default(_bare(password.value))
}

_guessed(password) if {
	not regex.match(data.composelint.prepared.patterns.any_harmless_value, _bare(password.value))
	password.user == password.value
}
