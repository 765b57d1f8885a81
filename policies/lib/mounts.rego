# METADATA
# description: |
#   Which mounts hand an engine's API socket to a service, and what is known of any mount: its
#   source, and whether it is writable.
package composelint.mounts

import data.composelint.lint

# api_sockets are the mounts, by their at, that hand an engine's API socket to a service,
# with the way by which it gets there as a phrase.
api_sockets := {mount.at: road |
	some service in input.project.services
	some mount in service.mounts
	form := _api_paths[mount.host_path]
	what := $`{form.before}"{mount.source}"{form.after}`
	road := _road(what, mount.from, mount.type, mount.volume)
}

# holders are the services that hold an API socket, or a hook of which does.
holders contains service.owner if {
	some service in input.project.services
	some mount in service.mounts
	api_sockets[mount.at]
}

holders contains service.owner if {
	some service in input.project.services
	service.use_api_socket == true
}

_road(what, from, type, volume) := $`gets {what} from service "{from}" by volumes_from` if {
	from != ""
} else := $`gets {what} as a {type}` if {
	type in {"secret", "config"}
} else := $`mounts {what} by the volume "{volume}"` if {
	volume != ""
} else := $`mounts {what}`

_api_paths := object.union(_files, _directories)

_files := {path: what |
	some path in _host_paths
	engine := _engine(path)
	what := {"before": $`the {engine} API socket `, "after": ""}
}

_directories := {path: what |
	some path in _host_paths
	_holds_socket(path)
	what := {"before": "", "after": " with the API socket in it"}
}

_host_paths := {mount.host_path |
	some service in input.project.services
	some mount in service.mounts
}

_engine(path) := data.composelint.sockets.files[path].engine

_engine(path) := socket.engine if {
	regex.match(data.composelint.prepared.patterns.any_socket, path)
	some socket in data.composelint.sockets.patterns
	regex.match(socket.pattern, path)
}

_holds_socket(path) if data.composelint.prepared.above_sockets[path]

_holds_socket(path) if regex.match(data.composelint.prepared.patterns.any_socket_directory, path)

# clues are what tells, in words, that a mount is one of an API socket although its source is not
# known, by its at.
clues := object.union(_by_target, _by_end)

_by_end := {mount.at: clue |
	some service in input.project.services
	some mount in service.mounts
	engine := _socket_names[regex.replace(mount.partial.ends, `^.*/`, "")]
	clue := $`which by its end is the {engine} API socket`
}

_by_target := {mount.at: clue |
	some service in input.project.services
	some mount in service.mounts
	mount.partial.written != ""
	engine := data.composelint.sockets.files[trim_prefix(mount.target, "/var")].engine
	clue := $`which is not known here, where clients look for the {engine} API socket`
}

_socket_names[name] := what.engine if {
	some path, what in data.composelint.sockets.files
	name := regex.replace(path, `^.*/`, "")
}

# least are what a mount brings, in words, where the variables of its source are empty, by its at.
least[mount.at] := what if {
	some service in input.project.services
	some mount in service.mounts
	mount.partial.least != "/"
	what := _least(mount.partial.least)
}

_least(path) := $`"{path}" with the API socket in it` if {
	_holds_socket(path)
} else := $`the {engine} API socket "{path}"` if {
	engine := _engine(path)
}

# socket_directories are those of api_sockets, by their at, that bring a directory.
socket_directories := {mount.at |
	some service in input.project.services
	some mount in service.mounts
	_directories[mount.host_path]
}

# read_only are the mounts, by their at, that are known to be read-only.
read_only := {mount.at |
	some service in input.project.services
	some mount in service.mounts
	mount.read_only == true
}

# writable are the mounts, by their at, that are known to be writable.
writable := {mount.at |
	some service in input.project.services
	some mount in service.mounts
	mount.read_only == false
}

# known_sources are the mounts, by their at, of which it is known what they mount: it depends on
# no variable that nobody set.
known_sources := {mount.at |
	some service in input.project.services
	some mount in service.mounts
	is_string(mount.host_path)
}

# power is what an engine makes of whoever asks it by a mount.
#     mounts.power("services.proxy.volumes[/var/run/docker.sock]")
power(at) := "the engine's user on the host" if {
	at in _of_users
} else := "root on the host"

_of_users contains mount.at if {
	some service in input.project.services
	some mount in service.mounts
	regex.match(data.composelint.sockets.of_users.paths, mount.host_path)
}

_of_users contains mount.at if {
	some service in input.project.services
	some mount in service.mounts
	regex.match(data.composelint.sockets.of_users.written, mount.partial.written)
}

# power_by is the same of a service that holds the sockets of engines, or asks another.
#     mounts.power_by("proxy")
power_by(name) := power(min(_users[name])) if {
	count(_users[name]) == count(_held[name])
} else := "root on the host"

_users := {name: of_users |
	some name, ats in _held
	of_users := ats & _of_users
}

_held[service.name] contains mount.at if {
	some service in input.project.services
	some mount in service.mounts
	api_sockets[mount.at]
}

# even_read_only says of a mount that being read-only does not help, where it is.
#     mounts.even_read_only("services.proxy.volumes[/var/run/docker.sock]")
even_read_only(at) := " even read-only" if {
	at in read_only
} else := ""

# inside are, by the at of a mount, where it is in the container: cleaned, and /run for /var/run,
# which is a link to it in images of every current system.
inside := {mount.at: one_spelling(mount.target) |
	some service in input.project.services
	some mount in service.mounts
}

# one_spelling is the one that inside has.
#     mounts.one_spelling("/var/run/docker.sock")
one_spelling(path) := trim_right(regex.replace(path, `^/var/run(/|$)`, "/run$1"), "/")

# covers is true of a mount that brings what is at a path of the container, or above it.
#     mounts.covers("services.proxy.volumes[/var/run/docker.sock]", "/run/docker.sock")
covers(at, path) if inside[at] == path

covers(at, path) if startswith(path, concat("", [inside[at], "/"]))

# under_tmpfs are, by the at of a service, those of its mounts that stand under its key tmpfs.
under_tmpfs := {service.at: stated |
	some service in input.project.services
	stated := [mount | some mount in service.mounts; startswith(mount.at, $`{service.at}.tmpfs[`)]
}

# read_only_fix is the fix that mounts something read-only, safe where it is known that nothing is written there.
#     mounts.read_only_fix({"at": "services.web.volumes[/etc/localtime]"}, true)
read_only_fix(mount, true) := lint.safe("mount it read-only", [lint.set(mount, ["read_only"], true)])

read_only_fix(mount, false) := lint.unsafe("mount it read-only", "what writes there does not any more", [lint.set(mount, ["read_only"], true)])
