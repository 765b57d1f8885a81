# METADATA
# description: |
#   How known clients are told where the Docker API is: each reads its own settings, and some of
#   them go before others. data.composelint.consumers has them.
package composelint.client_endpoints

import data.composelint.client_needs
import data.composelint.setting_names

# ignored are the endpoints, by their at, that name a Docker API in a setting which the program does not
# read, or not while another one is given, or by a port where it asks unix sockets alone.
ignored := object.union_n([replaced, _unread, _no_socket])

_unread := {endpoint.at: "unread" |
	some [service, endpoint] in _of_known
	told := told_by[service]
	not _plain(endpoint.name) in told.names
}

# replaced are those of them that another setting goes before. The others show at least what is meant.
replaced := {endpoint.at: "replaced" |
	some [service, endpoint] in _of_known
	told := told_by[service]
	given := told.first & _given[service]
	count(given) > 0
	not _plain(endpoint.name) in given
}

_no_socket := {endpoint.at: "unix" |
	some [service, endpoint] in _of_known
	unix_only[service]
	endpoint.host != ""
}

_of_known := [[service.name, endpoint] |
	some service in input.project.services
	client_needs.known[service.name]
	some endpoint in service.endpoints
	endpoint.name in setting_names.docker_api
]

# address is how a client is told of a proxy, with what else it has to be told then: as DOCKER_HOST has it
# where nothing else is known. A port of 0 is not known, and its place then says PORT.
#     client_endpoints.address("logs", "proxy", 2375)
address(name, host, port) := _filled(object.get(_endpoint[name], "form", "tcp://HOST:PORT"), host, port)

# with_it are, by name, the other settings that a client needs to go by an address.
#     client_endpoints.with_it("logs", "proxy", 2375)
with_it(name, host, port) := {setting: _filled(form, host, port) | some setting, form in object.get(_endpoint[name], "with", {})}

_filled(form, host, port) := replace(replace(form, "HOST", host), "PORT", sprintf("%d", [port])) if port != 0

_filled(form, host, 0) := replace(form, "HOST", host)

_endpoint := {service.name: endpoint |
	some service in input.project.services
	endpoint := object.get(data.composelint.consumers, [object.get(client_needs.known, service.name, ""), "endpoint"], {})
}

# told_by are, by service of a known client whose ways are all known, the settings that it reads, in plain
# words and as they are written, those of them that go before the others, and the one that to set is best
# advised.
told_by := {service: {"names": plain, "written": names, "first": first, "advised": advised} |
	some service, id in client_needs.known
	endpoint := data.composelint.consumers[id].endpoint
	names := object.get(client_needs.older, [service, "told_by"], endpoint.told_by)
	plain := {_plain(name) | some name in names}
	first := plain & {_plain(name) | some name in object.get(endpoint, "first", [])}
	advised := concat("", array.slice(names, 0, 1))
}

_plain(name) := lower(trim_left(name, "-"))

_given := {service.name: names |
	some service in input.project.services
	told_by[service.name]
	names := {_plain(setting.name) | some setting in array.concat(service.environment, service.options); not setting.at in _empty}
}

_empty contains setting.at if {
	some service in input.project.services
	client_needs.known[service.name]
	some setting in array.concat(service.environment, service.options)
	setting.value == ""
}

# of_older_release are the services whose release asks unix sockets alone, while newer ones do not.
of_older_release := {service | some service, release in client_needs.older; release.unix_only == true}

# unix_only is true, by service, of those that ask unix sockets alone.
unix_only[service] := true if {
	some service, id in client_needs.known
	data.composelint.consumers[id].endpoint.unix_only == true
}

unix_only[service] := true if some service in of_older_release

# settings are, by service of a client that is told in a page or a file of its own, where.
settings := {service: where |
	some service, id in client_needs.known
	where := data.composelint.consumers[id].endpoint.settings
}
