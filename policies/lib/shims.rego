# METADATA
# description: |
#   Services that make a unix socket of what a server offers by a port, as socat does for programs that
#   ask sockets alone.
package composelint.shims

# made are, by such a service, the paths of its sockets.
made := {service.name: paths |
	some service in input.project.services
	paths := {path |
		some word in array.concat(service.entrypoint, service.command)
		some [_, path] in regex.find_all_string_submatch_n(data.composelint.lookalikes.socat.shares, word.value, -1)
	}
	count(paths) > 0
}
