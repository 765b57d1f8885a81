# METADATA
# description: |
#   What follows from the data alone. No policy evaluates it: where policies are planned or
#   compiled it is put among the data, and they look it up in data.composelint.prepared.
package composelint.tables

import data.composelint.rule_classes

# rule_sets are the classes of operations of every set of rules (rule_classes.group).
rule_sets := {id: rule_classes.group(rules, data.composelint.docker_api.operations) | some id, rules in rule_classes.rule_sets}

# kinds are the kinds of proxies, by image.
kinds := {image: kind | some kind, proxy in data.composelint.proxies; some image in proxy.images}

# newer are, by kind of proxies, the kinds that images of today have whose older tags are of it.
newer := {kind: names |
	some kind, _ in data.composelint.proxies
	names := [name | some name, other in data.composelint.proxies; kind in {era.kind | some era in other.eras; not era.later}]
	count(names) > 0
}

# consumers_of are the consumers, by image.
consumers_of := {image: id | some id, consumer in data.composelint.consumers; some image in consumer.images}

# patterns are expressions that ask for several things at once.
patterns := {
	"any_socket": concat("|", [socket.pattern | some socket in data.composelint.sockets.patterns]),
	"any_socket_directory": concat("|", data.composelint.sockets.directories.patterns),
	"any_endpoint": concat("|", [pattern | some pattern, _ in data.composelint.endpoints.patterns]),
	"any_placeholder": concat("|", [entry.pattern | some entry in data.composelint.default_credentials.placeholders]),
	"any_harmless_value": concat("|", [entry.pattern | some entry in data.composelint.harmless_values.patterns]),
	"any_self_check": $`^({concat("|", [_whole(command.pattern) | some command in data.composelint.proxy_trust.self_checks.commands])})$`,
	"hint_of_a_secret": concat("|", [data.composelint.secret_shapes.hint.addresses, data.composelint.secret_shapes.hint.tokens]),
}

# _whole is a pattern with what stands for its parts, which have parts themselves.
_whole(pattern) := strings.replace_n(_parts, strings.replace_n(_parts, pattern))

_parts := data.composelint.proxy_trust.self_checks.parts

# default_credentials are the values that everybody tries.
default_credentials := {value: true | some group in data.composelint.default_credentials.groups; some value in group.values}

# on_linuxserver are, by operation, the flags of linuxserver's proxy that let it through while POST is 0:
# of several sets the one that opens the fewest operations, as ALLOW_STOP does beside ALLOW_RESTARTS.
on_linuxserver := {operation: flags |
	some operation, class in rule_sets.linuxserver.of
	not startswith(operation, "(libpod)")
	narrowest := min({[count(_opened_by[flags]), flags] | some flags in _sets_without_post[class]})
	flags := [flag | some flag in narrowest[1]]
}

_sets_without_post := [sets |
	some steps in rule_sets.linuxserver.classes
	sets := {flags | some flags in rule_classes.flag_sets(steps); not "POST" in flags}
]

_opened_by[flags] contains operation if {
	some operation, class in rule_sets.linuxserver.of
	some flags in _sets_without_post[class]
}

# requests are, by operation, its method and path.
requests := {operation.id: $"{operation.method} {operation.path}" |
	some operation in array.concat(data.composelint.docker_api.operations, data.composelint.docker_api.libpod)
}

# changing are the operations that change something.
changing := {operation.id: true |
	some operation in array.concat(data.composelint.docker_api.operations, data.composelint.docker_api.libpod)
	not operation.method in {"GET", "HEAD"}
}

# telling are the operations that say something of the containers, or change something.
telling := {id: true |
	some id, effects in data.composelint.docker_api_effects.effects
	effects != ["nothing"]
}

# listeners_of are, by image, the indexes of its entries in the table of listeners.
listeners_of := {image: indexes |
	some listener in data.composelint.listeners.listeners
	some image in listener.images
	indexes := [i | some i, other in data.composelint.listeners.listeners; image in other.images]
}

# listeners_on are, by port, the index of the listener that its number tells.
listeners_on := {$"{number}": i |
	some i, listener in data.composelint.listeners.listeners
	some number in listener.numbers
}

# image_data_of, image_needs_of, authentication_of and settings_of_images are, by image, the indexes of its
# entries in the tables of where images keep data, of what they need, of authentication, and of what their
# settings do unexpectedly.
image_data_of := _by_image(data.composelint.image_data.entries)

image_needs_of := _by_image(data.composelint.image_needs.entries)

authentication_of := _by_image(data.composelint.authentication.programs)

settings_of_images := _by_image(data.composelint.image_settings.settings)

_by_image(entries) := {image: indexes |
	some entry in entries
	some image in entry.images
	indexes := [i | some i, other in entries; image in other.images]
}

# official_slips are the official images by their names, and by those without one of their letters: whatever
# shares one with them is a slip away. Of short names too much is.
official_slips := {slip: min(names) |
	some one in _long_names
	some slip in _slips[one]
	names := {name | some name in _long_names; slip in _slips[name]}
}

_long_names := [name | some name in data.composelint.official_images.names; count(name) >= 5]

_slips := {name: slips |
	some name in _long_names
	shorter := {concat("", [substring(name, 0, i), substring(name, i + 1, -1)]) | some i in numbers.range(0, count(name) - 1)}
	slips := {name} | shorter
}

# lifecycles are, by image, the product that it has, with its versions and their ends in one text: as an
# object they would be read at each start.
lifecycles := {image: {"name": entry.name, "newest": entry.newest, "cycles": cycles} |
	some entry in data.composelint.image_lifecycles.products
	some image in entry.images
	cycles := concat(" ", [$"{cycle}={day}" | some cycle, day in entry.cycles])
}

# discontinued_of and removed_of are, by image, the index of its entry in the table of images that are not
# what they were.
discontinued_of := {image: i | some i, entry in data.composelint.retired_images.discontinued; some image in entry.images}

removed_of := {image: i | some i, entry in data.composelint.retired_images.removed; some image in entry.images}

# privileged_program_of is, by image, the index of the program that needs something of the host.
privileged_program_of := {image: i |
	some i, program in data.composelint.image_privileges.programs
	some image in program.images
}

# consoles_of are, by image, the consoles that it can be.
consoles_of := {image: ids |
	some console in data.composelint.consoles.consoles
	some image in console.images
	ids := [id | some id, other in data.composelint.consoles.consoles; image in other.images]
}

# ci_runner_of is, by image, its index in the table of CI runners.
ci_runner_of := {image: i |
	some i, runner in data.composelint.ci_runners.runners
	some image in runner.images
}

# above_sockets are the directories with an API socket somewhere below.
above_sockets := object.union({"/": true}, {directory: true |
	some file, _ in data.composelint.sockets.files
	elements := split(file, "/")
	some end in numbers.range(2, count(elements) - 1)
	directory := concat("/", array.slice(elements, 0, end))
})
