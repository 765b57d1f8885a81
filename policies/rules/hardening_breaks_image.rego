# METADATA
# title: Hardening breaks the image
# description: |
#   A service is hardened in a way that its image does not bear: many images start as root to hand
#   their data over and to change to a user of their own, for which they need capabilities; some
#   programs carry one and cannot be started without it; some write to their own configuration
#   at every start. A health check whose program the image lacks fails for ever.
#
#   Add what the message names, or have the image start as a user of its own. What an image needs is known
#   from its Dockerfile and its entrypoint; for any other image this rule is silent, as it is where the
#   project states an entrypoint or builds the image.
# related_resources:
#   - ref: https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities
#     description: Runtime privilege and Linux capabilities
#   - ref: https://docs.docker.com/reference/compose-file/services/#healthcheck
#     description: healthcheck, in the Compose file reference
# custom:
#   severity: error
#   precision: high
#   set: default
#   fixes: [safe, unsafe]
#   controls: []
#   tags: [correctness]
package composelint.rules["hardening-breaks-image"]

import data.composelint.image_needs
import data.composelint.lint
import data.composelint.lists
import data.composelint.mounts

findings contains lint.with_fix(lint.with_severity(lint.on_key(service, "cap_drop", message), severity), fix) if {
	some service in input.project.services
	names := _missing[service.name]
	entry := _read[service.name]
	[severity, consequence] := _without(names, entry)
	message := $`{service.called} lacks {_capabilities(names)}, {consequence}: add {_it(names)} to "cap_add"{_or_user(service.name)}`
	fix := _granting(severity, $`add {image_needs.quoted(names)} to "cap_add"`, lists.added(service, "cap_add", service.cap_add, names))
}

findings contains _with_tmpfs(lint.on_key(service, "read_only", message), service, path) if {
	some service in input.project.services
	not service.name in image_needs.never_read_only
	some path in _shut[service.name]
	message := $`{service.called} has a read-only root file system, and its image writes to "{path}" when it starts: mount {_what(service.name)} there`
}

findings contains lint.with_fix(lint.with_severity(lint.on_key(service, "read_only", message), "warning"), fix) if {
	some service in input.project.services
	service.read_only == true
	_read[service.name]
	service.name in image_needs.never_read_only
	message := $`{service.called} has a read-only root file system, which its image does not support: set "read_only" to "false"`
	fix := lint.unsafe(`set "read_only" to "false"`, "whoever gets into it can change its programs", [lint.set(service, ["read_only"], false)])
}

findings contains lint.with_fix(lint.with_severity(lint.on_key(service, "user", message), "warning"), fix) if {
	some service in input.project.services
	service.user != ""
	service.user != "0"
	_read[service.name].user_images
	service.name in image_needs.never_as_user
	message := $`{service.called} sets "user", which its image does not support: set "PUID" and "PGID" instead`
	fix := lint.unsafe(`set "PUID" and "PGID" instead of "user"`, "it starts as root to become that user", array.concat(
		[lint.remove_key(service, "user")],
		[lint.set(service, ["environment", variable], number) |
			some variable, number in {"PUID": service.user, "PGID": [group | some group in [service.group, service.user]; group != ""][0]}
			regex.match(`^[0-9]+$`, number)
		],
	))
}

findings contains lint.with_severity(lint.on(option, message), "warning") if {
	some service in input.project.services
	service.no_new_privileges == true
	broken := image_needs.broken_by_no_new_privileges[service.name]
	_read[service.name]
	some option in service.security_options
	option.name == "no-new-privileges"
	message := $`with "no-new-privileges" the image of {service.called} {broken.breaks}: {broken.instead}`
}

findings contains lint.with_severity(lint.on_key(service.healthcheck, "test", message), "warning") if {
	some service in input.project.services
	lacked := image_needs.lacking[service.name]
	program := _called[service.name]
	program in lacked.programs
	message := $`the health check of {service.called} calls "{program}", which its image does not have: {lacked.instead}`
}

# What keeps it from starting is safe to grant; else it runs already, in another way.
_granting("error", title, edits) := lint.safe(title, edits)

_granting("warning", title, edits) := lint.unsafe(title, "it changes to its user, to whom its files then belong", edits)

_with_tmpfs(finding, service, path) := lint.with_fix(finding, lint.safe($`mount a "tmpfs" at "{path}"`, lists.added(service, "tmpfs", mounts.under_tmpfs[service.at], given))) if {
	given := [one | some one in image_needs.missing_tmpfs[service.name]; mounts.one_spelling(split(one, ":")[0]) == mounts.one_spelling(path)]
	count(given) > 0
} else := finding

# _read are, by service, the needs that were read, by which this rule judges.
_read := {name: entry |
	some name, entry in image_needs.of
	entry.read == true
	object.get(entry, "judged", true) == true
}

# _missing are, by service, the capabilities that its image needs and that it drops.
_missing := {service.name: missing |
	some service in input.project.services
	_read[service.name]
	service.privileged == false
	not service.at in _unknown
	dropped := {capability.name | some capability in service.cap_drop}
	added := {capability.name | some capability in service.cap_add}
	not "ALL" in added
	missing := [name |
		some name in sort(image_needs.capabilities[service.name])
		count({"ALL", name} & dropped) > 0
		not name in added
		not _as_good_as(name, added)
	]
	count(missing) > 0
}

_as_good_as("DAC_OVERRIDE", added) if "DAC_READ_SEARCH" in added

_unknown contains at if {
	some unknown in input.unknown
	regex.match(`\.cap_(add|drop)\[`, unknown.at)
	at := regex.replace(unknown.at, `\.cap_(add|drop)\[.*`, "")
}

_without(names, entry) := ["error", "without which the program of its image cannot be started"] if {
	some name in names
	name in object.get(entry, "always", [])
} else := ["warning", "without which its image stays root"] if {
	_cannot_change(names)
	entry.stays == "root"
} else := ["warning", "without which its image cannot change to its user"] if {
	_cannot_change(names)
	entry.stays
} else := ["error", "without which its image cannot change to its user, and ends"] if {
	_cannot_change(names)
} else := ["warning", "which its image needs while files of its own belong to others"]

_cannot_change(names) if {
	some name in names
	name in {"SETGID", "SETUID"}
}

_capabilities(names) := $"the capability {image_needs.quoted(names)}" if {
	count(names) == 1
} else := $"the capabilities {image_needs.quoted(names)}"

_it(names) := "it" if {
	count(names) == 1
} else := "them"

_or_user(name) := $`, or set "user" to "{_read[name].user}"` if {
	_read[name].user
	not _read[name].always
} else := ""

_what(name) := `a "tmpfs" with "exec"` if {
	_read[name].executes == true
} else := `a "tmpfs"` if {
	image_needs.missing_tmpfs[name]
} else := "a volume"

# _shut are, by service, where its image writes when it starts, and cannot. Of a mount below such a place nobody
# knows whether it is what is written.
_shut := {service.name: paths |
	some service in input.project.services
	service.read_only == true
	entry := _read[service.name]
	all_of_them := {mounts.inside[mount.at] | some mount in service.mounts}
	known := [mount.target | some mount in service.mounts]
	count(known) == count(service.mounts)
	open := {mounts.inside[mount.at] |
		some mount in service.mounts
		mount.at in mounts.writable
		_runs(service.name, mount.at)
	}
	paths := [path |
		some path in entry.writes
		place := mounts.one_spelling(path)
		count({above | some above in open; startswith($"{place}/", $"{above}/")}) == 0
		count({below | some below in all_of_them; _is_it(entry, place, below)}) == 0
	]
}

_is_it(entry, place, below) if {
	not entry.tmpfs
	startswith(below, $"{place}/")
}

_runs(_, at) if at in _executable

_runs(name, _) if not _read[name].executes

# _executable are the mounts, by their at, from which programs run.
_executable contains mount.at if {
	some service in input.project.services
	some mount in service.mounts
	mount.type != "tmpfs"
}

_executable contains mount.at if {
	some service in input.project.services
	some mount in service.mounts
	"exec" in mount.allows
}

# _called is, by service, the program that its health check calls: that of the command, or of a script
# that has no other one to fall back on.
_called := {service.name: program |
	some service in input.project.services
	lacked := image_needs.lacking[service.name].programs
	words := [word.value | some word in service.healthcheck.test]
	count(words) == count(service.healthcheck.test)
	program := _program(words, lacked)
}

_program(["CMD", word], _) := _name(word)

_program(words, _) := _name(words[1]) if {
	words[0] == "CMD"
	count(words) > 2
}

_program(["CMD-SHELL", script], lacked) := program if {
	"sh" in lacked
	program := "sh"
} else := programs[0] if {
	programs := [_name(split(trim_space(part), " ")[0]) | some part in split(script, "||")]
	count([program | some program in programs; not program in array.concat(["exit", "false"], lacked)]) == 0
}

_name(word) := regex.replace(word, `^.*/`, "")
