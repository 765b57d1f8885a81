# METADATA
# description: |
#   Services that hand on to a server whatever comes, as socat does: by a unix socket that they make, for
#   programs that ask sockets alone, or by a port of their own.
package composelint.shims

# made are, by service that makes unix sockets of what a server offers by a port, the paths of these.
made := {service.name: paths |
	some service in input.project.services
	paths := {path |
		some word in array.concat(service.entrypoint, service.command)
		some [_, path] in regex.find_all_string_submatch_n(data.composelint.lookalikes.socat.shares, word.value, -1)
	}
	count(paths) > 0
}

# listening are, by service whose command listens on ports to hand on what comes, these ports, each with
# the address that it is bound to, which is empty for all.
listening := {service.name: ports |
	some service in input.project.services
	ports := {{"port": to_number(port), "address": concat("", [address | some [_, address] in regex.find_all_string_submatch_n(`(?i),bind=([^,]+)`, options, 1)])} |
		some word in array.concat(service.entrypoint, service.command)
		some [_, port, options] in regex.find_all_string_submatch_n(data.composelint.lookalikes.socat.listens, word.value, -1)
	}
	count(ports) > 0
}

# forwards are, by service that hands on what comes to its ports to one server of the project, that server.
forwards := {name: server |
	some name, servers in _servers
	count(servers) == 1
	some server in servers
	server != name
}

# _servers are those to which the commands of services connect.
_servers[service.name] contains server if {
	some service in input.project.services
	listening[service.name]
	some word in array.concat(service.entrypoint, service.command)
	some endpoint in service.endpoints
	endpoint.at == word.at
	regex.match(data.composelint.lookalikes.socat.connects_by_port, endpoint.name)
	some server in endpoint.services
}
