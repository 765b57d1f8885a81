# METADATA
# description: |
#   How a service that holds the engine's socket comes to a socket proxy instead: by one that the project has
#   and that lets through what it needs, or by a new one of its own. A plan is one fix: the proxy, an internal
#   network, what tells the service of both, and the socket taken off.
package composelint.proxy_plans

import data.composelint.client_endpoints
import data.composelint.client_needs
import data.composelint.effective_api
import data.composelint.fewest_flags
import data.composelint.flag_effects
import data.composelint.lint
import data.composelint.mounts
import data.composelint.networks
import data.composelint.new_proxies
import data.composelint.outsiders
import data.composelint.possible_attacks
import data.composelint.proxy_admission
import data.composelint.proxy_ports
import data.composelint.proxy_setup
import data.composelint.proxy_trust
import data.composelint.services
import data.composelint.setting_names
import data.composelint.socket_proxies
import data.composelint.zone

# fixes are, by service that holds the socket and may be a client of a proxy, the ways to make it one, or
# why there is none.
fixes := {name: of_service |
	some name, _ in _holders
	of_service := _fixes(name)
}

_holders := {service.name: service |
	some service in input.project.services
	service.name == service.owner
	service.name in mounts.holders
}

_fixes(name) := [lint.by_hand(why)] if {
	why := _why_not[name]
} else := [_plan(name, way) | some way in told(name, _proxies[name])]

# --- what stands in the way, the first thing that does

_why_not := {name: why |
	some name, _ in _holders
	why := _obstacle(name)
}

_obstacle(name) := why if {
	why := _of_network(name)
} else := why if {
	why := _of_sockets(name)
} else := why if {
	why := _of_needs(name)
} else := why if {
	why := _of_endpoint(name)
}

_of_network(name) := "in a swarm a proxy has to be where its client is, on a node that is a manager" if {
	input.config.target == "swarm"
} else := "it is on the host's network, where a proxy has no name" if {
	networks.on_host[name]
} else := $`it has the network of service "{service.network_owner}": move that to the proxy's network` if {
	service := services.by_name[name]
	not service.network_owner in {name, ""}
} else := "it is on no network that a proxy could be on" if {
	count(networks.of[name]) == 0
}

# A directory may bring more than the socket, and one that comes from elsewhere is not the service's own.
_of_sockets(name) := "it mounts a directory, which may have more that it needs: mount the socket alone" if {
	some mount in _holders[name].mounts
	mount.at in mounts.socket_directories
} else := $`it has the socket from service "{mount.from}": take it from there` if {
	some mount in _holders[name].mounts
	mounts.api_sockets[mount.at]
	mount.from != ""
} else := $`service "{min(heirs)}" has the socket from it: give that its own first` if {
	heirs := _heirs[name]
} else := $`the socket is none of Docker's API, for which there are proxies` if {
	count(_sockets[name]) == 0
} else := "it has the sockets of several engines, and each would need a proxy" if {
	count(_sockets[name]) > 1
}

# _heirs are, by service, those that have its socket by volumes_from.
_heirs[mount.from] contains service.name if {
	some service in input.project.services
	some mount in service.mounts
	mount.from != ""
	mounts.api_sockets[mount.at]
}

# _sockets are those of the host that a service holds, as they are best written.
_sockets := {service.name: union({mounted, handed}) |
	some service in input.project.services
	mounted := {written |
		some mount in service.mounts
		mounts.api_sockets[mount.at]
		regex.match(`(docker|podman)\.sock$`, mount.host_path)
		written := regex.replace(mount.host_path, `^/run/docker\.sock$`, "/var/run/docker.sock")
	}
	handed := {"/var/run/docker.sock" | service.use_api_socket == true}
}

_of_needs(name) := $`what it needs of the Docker API is not known: say it by its operations under "roles", "clients" in ".composelint.yaml"` if {
	not client_needs.needs[name]
} else := "it is a socket proxy itself" if {
	socket_proxies.kinds[name]
} else := $`no flag of a socket proxy lets {lacking} through, which it needs: use one that takes expressions` if {
	not _existing[name]
	count(_new[name].denied) > 0
	lacking := concat(", ", [operation | some operation in array.slice(sort(_new[name].denied), 0, 3)])
} else := "what it needs of the Docker API makes root on the host behind a proxy of flags as well: use a proxy that filters the bodies of requests, or a service that needs less" if {
	not _existing[name]
	_new[name].root == true
}

_of_endpoint(name) := "it asks unix sockets alone: it needs a proxy that shares its socket in a volume" if {
	_endpoint(name).unix_only == true
} else := "it asks unix sockets alone in this release: use a newer image" if {
	name in client_endpoints.of_older_release
} else := $`it is told of a proxy {_endpoint(name).settings}` if {
	count(_settings(name)) == 0
	_endpoint(name).settings
} else := "it is told of a proxy in its own file" if {
	count(_settings(name)) == 0
	client_endpoints.told_by[name]
} else := $`how {data.composelint.consumers[client_needs.known[name]].name} is told of a proxy is not known` if {
	count(_settings(name)) == 0
}

_of_endpoint(name) := $`"{_settings(name)[0]}" would tell it, an option of a command that is not in sight` if {
	count(_settings(name)) > 0
	not _endpoint(name).unix_only == true
	count(told(name, {"host": "", "port": 1})) == 0
}

_endpoint(name) := object.get(data.composelint.consumers, [client_needs.known[name], "endpoint"], {})

# _settings are those that tell a service where the API is, the best one first; one that is not known is
# taken to read what most do.
_settings(name) := [setting | some setting in client_endpoints.told_by[name].written; _read_at_all(setting, name)] if {
	client_endpoints.told_by[name]
} else := [] if {
	client_needs.known[name]
} else := ["DOCKER_HOST"]

# A Traefik reads its file, its options or its variables, and no two of these.
_read_at_all("DOCKER_HOST", _)

_read_at_all(setting, name) if {
	setting != "DOCKER_HOST"
	not name in new_proxies.traefiks
}

_read_at_all(setting, name) if {
	services.by_name[name].traefik.file == "no"
	count(_words[name]) > 0
	startswith(setting, "-")
}

_read_at_all(setting, name) if {
	services.by_name[name].traefik.file == "no"
	count(_words[name]) == 0
	not startswith(setting, "-")
}

_words := {service.name: words |
	some service in input.project.services
	words := array.concat(service.entrypoint, service.command)
}

# --- the proxy

_proxies := {name: proxy |
	some name, _ in _holders
	proxy := _proxy(name)
}

_proxy(name) := object.union(_existing[name], {"title": $`put it behind the socket proxy "{_existing[name].host}"{_which_then(_existing[name].more)}{_only_reads(name, _existing[name].passing)}`}) if {
	_existing[name]
} else := {
	"title": $`put it behind a socket proxy, "{host}"{_only_reads(name, _new[name].passing)}`,
	"host": host,
	"network": network,
	"port": new_proxies.port(_new[name]),
	"passing": _new[name].passing,
	"edits": [
		lint.define(service, ["services", host], new_proxies.service(_new[name], network, socket)),
		lint.define(service, ["networks", network], {"internal": true}),
	],
} if {
	service := services.by_name[name]
	socket := min(_sockets[name])
	host := free("docker-proxy")
	network := free("docker-api")
}

# _only_reads says of a service that may change things that it will not.
_only_reads(name, passing) := ", by which it only reads" if {
	count(_changing(object.get(client_needs.wishes, name, set()))) > 0
	count(_changing(passing)) == 0
} else := ""

_which_then(more) := "" if {
	count(more) == 0
} else := $`, with {concat(" and ", [$`"{flag}"` | some flag in more])} set to "1" there`

_new := {name: new_proxies.for_needs(client_needs.needs[name], object.get(client_needs.wishes, name, set())) |
	some name, _ in _holders
	client_needs.needs[name]
	not _existing[name]
}

# free is a name that nothing of the project has: the one, or one with a number.
#     proxy_plans.free("docker-api")
free(name) := name if {
	not name in _taken
} else := [numbered |
	some n in numbers.range(2, count(_taken) + 2)
	numbered := $"{name}-{n}"
	not numbered in _taken
][0]

_taken := union({
	{service.name | some service in input.project.services},
	{service.container_name | some service in input.project.services},
	{network.name | some network in input.project.networks},
	{alias | some service in input.project.services; some attachment in service.networks; some alias in attachment.aliases},
})

# _existing is, by service, a proxy of the project that lets through what it needs, or would with further
# flags. Who only reads gets none that lets changes through.
_existing := {name: best[1] |
	some name, _ in _holders
	needs := client_needs.needs[name]
	best := min({[[count(proxy.more), count(proxy.passing)], proxy] |
		some host, known in _known_proxies
		known.sockets == _sockets[name]
		proxy := _joined(host, known, needs)
		every client in object.get(zone.clients, host, set()) | {name} {
			_may_read(client, proxy.passing)
		}
	})
}

_joined(host, known, needs) := {
	"host": host,
	"network": known.network,
	"port": known.port,
	"more": more,
	"passing": passing,
	"edits": [lint.set(services.by_name[host], ["environment", flag], "1") | some flag in more],
} if {
	more := _more_flags(host, needs)
	passing := flag_effects.passing(host, proxy_setup.flags[host].on | more)
	count(needs - passing) == 0
	count(_changing(passing) - needs) == 0
	flag_effects.root(host, passing) == false
}

# _may_read is true of a client of a proxy that lets that through. One that outsiders reach is told no more than a
# proxy of its own would tell it.
_may_read(client, _) if not outsiders.ways[client]

_may_read(client, passing) if {
	own := new_proxies.for_needs(client_needs.needs[client], object.get(client_needs.wishes, client, set()))
	count((passing & object.keys(data.composelint.prepared.telling)) - own.passing) == 0
}

_more_flags(host, needs) := set() if {
	count(needs - effective_api.allowed[host]) == 0
} else := fewest_flags.fewest(host, needs) - proxy_setup.flags[host].on

_changing(operations) := {operation | some operation in operations; data.composelint.prepared.changing[operation]}

_known_proxies := {service.name: {"network": network, "port": port, "sockets": _sockets[service.name]} |
	some service in socket_proxies.services
	service.name in (proxy_trust.trusted - proxy_setup.replaced)
	proxy_setup.flags[service.name]
	service.network_owner == service.name
	not service.name in (proxy_ports.on_loopback | proxy_ports.sockets_only)
	not proxy_admission.lists[service.name]
	count(possible_attacks.host_root[service.name]) == 0
	ports := proxy_ports.of_api[service.name]
	count(ports) == 1
	some port in ports
	network := min({name | some name in (networks.of[service.name] & networks.known_internal); networks.by_name[name].external == false})
}

# --- the service

_plan(name, told) := lint.unsafe(proxy.title, _risk(name, proxy.passing, told.risk), array.flatten([
	proxy.edits,
	lint.append(service, ["networks"], proxy.network),
	lint.append(service, ["depends_on"], proxy.host),
	told.edits,
	_off[name],
])) if {
	service := _holders[name]
	proxy := _proxies[name]
}

_risk(name, passing, why) := why if {
	why != ""
} else := $`it is refused what it may ask for besides, such as {refused[0]}` if {
	refused := sort(object.get(client_needs.wishes, name, set()) - passing)
	count(refused) > 0
} else := "what it is not known to ask of the Docker API is refused"

# _off are, by service, the edits that take the socket off.
_off := {name: array.concat(sockets, stated) |
	some name, service in _holders
	sockets := [lint.remove(mount) | some mount in service.mounts; mounts.api_sockets[mount.at]]
	stated := [lint.remove_key(service, "use_api_socket") | service.use_api_socket == true]
}

# told are the ways to tell a service of a proxy by its host and port, each some edits: what tells it already,
# else the best setting.
#     proxy_plans.told("logs", {"host": "proxy", "port": 2375})
told(name, proxy) := [{"edits": edits, "risk": ""}] if {
	names := setting_names.docker_api | {trim_left(setting, "-") | some setting in _settings(name)}
	address := client_endpoints.address(name, proxy.host, proxy.port)
	edits := [edit |
		some endpoint in services.by_name[name].endpoints
		endpoint.name in names
		some edit in replaced(name, endpoint.at, endpoint.name, address)
	]
	count(edits) > 0
} else := by_setting(name, proxy)

# by_setting are those by a setting that is not there yet.
#     proxy_plans.by_setting("logs", {"host": "proxy", "port": 2375})
by_setting(name, proxy) := array.concat(by_option(name, proxy), _by_variable(name, proxy))

# replaced are the edits by which the setting that stands at a place tells a service of another address.
#     proxy_plans.replaced("app", "services.app.environment[DOCKER_HOST]", "DOCKER_HOST", "tcp://proxy:2375")
replaced(name, at, setting, address) := [lint.set(service, ["environment", setting], address)] if {
	service := services.by_name[name]
	some variable in service.environment
	variable.at == at
} else := [edit | some edit in option_edits(name, setting, address)]

# setting_edits give an option of a service, or else a variable, another value.
#     proxy_plans.setting_edits("proxy", "SOCKET_PATH", "/docker.sock")
setting_edits(name, setting, value) := [edit | some edit in option_edits(name, setting, value)] if {
	some option in services.by_name[name].options
	option.name == setting
} else := [lint.set(services.by_name[name], ["environment", setting], value) | services.by_name[name]]

# option_edits give an option of a service's command another value.
#     proxy_plans.option_edits("edge", "api.insecure", "false")
option_edits(name, stated, value) := {lint.replace(word, $"{option}={value}") |
	some word in _words[name]
	[option, _] := split(word.value, "=")
	trim_left(option, "-") == stated
} | {edit |
	some i, word in _words[name]
	startswith(word.value, "-")
	trim_left(word.value, "-") == stated
	edit := _behind(word, array.slice(_words[name], i + 1, i + 2), value)
}

# A word behind an option that is none itself is its value.
_behind(word, behind, value) := lint.replace(next, value) if {
	[next] := [next | some next in behind; not next.value in _options]
} else := lint.replace(word, $"{word.value}={value}")

_options := {word.value | some words in _words; some word in words; startswith(word.value, "-")}

# by_option are those by an option, which goes where its like are: a program that reads its command reads
# nothing else, perhaps.
#     proxy_plans.by_option("logs", {"host": "proxy", "port": 2375})
by_option(name, proxy) := [{"edits": [lint.append(services.by_name[name], ["command"], $"{option}={address}")], "risk": ""} |
	options := [setting | some setting in _settings(name); regex.match(`^-.{2}`, setting)]
	option := [option | some option in options; _has_like(name, option)][0]
	address := client_endpoints.address(name, proxy.host, proxy.port)
]

_has_like(name, _) if {
	count(_words[name]) == 0
	_endpoint(name).no_command == true
}

_has_like(name, option) if {
	parts := split(trim_left(option, "-"), ".")
	group := concat(".", array.slice(parts, 0, count(parts) - 1))
	some stated in services.by_name[name].options
	_begins(lower(stated.name), group)
}

_begins(_, "")

_begins(name, group) if name == group

_begins(name, group) if startswith(name, $"{group}.")

_by_variable(name, proxy) := [{"edits": edits, "risk": _hope(name)} |
	settings := object.union(
		{variable(name): client_endpoints.address(name, proxy.host, proxy.port)},
		client_endpoints.with_it(name, proxy.host, proxy.port),
	)
	edits := [lint.set(services.by_name[name], ["environment", setting], value) | some setting, value in settings]
]

# variable is the one that tells a service best: the first that it is told by, else one that goes before the others.
#     proxy_plans.variable("logs")
variable(name) := array.flatten([[first | some first in variables; first == _settings(name)[0]], preferred, variables])[0] if {
	variables := [setting | some setting in _settings(name); not startswith(setting, "-")]
	preferred := [setting | some setting in variables; lower(setting) in object.get(client_endpoints.told_by, [name, "first"], set())]
}

_hope(name) := "" if {
	client_needs.known[name]
} else := "it has to read DOCKER_HOST, as most programs do"
