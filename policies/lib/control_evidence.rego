# METADATA
# description: |
#   What a project shows of the controls of standards, whatever the findings: a control passes only where
#   all that it is about was looked at, and where nothing is left that a file does not show.
package composelint.control_evidence

import data.composelint.images
import data.composelint.mounts
import data.composelint.published
import data.composelint.services
import data.composelint.socket_proxies

# of is, by the control's name, the verdict while no rule finds anything, how many of what were looked at by
# which attributes, and why the verdict is no pass.
of[name] := evidence if {
	some name, control in _controls
	kind := object.get(control, "of", "service")
	because := _because(control, kind)
	evidence := {
		"verdict": because.verdict,
		"judged": _number(because.verdict, kind),
		"of": kind,
		"by": object.get(control, "judges", []),
		"because": because.says,
	}
}

_controls[$"{standard.id}/{control.id}"] := control if {
	some standard in data.composelint.standards.standards
	some control in standard.controls
}

_because(control, kind) := {"verdict": "not judged", "says": [$"needs {data.composelint.standards.needs[control.needs]}"]} if {
	control.needs
	not object.get(control, "unless", "") in _given
} else := {"verdict": "unknown", "says": [_refused[kind]]} if {
	_refused[kind]
} else := {"verdict": "not applicable", "says": [concat(" ", ["there is no", _kinds[kind]])]} if {
	count(_subjects[kind]) == 0
} else := {"verdict": "unknown", "says": unknown} if {
	unknown := _unknown(control, kind)
	count(unknown) > 0
} else := {"verdict": "partly", "says": left} if {
	left := array.flatten([_left(control), _allowed(control), _exempt(control), _unstated(control, kind)])
	count(left) > 0
} else := {"verdict": "pass", "says": []}

# _refused are, by kind, what will not run as it was judged.
default _refused := {}

_refused := {kind: "dockerd would refuse its configuration" | some kind, _ in _kinds} if {
	count(input.daemon.problems) > 0
} else := {kind: "docker compose would refuse the project" | some kind, _ in _kinds; kind != "engine"} if {
	count(input.problems) > 0
}

_number("not judged", _) := 0

_number(verdict, kind) := count(_subjects[kind]) if verdict != "not judged"

# _given is what a configuration says that some controls need.
_given contains "registries" if count(input.config.registries) > 0

_given contains "daemon" if input.daemon

_kinds := {"service": "service", "image": "service whose image is pulled", "build": "service that is built", "overlay network": "overlay network", "engine": "configuration of the engine"}

_subjects := {
	"service": {service.at | some service in _containers},
	"image": {service.at |
		some service in _containers
		service.name in _images
	},
	"build": {service.at | some service in _containers; not service.built == false},
	"overlay network": {network.at |
		some network in input.project.networks
		not network.name in _known_others
	},
	"engine": {at | at := input.daemon.at},
}

# A hook states what is its own, and has the rest of its service; a provider is no container.
_containers := [service |
	some service in input.project.services
	service.kind in {"service", "job"}
	not service.name in _provided
]

_provided := {service.name | some service in input.project.services; is_object(service.provider)}

_images := images.pulled | ({service.name | some service in input.project.services} - _images_known)

_images_known := {service.name | some service in input.project.services; is_object(service.image)} | {service.name |
	some service in input.project.services
	service.built == true
}

_known_others := {network.name | some network in input.project.networks; network.driver != "overlay"}

# --- what is not known

# _unknown are the first of the values that leave a control open, and how many more there are.
_unknown(control, kind) := array.concat(array.slice(found, 0, _most), more) if {
	places := {at |
		some attribute in control.judges
		some at in _open_values[attribute]
		_subjects[kind][_open_subjects[at]]
	} | {at | some at in _incomplete; not kind in {"overlay network", "engine"}}
	found := [says | some at in places; some says in _open_says[at]]
	more := [$"and {count(found) - _most} more" | count(found) > _most]
}

_most := 3

# _open_values are, by attribute, the places of values that depend on a variable; _open_subjects whose they
# are, and _open_says what is to be said of each.
_open_values[open.attribute] contains open.place if some open in _opens

_open_subjects[open.place] := open.subject if some open in _opens

_open_says[open.place] contains open.says if some open in _opens

_open_says[at] contains $"the base of {_by_at[at].called} is not here" if some at in _incomplete

_opens contains open if {
	some unknown in input.unknown
	service := _by_at[unknown.at]
	open := _open(service, unknown.key, $`"{unknown.key}" of {service.called} depends on "{unknown.variable}"`)
}

_opens contains open if {
	some unknown in input.unknown
	not _by_at[unknown.at]
	some [_, name, attribute] in regex.find_all_string_submatch_n(_attribute, unknown.at, 1)
	service := services.by_name[name]
	open := _open(service, attribute, $`"{attribute}" of {service.called} depends on "{unknown.variable}"`)
}

_opens contains open if {
	some unknown in input.unknown
	some [_, name, attribute] in regex.find_all_string_submatch_n(`^networks\.([^\[]+?)(?:\.(driver_opts)(?:\[.*)?)?$`, unknown.at, 1)
	key := _or(attribute, unknown.key)
	open := _open({"at": $"networks.{name}"}, key, $`"{key}" of network "{name}" depends on "{unknown.variable}"`)
}

# What is not of the project may be anything.
_opens contains _open(network, "driver", $`network "{network.name}" is external`) if {
	some network in input.project.networks
	network.external == true
}

_opens contains _open(service, "volumes", $`volume "{mount.volume}" of {service.called} is external`) if {
	some service in input.project.services
	some mount in service.mounts
	mount.volume in _external_volumes
}

_opens contains _open(service, "volumes_from", $`{service.called} has the volumes of the container "{source.of}", which is not of the project`) if {
	some service in input.project.services
	some source in service.volumes_from
	source.service == ""
}

_opens contains _open(service, _attribute_of[namespace.name], $`{service.called} joins the container "{namespace.of}", which is not of the project`) if {
	some service in input.project.services
	some namespace in service.namespaces
	namespace.mode == "container"
	namespace.joined == ""
}

_opens contains _open(_by_at[_owner(missing.at)], "env_file", $`the file "{missing.file}" is not here`) if {
	some missing in input.missing
	missing.kind == "env_file"
}

# docker stack deploy goes by deploy alone.
_opens contains _open(service, attribute, $`docker stack deploy {does} "{attribute}" of {service.called}`) if {
	input.config.target == "swarm"
	some service in input.project.services
	some [attribute, does] in _otherwise[service.name]
}

_external_volumes := {volume.name | some volume in input.project.volumes; volume.external == true}

_owner(at) := regex.replace(at, `\.env_file(\[.*)?$`, "")

_attribute_of := {"network": "network_mode", "pid": "pid", "ipc": "ipc"}

_otherwise[service.name] contains ["security_opt", "ignores"] if {
	some service in input.project.services
	count(service.security_options) > 0
}

_otherwise[service.name] contains ["mem_limit", "refuses"] if {
	some service in input.project.services
	service.limits.memory > service.deploy.limits.memory
}

_otherwise[service.name] contains ["cpus", "refuses"] if {
	some service in input.project.services
	service.limits.cpus > service.deploy.limits.cpus
}

_otherwise[service.name] contains ["pids_limit", "refuses"] if {
	some service in input.project.services
	service.limits.pids > service.deploy.limits.pids
}

_open(node, attribute, says) := {"place": $"{node.at}.{attribute}", "attribute": attribute, "subject": node.at, "says": says}

_or("", key) := key

_or(attribute, _) := attribute if attribute != ""

_attribute := $`^services\.([^\[]+?)\.({concat("|", _attributes)})(?:$|[\[.])`

_attributes contains attribute if {
	some control in _controls
	some attribute in control.judges
}

_by_at := {service.at: service | some service in input.project.services}

# _incomplete are the services of which a base is not here.
_incomplete contains service.at if {
	some service in _containers
	service.complete == false
}

# --- what a file does not show

_left(control) := [left | left := control.left]

# _allowed says which socket proxies hold what a control wants nobody to hold.
_allowed(control) := array.concat(
	[$`the socket proxy "{name}" holds the socket, as it must` | some name in array.slice(_holders, 0, _most)],
	[$"so do {count(_holders) - _most} more" | count(_holders) > _most],
) if {
	control.holders
} else := []

_exempt(control) := [`ports 80 and 443 of web servers and reverse proxies count as meant for everybody`] if {
	control.exempt
	count(published.web_edges) > 0
} else := []

# _unstated says of a control of the engine that no key decides it: what is a key of the file is no flag as
# well, since dockerd refuses both.
_unstated(control, "engine") := ["no key of it is stated, and a flag of dockerd may say otherwise"] if {
	not _states(control.judges)
} else := []

_unstated(_, kind) := [] if kind != "engine"

_states(keys) if {
	some key in keys
	key in input.daemon.stated
}

_holders := [name | some name in {service.name |
	some service in socket_proxies.services
	some mount in service.mounts
	mounts.api_sockets[mount.at]
}]
