# METADATA
# description: |
#   What several rules share: the forms of a finding, and who is who in a project.
#
#   What is looked up by name is a complete rule: OPA evaluates a partial one anew for each
#   name. With networks_of as a partial rule, docker-host-missing took 109 seconds over 4,000
#   services instead of 0.3.
package composelint.lint

import data.composelint.prepared

# on is a finding about a node of the model.
on(node, message) := {"at": node.at, "message": message}

# on_key is a finding about one value of a node.
on_key(node, key, message) := {"at": node.at, "key": key, "message": message}

# with_severity states a finding's severity where it can be below that of the METADATA.
with_severity(finding, severity) := object.union(finding, {"severity": severity})

# with_related adds further places to a finding, each an at with a label.
with_related(finding, related) := object.union(finding, {"related": related})

# with_path adds the way of an attack to a finding, from its entry to what it reaches: each
# step an at with a label.
with_path(finding, path) := object.union(finding, {"path": path})

# absence is the findings of a rule about what services lack, given a message for each by
# name. In the API zone, and everywhere when strict, that is a warning a service. Elsewhere
# it is one note a project, at the first service, which says of all what summary says.
absence(lacking, summary) := alone | together if {
	services := [service | some service in input.project.services; lacking[service.name]]
	alone := {on(service, lacking[service.name]) | some service in services; _judged_alone(service.name)}
	others := [service | some service in services; not _judged_alone(service.name)]
	together := {with_severity(finding, "note") | some finding in _one_finding(others, lacking, summary)}
}

_judged_alone(name) if name in api_zone

_judged_alone(_) if input.config.strict == true

_one_finding(services, _, _) := set() if count(services) == 0

_one_finding(services, lacking, _) := {on(services[0], lacking[services[0].name])} if count(services) == 1

_one_finding(services, _, summary) := {with_related(on(services[0], message), related)} if {
	count(services) > 1
	kinds := {_kinds_of[service.name] | some service in services}
	message := $"{count(services)} {_plural(kinds)} {summary}"
	others := array.slice(services, 1, count(services))
	related := [{"at": service.at, "label": _called[service.name]} | some service in others]
}

_kinds_of := {service.name: service.kind | some service in input.project.services}

_called := {service.name: service.called | some service in input.project.services}

_plural(kinds) := $"{min(kinds)}s" if {
	count(kinds) == 1
} else := "services and jobs"

# image_names are, by service, the last two elements of the image's path: what a registry or a
# mirror puts before them makes no other image.
image_names := {service.name: name |
	some service in input.project.services
	some name in regex.find_n(`[^/]+(/[^/]+)?$`, service.image.repository, 1)
}

# proxies are the services that are a socket proxy, with its kind: by the image, or by what
# the configuration says.
proxies := object.union_n([_sold_as, _older, _named])

_sold_as := {service: kind |
	some service, image in image_names
	kind := prepared.kinds[image]
}

_older := {service.name: era.kind |
	some service in input.project.services
	some era in data.composelint.proxies[_sold_as[service.name]].eras
	regex.match(era.tags, service.image.tag)
}

_named := {role.service: role.kind | some role in input.config.roles.proxies; services[role.service]}

# proxy_services are those services in the order of the file: few of all that there are.
proxy_services := [service | some service in input.project.services; proxies[service.name]]

# api_sockets are the mounts, by their at, that hand an engine's API socket to a service,
# with the road that it takes as a phrase.
api_sockets := {mount.at: road |
	some service in input.project.services
	some mount in service.mounts
	form := _api_paths[mount.host_path]
	what := $`{form.before}"{mount.source}"{form.after}`
	road := _road(what, mount.from, mount.type, mount.volume)
}

_road(what, from, type, volume) := $`gets {what} from service "{from}" by volumes_from` if {
	from != ""
} else := $`gets {what} as a {type}` if {
	type in {"secret", "config"}
} else := $`mounts {what} by the volume "{volume}"` if {
	volume != ""
} else := $`mounts {what}`

_api_paths := object.union(_files, _directories)

_files := {path: what |
	some path in _host_paths
	engine := _engine(path)
	what := {"before": $`the {engine} API socket `, "after": ""}
}

_directories := {path: what |
	some path in _host_paths
	_holds_socket(path)
	what := {"before": "", "after": " with the API socket in it"}
}

_host_paths := {mount.host_path |
	some service in input.project.services
	some mount in service.mounts
}

_engine(path) := data.composelint.sockets.files[path].engine

_engine(path) := socket.engine if {
	regex.match(prepared.patterns.any_socket, path)
	some socket in data.composelint.sockets.patterns
	regex.match(socket.pattern, path)
}

_holds_socket(path) if prepared.above_sockets[path]

_holds_socket(path) if regex.match(prepared.patterns.any_socket_directory, path)

# directory_mounts are those of api_sockets, by their at, that bring a directory.
directory_mounts := {mount.at |
	some service in input.project.services
	some mount in service.mounts
	_directories[mount.host_path]
}

# read_only_mounts are the mounts, by their at, that are known to be read-only.
read_only_mounts := {mount.at |
	some service in input.project.services
	some mount in service.mounts
	mount.read_only == true
}

# writable_mounts are the mounts, by their at, that are known to be writable.
writable_mounts := {mount.at |
	some service in input.project.services
	some mount in service.mounts
	mount.read_only == false
}

# even_read_only says of a mount that being read-only does not help, where it is.
even_read_only(at) := " even read-only" if {
	at in read_only_mounts
} else := ""

# clients are the services that point at a proxy, or a hook of which does, by the proxy's name.
clients[proxy] contains service.owner if {
	some service in input.project.services
	some endpoint in service.endpoints
	some proxy in endpoint.services
	proxies[proxy]
	proxy != service.owner
}

clients[proxy] contains service.owner if {
	some service in input.project.services
	some endpoint in service.endpoints
	endpoint.path != ""
	some mount in service.mounts
	startswith(endpoint.path, concat("", [mount.target, "/"]))
	some proxy in proxy_volumes[mount.volume]
	proxy != service.owner
}

# proxy_volumes are the named volumes that a proxy can share its filtered socket by, with
# the proxies' names.
proxy_volumes := _mounted_by_proxies

_mounted_by_proxies[mount.volume] contains service.name if {
	some service in proxy_services
	some mount in service.mounts
	mount.volume != ""
	mount.host_path == ""
}

# declared_clients are the services that point at some proxy.
declared_clients := {name | some names in clients; some name in names}

# api_zone is the services that the Docker API is within reach of: proxies, declared
# clients, holders of an API socket.
api_zone := ({name | some name, _ in proxies} | declared_clients) | holders

# holders are the services that hold an API socket, or a hook of which does.
holders contains service.owner if {
	some service in input.project.services
	some mount in service.mounts
	api_sockets[mount.at]
}

holders contains service.owner if {
	some service in input.project.services
	service.use_api_socket == true
}

# names_docker_api is true of the variables and options that say where the Docker API is.
names_docker_api(name) if name in docker_api_names

# docker_api_names are those of setting_names that say so.
docker_api_names := {name |
	some name in setting_names
	_names_docker_api(lower(name))
}

# setting_names are the names of all settings: a project has few and uses them often.
setting_names := union({names | some _, names in names_of})

# names_of are the names of each service's variables and options, by which it is looked for in
# them.
names_of := {service.name: names |
	some service in input.project.services
	names := {setting.name | some setting in array.concat(array.concat(service.environment, service.options), service.endpoints)}
}

_names_docker_api(name) if data.composelint.endpoints.names[name]

_names_docker_api(name) if regex.match(prepared.patterns.any_endpoint, name)

# services are the services by name.
services := {service.name: service | some service in input.project.services}

# networks are the networks by name.
networks := {network.name: network | some network in input.project.networks}

# internal_networks are the names of those that are known to be internal.
internal_networks := {network.name | some network in input.project.networks; network.internal == true}

# open_networks are the names of those that are known not to be.
open_networks := {network.name | some network in input.project.networks; network.internal == false}

# host_networks are the names of those that are the host's own.
host_networks contains network.name if {
	some network in input.project.networks
	network.external == true
	network.engine_name == "host"
}

host_networks contains network.name if {
	some network in input.project.networks
	network.driver == "host"
}

# networks_of are the names of the networks that each service is on: its own, or those of the
# service whose network namespace it uses.
networks_of := {service.name: names |
	some service in input.project.services
	names := object.get(_attached, service.network_owner, _attached[service.name])
}

_attached := {service.name: names |
	some service in input.project.services
	names := {attachment.name | some attachment in service.networks}
}

# lone_neighbours are, by the name of an internal network with a proxy, the one other service
# on it, unless it points at a proxy or a proxy at it: it can only be there for this one.
lone_neighbours := {network: name |
	some network, names in _neighbours
	count(names) == 1
	some name in names
	not name in declared_clients
	not name in _all_upstreams
}

_neighbours[network] contains service.owner if {
	some service in input.project.services
	not proxies[service.owner]
	not service.network_owner in _proxy_namespaces
	some network in networks_of[service.name]
	network in _internal_with_proxy
}

_proxy_namespaces := {service.network_owner | some service in input.project.services; proxies[service.name]}

_internal_with_proxy := {network | some name, _ in proxies; some network in networks_of[name]} & internal_networks

# upstreams are the services that a proxy itself points at, such as an engine of its own, by
# the proxy's name.
upstreams := {service.name: names |
	some service in proxy_services
	names := {name |
		some endpoint in service.endpoints
		some name in endpoint.services
		name != service.name
	}
}

_all_upstreams := {name | some names in upstreams; some name in names}

# extra_attachments are the attachments of proxies, or of those whose network namespace they
# use, by their at, that no declared client needs, nor what the proxy itself points at. A
# client needs the best of the networks that it shares with the proxy: internal before unknown
# before open, then the first by name. An internal network stays as long as a client needs one
# that is not; so does the network of a lone neighbour.
extra_attachments := {attachment.at |
	some service in input.project.services
	needed := _needed[service.name]
	some attachment in services[service.network_owner].networks
	not attachment.name in needed
	not lone_neighbours[attachment.name]
	not attachment.name in _expected_networks
	_worse(attachment.name, needed)
}

_expected_networks := {name | some name in input.config.roles.networks}

_needed := {proxy: names |
	some proxy, of_proxy in clients
	names := {best[1] |
		some partner in (of_proxy | upstreams[proxy])
		best := min({[_rank(network), network] | some network in (networks_of[proxy] & networks_of[partner])})
	}
	count(names) > 0
}

_worse(network, _) if not network in internal_networks

_worse(_, needed) if count(needed - internal_networks) == 0

_rank(network) := 0 if {
	network in internal_networks
} else := 2 if {
	network in open_networks
} else := 1

# proxy_ports are those of the proxies that nothing in sight makes listen elsewhere: no variable
# or option for it, no mounted file besides the API socket.
proxy_ports := {name: kind.port |
	some name, kind_name in proxies
	kind := data.composelint.proxies[kind_name]
	not name in moved_ports
	not name in _with_files
}

# moved_ports are the proxies that a variable or an option makes listen on a port of its own.
moved_ports contains service.name if {
	some service in proxy_services
	kind := data.composelint.proxies[proxies[service.name]]
	some variable in service.environment
	variable.name in kind.port_variables
}

moved_ports contains service.name if {
	some service in proxy_services
	kind := data.composelint.proxies[proxies[service.name]]
	some option in service.options
	option.name in kind.port_options
}

_with_files contains service.name if {
	some service in proxy_services
	some mount in service.mounts
	mount.type != "tmpfs"
	not api_sockets[mount.at]
}

# pointed are the services that something may point at a Docker API, whatever it is.
pointed contains service.owner if {
	some service in input.project.services
	count(names_of[service.name] & docker_api_names) > 0
}

pointed contains service.owner if {
	some service in input.project.services
	values := {variable.value | some variable in service.environment}
	count(values & object.keys(proxies)) > 0
}

pointed contains service.owner if {
	some service in input.project.services
	some mount in service.mounts
	proxy_volumes[mount.volume]
}

# named_clients are the services that the configuration calls clients, of which the project does
# not show at what they point.
named_clients := {role.service | some role in input.config.roles.clients} - declared_clients

# configured_elsewhere are the services whose endpoint can stand in a mounted file, in a file of
# variables that is not there, or in the application's own settings.
configured_elsewhere contains service.owner if {
	some service in input.project.services
	some mount in service.mounts
	_may_bring_files(mount.at, mount.type)
	some pattern in data.composelint.endpoints.configuration_file.targets
	regex.match(pattern, mount.target)
}

configured_elsewhere contains service.owner if {
	some service in input.project.services
	service.environment_incomplete == true
}

configured_elsewhere contains service.owner if {
	some service in input.project.services
	data.composelint.endpoints.settings.repositories[image_names[service.name]]
}

_may_bring_files(_, type) if type in {"bind", "config", "secret"}

# What depends on a variable that nobody set may be a path.
_may_bring_files(at, _) if not at in _known_sources

_known_sources contains mount.at if {
	some service in input.project.services
	some mount in service.mounts
	is_string(mount.host_path)
}

# settled are the proxies whose clients are told of them in an application's own settings.
settled := {name | some name, kind in proxies; data.composelint.proxies[kind].settings == true}

# ci_runners are the services that start the jobs of others by the API that they are given,
# with the runner's name. Some images run an engine of their own for that.
ci_runners := {service.name: runner.name |
	some service in input.project.services
	runner := _runner_of(image_names[service.name])
	not service.name in _with_own_engine
}

_runner_of(image) := data.composelint.ci_runners.runners[prepared.ci_runner_of[image]]

_with_own_engine contains service.name if {
	some service in input.project.services
	some part in _runner_of(image_names[service.name]).own_engine
	contains(service.image.tag, part)
}
