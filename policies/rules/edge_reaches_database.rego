# METADATA
# title: Edge and database on one network
# description: |
#   A service that outsiders reach shares a network with a database that it does not use.
#   Whoever takes the service over, by a hole or by a request that it forwards to the wrong
#   place, can talk to the database at once: guess passwords, use holes, read what asks for no
#   password.
#
#   Put the database on an internal network with the services that use it, and the edge on
#   another one with the services that it hands requests to. Neither notices.
# related_resources:
#   - ref: https://docs.docker.com/compose/how-tos/networking/
#     description: Networking in Compose
#   - ref: https://docs.docker.com/reference/compose-file/networks/#internal
#     description: internal, in the Compose file reference
# custom:
#   severity: note
#   security_severity: 2.5
#   precision: medium
#   set: strict
#   by_hand: which of the services on its network are its clients, no file says for sure
#   controls: [nist-800-190/4.3.3]
#   tags: [external/cwe/cwe-653]
#   techniques: [T1190, T1046]
package composelint.rules["edge-reaches-database"]

import data.composelint.images
import data.composelint.lint
import data.composelint.networks
import data.composelint.outsiders
import data.composelint.published
import data.composelint.zone

findings contains lint.with_related(lint.on(attachment, message), related) if {
	some service in input.project.services
	called := published.databases[service.name]
	some attachment in service.networks
	network := attachment.name
	naming := union({_naming[name] | some name in _names[service.name]})
	edges := [name |
		some name in array.slice(_without_need[network], 0, (count(naming) + lint.most_shown) + 1) # enough to be shown
		name != service.name
		not name in naming
	]
	count(edges) > 0
	related := [{"at": way.at, "label": label} |
		some name in lint.shown(edges)
		way := min({[entry.at, entry] | some entry in outsiders.ways[name]})[1]
		label := $`outsiders reach "{name}" by {way.called}`
	]
	message := $`{called}, {service.called}, shares network "{network}" with "{edges[0]}", which outsiders reach and which does not name it: put it on an internal network with its clients`
}

# _edges are, by network, the services on it that outsiders reach, other than
# databases and consoles.
_edges := {network: names |
	some network, members in networks.members
	names := [name |
		some name in members
		outsiders.ways[name]
		not published.databases[name]
		not name in published.consoles
	]
}

_without_need := {network: names |
	some network, edges in _edges
	names := [name | some name in edges; not _needs_it(name, network)]
}

# A reverse proxy has no use for a database. That another service which does not name the database
# has none either is only likely where the file holds all its settings, and where somebody else
# can be the database's client.
_needs_it(name, _) if {
	not _reverse_proxies[name]
	name in _unclear
}

_needs_it(name, network) if {
	not _reverse_proxies[name]
	count(networks.members[network]) < 3
}

_reverse_proxies := {name: true |
	some name, short_names in images.short_names
	some image in short_names
	data.composelint.edges.images[image]
}

_unclear := ((_built | _with_files) | _unknown) | zone.configured_elsewhere

_built := {service.name | some service in input.project.services; service.built == true}

_with_files := {service.name | some service in input.project.services; count(service.env_files) > 0}

_unknown := {service.name |
	some service in input.project.services
	count([variable.at | some variable in service.environment; is_string(variable.value)]) < count(service.environment)
}

# _names are those by which a database is reached.
_names := {service.name: names |
	some service in input.project.services
	published.databases[service.name]
	aliases := {alias | some attachment in service.networks; some alias in attachment.aliases}
	own := {name | some name in [service.name, service.container_name]}
	names := own | aliases
}

# _naming are, by name of a database, the services that outsiders reach and that are told it, in
# whatever words.
_naming[word] contains service.name if {
	some service in input.project.services
	outsiders.ways[service.name]
	values := array.concat(
		[word.value | some word in array.concat(service.entrypoint, service.command)],
		[variable.value | some variable in service.environment],
	)
	some value in values
	some word in regex.find_n(`[A-Za-z0-9_.-]+`, value, -1)
	word in _names_of_databases
}

_names_of_databases := {name | some names in _names; some name in names}
