# METADATA
# description: |
#   The ways by which outsiders come in to services, as the model states them.
package composelint.outsiders

import data.composelint.client_needs
import data.composelint.lint
import data.composelint.shims

# entries are, by service, the entry points that the model states, without those that lead nowhere.
entries := {service.name: found |
	some service in input.project.services
	found := {entry | some entry in service.entries; not _leads_nowhere(service.name, entry.router, entry.port)}
	count(found) > 0
}

# Traefik routes to no container of which it knows no port: what neither the service nor its image exposes a
# label has to name. Of most images it is not known.
# https://github.com/traefik/traefik/blob/00c59dd84d62/pkg/provider/docker/config.go: port is missing
_leads_nowhere(name, "traefik", 0) if name in _without_a_port

_without_a_port contains service.name if {
	some service in input.project.services
	service.name in _exposing_nothing
	not service.built == true # by a Dockerfile, which may expose more
	count(service.ports) == 0
	count(service.expose) == 0
	count([label | some label in array.concat(service.labels, service.deploy.labels); regex.match(_names_a_port, label.name)]) == 0
}

_exposing_nothing contains name if {
	some name, program in client_needs.known
	data.composelint.consumers[program].exposes == false
}

# https://github.com/alpine-docker/socat/blob/6027bf9710bf/Dockerfile
_exposing_nothing contains name if some name, _ in shims.forwards

_names_a_port := `(?i)^traefik\.(.*\.)?port$`

# ways are the ways by which outsiders reach each service: not those that only the host
# itself can use, nor a network of which it is not known whether anybody else is on it.
ways := {name: found |
	some name, all_ways in entries
	found := {entry |
		some entry in all_ways
		entry.open == true
		not _only_the_host(entry)
	}
	count(found) > 0
}

_only_the_host(entry) if entry.loopback == true

# behind_login are the services for which labels make a reverse proxy ask for a login.
behind_login contains service.name if {
	some service in input.project.services
	some label in array.concat(service.labels, service.deploy.labels)
	regex.match(_login, label.name)
}

behind_login contains service.name if {
	some service in input.project.services
	some label in array.concat(service.labels, service.deploy.labels)
	endswith(lower(label.name), ".middlewares")
	regex.match(_login, label.value)
}

_login := `(?i)auth|sso|oidc|saml|login`

# perhaps are the ways of which it is not known whether anybody uses them: networks
# of others, ports that may not be published.
perhaps := {name: found |
	some name, all_ways in entries
	found := all_ways - {entry | some entry in all_ways; entry.open == true}
	count(found) > 0
}

# entries_of are the entry points outside of the project by which a service is reached, each
# with the first step of the way.
entries_of := {service.name: found |
	some service in input.project.services
	found := [[entry, [{"at": way.at, "label": label}]] |
		some way in _outside_first(service.name)
		label := $"outsiders come in by {way.called}"
		entry := {"kind": way.kind, "service": service.name, "called": way.called, "at": way.at, "certain": object.get(way, "open", false)}
	]
}

_outside_first(name) := array.concat(
	[entry | some entry in object.get(ways, name, set())],
	[entry | some entry in object.get(perhaps, name, set())],
)

# first is, by service that outsiders reach, the entry that its file states first.
first := {service.name: found[0] |
	some service in input.project.services
	found := [entry | some entry in service.entries; entry in ways[service.name]]
}

# path_to is the beginning of a path from outside: that entry, then the service.
path_to := {service.name: path |
	some service in input.project.services
	entry := first[service.name]
	label := $"outsiders come in by {entry.called}"
	path := [{"at": entry.at, "label": label}, {"at": service.at, "label": service.called}]
}

# with_way adds to a finding the way from outside through a service to the place where it holds
# an API socket, if outsiders reach it.
#     outsiders.with_way(lint.on({"at": "services.web"}, "what is wrong"), "web", "services.web")
with_way(finding, name, at) := lint.with_path(finding, path) if {
	path := array.concat(path_to[name], [{"at": at, "label": "the host's API socket, which is root on the host"}])
} else := finding
