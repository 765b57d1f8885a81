# METADATA
# description: |
#   The least that the clients of a project need of each socket proxy that flags, a profile or a list of
#   what may pass steer, for `composelint least`. It adds a service of each kind to the project, and asks about
#   these.
package composelint.least

import data.composelint.allow_lists
import data.composelint.client_endpoints
import data.composelint.client_needs
import data.composelint.effective_api
import data.composelint.fewest_flags
import data.composelint.flag_effects
import data.composelint.images
import data.composelint.mounts
import data.composelint.proxy_setup
import data.composelint.rule_classes
import data.composelint.shims
import data.composelint.socket_proxies
import data.composelint.traefik
import data.composelint.zone

# all is the whole answer.
all := {
	"clients": clients,
	"aside": [service.name |
		some service in input.project.services
		client_needs.known[service.name]
		not service.name in _chosen
		not socket_proxies.kinds[service.name]
	],
	"replaced": [service.name |
		some service in socket_proxies.services
		not service.name in _offered
	],
	"groups": groups,
	"proxies": proxies,
	"sockets": sort(_sockets),
}

# _sockets are the paths of the host of the sockets that clients and proxies of the project hold: each
# engine has one.
_sockets := {mount.host_path |
	some service in input.project.services
	not service.name in _offered_names
	some mount in service.mounts
	mounts.api_sockets[mount.at]
	endswith(mount.host_path, ".sock")
}

# kinds are the proxies that flags, a profile or a list alone set up, by kind, with how to run them: cap_add and tmpfs are
# what is left to them, where it is known that they run with no more.
kinds := {kind: offer |
	some kind, proxy in data.composelint.proxies
	count(proxy.images) > 0
	[form, variable] := _form(proxy)
	known := object.get(data.composelint.deployments, kind, {})
	offer := {
		"name": proxy.name,
		"image": object.get(known, "image", _image(proxy)),
		"port": proxy.port,
		"hardened": count(known) > 0,
		"cap_add": object.get(known, "cap_add", []),
		"tmpfs": object.get(known, "tmpfs", []),
		"user": object.get(known, "user", ""),
		"form": form,
		"variable": variable,
		"settings": object.union(_opened(proxy), _without_defaults(proxy)),
		"admits": object.get(proxy, ["clients", "variable"], ""),
	}
}

# _form is how a proxy is told what may pass: by the variables of its flags, by a profile, by a variable each, or
# by lines of one variable.
_form(proxy) := ["flags", ""] if {
	proxy.language == "flags"
	_flags_decide(proxy.rules)
	not proxy.listen # which takes more than flags
	not proxy.settings
}

_form(proxy) := ["profile", proxy.profile_variable] if proxy.language == "profiles"

_form(proxy) := ["variables", proxy.methods.variable_prefix] if proxy.language == "methods"

_form(proxy) := ["lines", proxy.rules_language.variable] if proxy.language == "rules"

_flags_decide(rules) if {
	some rule in rules
	rule["if"]
}

# _opened is what has a proxy listen to others, which by default hears itself alone.
_opened(proxy) := {proxy.listen.variable: replace(proxy.listen["default"], "127.0.0.1", "0.0.0.0")} if {
	contains(proxy.listen["default"], "127.0.0.1")
} else := {}

# _without_defaults is what leaves out the rules that are in force without any being stated.
_without_defaults(proxy) := {proxy.no_default_rules.variables[0]: "true"} if {
	proxy.default_rules
} else := {}

_image(proxy) := proxy.images[0] if {
	object.get(proxy, "registries", ["docker.io"])[0] == "docker.io"
} else := $"{proxy.registries[0]}/{proxy.images[0]}"

# _offered are the services that the command adds, by kind.
_offered := {kind: name |
	some name, kind in socket_proxies.kinds
	name == $"composelint.least.{kind}"
}

_offered_names := {name | some name in _offered}

# _chosen are the clients: who has something to do with a Docker API, else all programs that are
# known to.
_chosen := _connected if {
	count(_connected) > 0
} else := object.keys(client_needs.known) - object.keys(socket_proxies.kinds)

_connected := union({zone.declared_clients, zone.holders, zone.pointed, zone.named_clients}) - (object.keys(socket_proxies.kinds) | object.keys(shims.made))

# clients are the services that need the Docker API, as far as it is known what of it.
clients := [client |
	some service in input.project.services
	service.name in _chosen
	service.name == service.owner
	consumer := object.get(data.composelint.consumers, [object.get(client_needs.known, service.name, "")], {})
	client := {
		"service": service.name,
		"image": object.get(images.names, service.name, ""),
		"name": object.get(consumer, "name", ""),
		"known": service.name in _known,
		"like": object.get(_firsts, service.name, ""),
		"writes": service.name in _writers,
		"needs": [operation | some operation in object.get(client_needs.needs, service.name, set())],
		"may_need": [operation | some operation in _wishes(service.name)],
		"told_by": object.get(client_needs.older, [service.name, "told_by"], object.get(consumer, ["endpoint", "told_by"], [])),
		"unix_only": object.get(client_endpoints.unix_only, service.name, false),
		"older": service.name in client_endpoints.of_older_release,
		"network_mode": object.get(_network_modes, service.name, ""),
		"network_of": service.network_owner,
		"settings": object.get(consumer, ["endpoint", "settings"], ""),
		"form": object.get(consumer, ["endpoint", "form"], "tcp://HOST:PORT"),
		"with": object.get(consumer, ["endpoint", "with"], {}),
		"advice": object.get(consumer, "advice", ""),
	}
]

# _network_modes are, by service that states one, what its network_mode begins with.
_network_modes := {service.name: namespace.mode |
	some service in input.project.services
	some namespace in service.namespaces
	namespace.name == "network"
}

_wishes(client) := object.get(client_needs.wishes, client, set()) - object.get(client_needs.needs, client, set())

# _known are those of which it is known what they need.
_known := {name | some name in _chosen; client_needs.needs[name]}

# _firsts are, by client, the first that needs and may need the same, and asks for it by the same library:
# what holds for one is worked out once.
_firsts := {name: first | some names in _alike; first := min(names); some name in names}

_alike[[client_needs.needs[name], _wishes(name), library]] contains name if {
	some name in _known
	library := object.get(client_needs.libraries, name, {})
}

_writers := {name | some name in _known; fewest_flags.changes(client_needs.needs[name])}

# groups are the clients that are to have a proxy of their own: those that write are kept apart from
# those that read.
groups := [group |
	some writes, members in {false: _known - _writers, true: _known & _writers}
	count(members) > 0
	group := {"writes": writes, "clients": sort(members), "labels": [label | count(_routing & _chosen) > 0; label := "traefik.enable=false"]}
]

# _routing are the services that route to every container that does not refuse it: Traefik, unless it is told not to.
_routing := {name | some name, id in client_needs.known; id == "traefik"} - _told_not_to

_told_not_to contains name if {
	some name, options in traefik.options
	some [at, option] in options
	endswith(option, ".exposedbydefault")
	lower(traefik.values[at]) in {"false", "f", "0"}
}

# proxies are the flags, the profile or the list of each kind for each group. Of clients that are alike the first
# stands for all.
proxies := array.flatten([_by_flags, _by_profiles, _by_lists])

_by_flags := [proxy |
	some kind, name in _offered
	kinds[kind].form == "flags"
	some i, firsts in _firsts_of_groups
	needs := union({client_needs.needs[client] | some client in firsts})
	wishes := union({_wishes(client) | some client in firsts})
	flags := fewest_flags.fewest(name, needs)
	more := fewest_flags.fewest(name, needs | wishes) - flags
	default_on := proxy_setup.flags[name].on & _all_flags[name]
	passing := flag_effects.passing(name, flags | (default_on & more))
	proxy := {
		"kind": kind,
		"group": i,
		"flags": _users(name, flags, client_needs.needs, firsts),
		"more": _users(name, flags | more, client_needs.wishes, firsts),
		"more_flags": [flag | some flag in more],
		"default_on": [flag | some flag in default_on],
		"denied": {client: lacking |
			some client in firsts
			lacking := [operation | some operation in client_needs.needs[client]; not operation in passing]
			count(lacking) > 0
		},
		"operations": count(passing),
		"root": flag_effects.root(name, passing),
		"root_by": [client |
			some client in firsts
			flag_effects.root(name, flag_effects.passing(name, fewest_flags.fewest(name, client_needs.needs[client])))
		],
		"profile": "",
		"rules": [],
	}
]

_by_profiles := [proxy |
	some kind, name in _offered
	kinds[kind].form == "profile"
	some i, firsts in _firsts_of_groups
	asked := union({client_needs.needs[client] | some client in firsts})
	best := min({[_is_more(name, passing, asked), count(asked - passing), count(passing), profile, passing] | some profile, passing in _passing[kind]})
	passing := best[4]
	proxy := {
		"kind": kind,
		"group": i,
		"flags": {}, "more": {}, "more_flags": [], "default_on": [],
		"denied": {client: lacking |
			some client in firsts
			lacking := [operation | some operation in client_needs.needs[client]; not operation in passing]
			count(lacking) > 0
		},
		"operations": count(passing),
		"root": flag_effects.root(name, passing),
		"root_by": [client | some client in firsts; flag_effects.root(name, client_needs.needs[client])],
		"profile": best[3],
		"rules": [],
	}
]

# _passing are, by kind and profile of its newest release, the operations that this lets through.
_passing := {kind: by_profile |
	some kind, proxy in data.composelint.proxies
	proxy.language == "profiles"
	by_profile := {profile: passing |
		some profile, _ in proxy.profiles
		not profile in array.concat([""], object.get(proxy, "former_profiles", []))
		classes := rule_classes.of($"{kind}/{profile}", false)
		passing := {operation | some operation, class in classes.of; classes.classes[class][0][0] == "allow"}
	}
}

# _is_more is 1 of operations that make root on the host where those that are needed do not.
_is_more(name, passing, asked) := 1 if {
	flag_effects.root(name, passing)
	not flag_effects.root(name, asked)
} else := 0

_by_lists := [proxy |
	some kind, name in _offered
	kinds[kind].form in {"variables", "lines"}
	some i, firsts in _firsts_of_groups
	needs := {client: client_needs.needs[client] | some client in firsts}
	asked := union({operations | some operations in needs})
	proxy := {
		"kind": kind,
		"group": i,
		"flags": {}, "more": {}, "more_flags": [], "default_on": [], "denied": {},
		"operations": count(asked),
		"root": flag_effects.root(name, asked),
		"root_by": [client | some client, operations in needs; flag_effects.root(name, operations)],
		"profile": "",
		"rules": allow_lists.rules(needs, {client: _wishes(client) | some client in firsts}),
	}
]

_firsts_of_groups := [sort({_firsts[client] | some client in group.clients}) | some group in groups]

_all_flags := {name: union({flags | some sets in effective_api.flag_sets[name]; some flags in sets}) | some name in _offered}

# _users are, by flag, the clients that use it for operations of theirs.
_users(proxy, flags, operations_of, names) := {flag: users |
	used := {name: _used(proxy, flags, operations_of[name]) | some name in names}
	some flag in flags
	users := [name | some name in names; flag in used[name]]
}

_used(proxy, flags, operations) := {flag |
	some operation in operations
	some enough in effective_api.flag_sets_for(proxy, operation)
	count(enough - flags) == 0
	some flag in enough
}
