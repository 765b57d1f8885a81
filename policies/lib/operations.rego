# METADATA
# description: |
#   The operations of the API that stands behind a socket proxy, Docker's, and Podman's own where the
#   engine is or may be Podman, and the paths by which clients ask for each, in every form of the ids
#   and names in them. What a client puts in front, the version of the API, is not among them.
package composelint.operations

import data.composelint.socket_proxies

# behind are the operations that a proxy may have behind it.
#     operations.behind("proxy")
behind(proxy) := array.concat(data.composelint.docker_api.operations, data.composelint.docker_api.libpod) if proxy in before_podman

behind(proxy) := data.composelint.docker_api.operations if not proxy in before_podman

# before_podman are the proxies whose engine is Podman, by the name of its socket, or whose settings
# concern its API.
before_podman contains service.name if {
	some service in socket_proxies.services
	some mount in service.mounts
	regex.match(`(?i)podman`, concat(" ", [mount.host_path, mount.target]))
}

before_podman contains service.name if {
	some service in socket_proxies.services
	some setting in array.concat(service.environment, service.options)
	startswith(setting.name, "LIBPOD_")
	not setting.at in _off
}

before_podman contains service.name if {
	some service in socket_proxies.services
	some setting in array.concat(service.environment, service.options)
	regex.match(`(?i)libpod|podman`, setting.value)
}

_off contains setting.at if {
	some service in socket_proxies.services
	some setting in service.environment
	setting.value in {"", "0"}
}

# paths are, by operation, its paths: the first is that with the form that is the most usual.
paths := {operation.id: written |
	some operation in array.concat(data.composelint.docker_api.operations, data.composelint.docker_api.libpod)
	elements := split(operation.path, "/")
	written := _written(operation.path, [i | some i, element in elements; startswith(element, "{")], elements)
}

_written(path, [], _) := [path]

_written(path, [first], elements) := [replace(path, elements[first], form) | some form in _forms_of(elements, first)]

# What has two placeholders is asked with one form of the second.
_written(path, [first, second], elements) := [replace(with_one, elements[first], form) |
	with_one := replace(path, elements[second], _forms_of(elements, second)[0])
	some form in _forms_of(elements, first)
]

_forms_of(elements, i) := data.composelint.docker_api.forms[elements[i - 1]] if i > 1

_forms_of(elements, 1) := data.composelint.docker_api.forms[elements[1]]

# path_of_nothing is, by operation, its path with an id in full for everything that it names.
path_of_nothing := {operation.id: path |
	some operation in array.concat(data.composelint.docker_api.operations, data.composelint.docker_api.libpod)
	path := regex.replace(operation.path, `\{[^/]*\}`, data.composelint.docker_api.forms.containers[0])
}

# methods are the methods, by operation.
methods := {operation.id: operation.method |
	some operation in array.concat(data.composelint.docker_api.operations, data.composelint.docker_api.libpod)
}

# expressions match, by operation, its paths and no other operation's of the same method.
expressions := {operation.id: concat("/", written) |
	some operation in array.concat(data.composelint.docker_api.operations, data.composelint.docker_api.libpod)
	elements := split(operation.path, "/")
	written := [_expression(elements, i) | some i, _ in elements]
}

_expression(elements, i) := elements[i] if not startswith(elements[i], "{")

# Names of images and of plugins have slashes.
_expression(elements, i) := ".+" if {
	startswith(elements[i], "{")
	contains(concat("", _forms_of(elements, i)), "/")
}

_expression(elements, i) := "[^/]+" if {
	startswith(elements[i], "{")
	not contains(concat("", _forms_of(elements, i)), "/")
}
