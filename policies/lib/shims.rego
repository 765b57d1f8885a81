# METADATA
# description: |
#   Services that hand on to a server whatever comes, as socat does: by a unix socket that they make, for
#   programs that ask sockets alone, or by a port of their own.
package composelint.shims

import data.composelint.images

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

# forwards are, by service that hands on what comes to its ports to one port of one service of the project
# on which a Docker API can be, that service and the port.
forwards := {name: {"server": server, "port": port} |
	some name, targets in _targets
	count(targets) == 1
	some [server, port] in targets
	server != name
	port in _ports_of_api(server)
}

# _targets are the ports of services to which the commands of others connect.
_targets[service.name] contains [server, endpoint.port] if {
	some service in input.project.services
	listening[service.name]
	some word in array.concat(service.entrypoint, service.command)
	some endpoint in service.endpoints
	endpoint.at == word.at
	regex.match(data.composelint.lookalikes.socat.connects_by_port, endpoint.name)
	some server in endpoint.services
}

# _ports_of_api are those on which a service has a Docker API, if it is one that has: what is usual, for all
# or for the kind of a proxy, and those on which its command listens.
_ports_of_api(name) := union({
	{2375, 2376},
	{port | some kind in proxies[name]; port := data.composelint.proxies[kind].port},
	{listened.port | some listened in listening[name]},
})

# proxies are the services of which the image or the configuration says that they are socket proxies, with their kinds.
proxies[name] contains kind if {
	some name, image in images.names
	kind := data.composelint.prepared.kinds[image]
}

proxies[role.service] contains role.kind if some role in input.config.roles.proxies
