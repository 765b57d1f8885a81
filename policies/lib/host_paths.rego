# METADATA
# description: What the paths of the host hold that the project uses, by mounts, secrets or builds.
package composelint.host_paths

# known are what the table knows of the project's host paths, but for those that the configuration
# calls harmless.
known := {path: found[0] |
	some path in _used
	not path in _harmless
	found := array.concat(_by_path(_without_user(path)), _by_pattern(path))
	count(found) > 0
}

# named are those of them that the table has itself, and not only what is above.
named contains path if {
	some path, _ in known
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
