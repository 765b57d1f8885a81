# METADATA
# description: |
#   On which port and address each socket proxy listens, and whom it serves there.
package composelint.proxy_ports

import data.composelint.mounts
import data.composelint.proxy_setup
import data.composelint.services
import data.composelint.shims
import data.composelint.socket_proxies

# known are, by proxy that no mounted file besides the API socket can make listen elsewhere, its
# ports.
known := {name: found | some name, found in ports; not name in _with_files}

# of_api are, by proxy whose configuration nobody has replaced, its ports.
of_api := {name: found | some name, found in ports; not name in proxy_setup.replaced}

# ports are, by proxy, those on which it listens: what its command or its settings say, else what is usual for its
# kind. Where a setting is not known, neither are they.
ports := object.union_n([
	{name: {listened.port | some listened in listening} | some name, listening in shims.listening; socket_proxies.kinds[name]},
	{name: {kind.port} |
		some name, kind in socket_proxies.facts
		count(_told[name]) == 0
		not _perhaps_told(name, object.get(kind, "port_variables", []))
	},
	{name: union(found) |
		some name, told in _told
		found := {of_value | some value in told; of_value := _numbers(value)}
		count(told) > 0
		count({value | some value in told; _numbers(value)}) == count(told)
	},
])

_perhaps_told(name, variables) if {
	count(variables) > 0
	services.by_name[name].environment_incomplete == true
}

# _told are, by proxy, the values of the settings that move its port.
_told := {name: values |
	some name, kind in socket_proxies.facts
	values := proxy_setup.in_force(name, object.get(kind, "port_options", []), object.get(kind, "port_variables", []))
}

# _numbers are the ports of a value: a number, or addresses that end with one. A socket has none.
_numbers(value) := {number |
	some address in _addresses_in(value)
	some [_, digits] in regex.find_all_string_submatch_n(`(?:^|:)([0-9]{1,5})/?$`, address, 1)
	number := to_number(digits)
} if {
	is_string(value)
	count([address | some address in _addresses_in(value); not regex.match(`(^|:)[0-9]{1,5}/?$|^(unix://)?/`, address)]) == 0
}

_addresses_in(value) := regex.find_n(`[^,\s]+`, value, -1)

_with_files contains service.name if {
	some service in socket_proxies.services
	some mount in service.mounts
	mount.type != "tmpfs"
	not mounts.api_sockets[mount.at]
}

# listening are the proxies that listen on a port of an address that others than themselves
# reach. An address that is not known may be any.
listening := (object.keys(socket_proxies.kinds) - sockets_only) - _at_home

# sockets_only are the proxies that hand on the API by a socket of their own and no port.
sockets_only contains name if {
	some name, kind in socket_proxies.kinds
	data.composelint.proxies[kind].listen.socket_default
	not data.composelint.proxies[kind].port
}

sockets_only contains service.name if {
	some service in socket_proxies.services
	listen := socket_proxies.facts[service.name].listen
	not listen.socket_default
	stated := proxy_setup.in_force(service.name, _named(listen, "socket_option"), _named(listen, "socket_variable"))
	count(stated - {null}) > 0
}

sockets_only contains name if {
	some name, found in ports
	count(found) == 0
}

_named(listen, key) := [setting | setting := listen[key]]

# on_loopback are the proxies that listen on a port of their loopback address.
on_loopback := _at_home - sockets_only

_at_home contains service.name if {
	some service in socket_proxies.services
	listen := socket_proxies.facts[service.name].listen
	is_loopback(listen.default)
	service.environment_incomplete == false
	count(_addresses[service.name]) == 0
}

_at_home contains name if {
	some name, stated in _addresses
	count(stated) > 0
	count({address | some address in stated; is_loopback(address)}) == count(stated)
}

_at_home contains name if {
	some name, listening in shims.listening
	socket_proxies.kinds[name]
	addresses := {listened.address | some listened in listening}
	count({address | some address in addresses; is_loopback(address)}) == count(addresses)
}

_addresses := {name: proxy_setup.in_force(name, _named(kind.listen, "option"), _named(kind.listen, "variable")) |
	some name, kind in socket_proxies.facts
}

# is_loopback is true of an address to listen on that nobody else reaches.
#     proxy_ports.is_loopback("tcp://127.0.0.1:2375")
is_loopback(address) if regex.match(`^([a-z]+://)?(127\.|localhost(:|$)|\[?::1(\]|$))`, address)

# choosy are the proxies that do not serve everybody who can open a connection: they ask for
# the caller's address, certificate or password.
choosy contains service.name if {
	some service in socket_proxies.services
	clients := socket_proxies.facts[service.name].clients
	stated := proxy_setup.in_force(service.name, [clients.option], [clients.variable])
	count([value | some value in stated; _admits_all(value, clients.open)]) == 0
}

choosy contains service.name if {
	some service in socket_proxies.services
	certificates := socket_proxies.facts[service.name].listen.client_certificates
	some setting in array.concat(service.environment, service.options)
	setting.name in array.concat(certificates.variables, certificates.options)
}

choosy contains name if {
	some name, kind in socket_proxies.kinds
	data.composelint.proxies[kind].password_variable
}

_admits_all(value, open) if {
	some network in split(value, ",")
	trim_space(network) in open
}

# published are the proxies whose API has a port on the host, with the entry that it makes.
published := {name: entry |
	some name, entries in _entries
	name in listening
	entry := min({[loopback, entry.at, entry] |
		some entry in entries
		entry.kind == "port"
		leads_to_api(name, entry.port)
		loopback := object.get(entry, "loopback", true)
	})[2]
}

_entries := {service.name: entries |
	some service in socket_proxies.services
	entries := {entry | some entry in service.entries}
}

# leads_to_api is true of the port of a container on which a proxy may have its API: any, where
# it is not known on which it listens.
#     proxy_ports.leads_to_api("proxy", 2375)
leads_to_api(proxy, port) if port in (of_api[proxy] | {0})

leads_to_api(proxy, _) if not of_api[proxy]
