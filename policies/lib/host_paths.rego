# METADATA
# description: What the paths of the host hold that the project uses, by mounts, files, builds or while it is developed.
package composelint.host_paths

# known are what the table knows of the project's host paths, but for those that the configuration
# calls harmless.
known := {path: found[0] |
	some path in _used
	not path in _harmless
	found := array.concat(_by_path(_without_user(path)), _by_pattern(path))
	count(found) > 0
}

# kept are those of them that no container should be able to read.
kept := {path: entry |
	some path, entry in known
	not entry.read_only in {"none", "note"}
}

# as_files are those of them that should be no single file of a container, such as a secret, by the
# severity of that. One file is meant: a key of its own among those of the host is none of these,
# but what the table has itself, or says to be no file of anybody.
as_files := {path: severity |
	some path, entry in known
	severity := _as_file(path, entry)
	not severity in {"none", "note"}
}

_as_file(_, entry) := entry.file

_as_file(path, entry) := entry.read_only if {
	not entry.file
	data.composelint.host_paths.paths[_without_user(path)]
}

# The home directory of any user is ~ in the table.
_without_user(path) := regex.replace(path, `^(/root|/home/[^/]+|/Users/[^/]+)(/|$)`, "~$2")

_used contains mount.host_path if {
	some service in input.project.services
	some mount in service.mounts
}

_used contains context.source if {
	some service in input.project.services
	some context in service.build.contexts
	context.remote == false
}

_used contains watch.path if {
	some service in input.project.services
	some watch in service.watch
}

_used contains file.path if {
	some service in input.project.services
	some file in array.concat(service.env_files, service.label_files)
}

_used contains definition.file if {
	some definitions in [input.project.secrets, input.project.configs]
	some definition in definitions
}

_harmless contains path if {
	some allowed in input.config.harmless_mounts
	some path in _used
	startswith(concat("", [path, "/"]), concat("", [trim_suffix(allowed, "/"), "/"]))
}

# _by_path are what the table says of the path itself, then of those above it, nearest first.
_by_path(path) := [entry |
	elements := split(path, "/")
	some n in numbers.range(min([count(elements), _deepest]), 1)
	entry := _entry(concat("/", array.slice(elements, 0, n)), n == count(elements))
]

# No path of the table has as many elements.
_deepest := 20

_entry(path, true) := data.composelint.host_paths.paths[path]

_entry(path, false) := data.composelint.host_paths.paths[$`{path}/*`]

_entry(path, false) := entry if {
	not data.composelint.host_paths.paths[$`{path}/*`]
	entry := data.composelint.host_paths.paths[path]
	not entry.only
}

_by_pattern(path) := [entry |
	some entry in data.composelint.host_paths.patterns
	regex.match(entry.pattern, path)
]
