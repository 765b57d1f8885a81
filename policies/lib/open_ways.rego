# METADATA
# description: |
#   Whom the services let in that run without authentication: outsiders, a reverse proxy that these reach,
#   other projects, services that have nothing to do with them.
package composelint.open_ways

import data.composelint.images
import data.composelint.networks
import data.composelint.open_services
import data.composelint.outsiders
import data.composelint.published
import data.composelint.services

# open_to are, by open service, those whom it lets in: the kind (outsiders, edge, projects or
# strangers), where that stands, and a phrase. The worst is enough.
open_to := {name: reached |
	some name, _ in open_services.off
	reached := array.flatten([object.get(_by_entries, name, []), _by_edges[name], _by_projects[name], object.get(_by_strangers, name, [])])[0]
}

# ways are, by open service, the entries by which outsiders come in to what is open there.
ways := {name: entries |
	some name, hit in open_services.off
	entries := [entry |
		some entry in services.by_name[name].entries
		entry in outsiders.ways[name]
		entry.loopback == false
		entry.port in array.concat(hit.program.ports, [0])
		_lets_in(name, entry.kind, object.get(hit.is, "published", false))
	]
	count(entries) > 0
}

_lets_in(_, kind, _) if kind in {"port", "host-network", "edge"}

# What a program does on a port of its own is nothing that a reverse proxy leads to unasked.
_lets_in(name, "router", false) if not name in _guarded

# _guarded are the services of which a reverse proxy may ask for a login first: by labels that say so,
# or by a middleware that stands elsewhere.
_guarded contains name if some name in outsiders.behind_login

_guarded contains service.name if {
	some service in input.project.services
	some label in array.concat(service.labels, service.deploy.labels)
	endswith(lower(label.name), ".middlewares")
}

_by_entries := {name: found |
	some name, entries in ways
	found := [way |
		some entry in entries
		called := $`outsiders reach it by {entry.called}`
		way := {"kind": "outsiders", "way": entry.kind, "at": entry.at, "called": called}
	]
}

_by_edges := {name: found |
	some name, hit in open_services.off
	found := [way |
		not hit.is.published
		not name in _guarded
		some attachment in services.by_name[name].networks
		some edge in _edges_on[attachment.name]
		edge != name
		called := $`"{edge}", which outsiders reach, is on network "{attachment.name}" with it`
		way := {"kind": "edge", "at": attachment.at, "called": called}
	]
}

# _edges_on are, by network, the first reverse proxies on it that outsiders reach: one, and one that
# is another.
_edges_on := {network: array.slice(edges, 0, 2) |
	some network, members in networks.members
	edges := [name |
		some name in members
		outsiders.ways[name]
		some image in images.short_names[name]
		data.composelint.edges.images[image]
	]
}

_by_projects := {name: found |
	some name, _ in open_services.off
	found := [way |
		some entry in services.by_name[name].entries
		entry.kind == "external-network"
		called := $"other projects can be on {entry.called} with it"
		way := {"kind": "projects", "at": entry.at, "called": called}
	]
}

_by_strangers := {name: found |
	some name, _ in _at_home_nowhere
	found := [way |
		some attachment in services.by_name[name].networks
		known := {other | some other in _acquainted[name]; other in _plain_on[attachment.name]}
		count(_plain_on[attachment.name]) > count(known)
		called := $`services on network "{attachment.name}" that do not name it reach it too`
		way := {"kind": "strangers", "at": attachment.at, "called": called}
	]
}

_at_home_nowhere := {name: hit | some name, hit in open_services.off; not hit.program.internal}

# _plain_on are, by network of such a service, the services on it whose files say all that they are told.
_plain_on := {network: names |
	some network in {network | some name, _ in _at_home_nowhere; some network in networks.of[name]}
	names := {name | some name in networks.members[network]; name in _plain}
}

_plain contains service.name if {
	some service in input.project.services
	service.kind == "service"
	service.name in images.pulled
	not service.name in _with_business_there
	service.environment_incomplete == false
	count([variable | some variable in service.environment; not variable.value]) == 0
	count([mount | some mount in service.mounts; mount.type in {"bind", "config", "secret"}]) == 0
}

# What a reverse proxy, a console or a database does on a network is known otherwise.
_with_business_there := (published.consoles | object.keys(published.databases)) | {name |
	some name, short_names in images.short_names
	some image in short_names
	data.composelint.edges.images[image]
}

# _acquainted are, by such a service, itself and those that name it or that it names.
_acquainted := {name: known |
	some name, _ in _at_home_nowhere
	naming := union({_naming[word] | some word in _names[name]})
	named := {word | some word in _words[name]; services.by_name[word]}
	known := union({{name}, naming, named})
}

_names := {name: names |
	some name, _ in _at_home_nowhere
	service := services.by_name[name]
	own := {called | some called in [service.name, service.container_name]}
	names := own | {alias | some attachment in service.networks; some alias in attachment.aliases}
}

_naming[word] contains name if {
	some name, words in _words
	some word in words
}

_words := {name: words |
	some name in (union({names | some names in _plain_on}) | object.keys(_at_home_nowhere))
	service := services.by_name[name]
	values := array.concat(
		[word.value | some word in array.concat(service.entrypoint, service.command)],
		[variable.value | some variable in service.environment],
	)
	words := {word | some value in values; some word in regex.find_n(`[A-Za-z0-9_.-]+`, value, -1)} | {other | some other in service.depends_on}
}
