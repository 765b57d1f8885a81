# METADATA
# description: |
#   What a project shows of the controls of standards, whatever the findings: a control passes only where
#   all that it is about was looked at, and where nothing is left that a file does not show.
package composelint.control_evidence

import data.composelint.images
import data.composelint.mounts
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
	left := array.flatten([_left(control), _allowed(control), _unstated(control, kind)])
	count(left) > 0
} else := {"verdict": "pass", "says": []}

# _refused are, by kind, what will not run as it was judged.
_refused[kind] := "docker compose would refuse the project" if {
	count(input.problems) > 0
	some kind, _ in _kinds
	kind != "engine"
}

_refused.engine := "dockerd would refuse its configuration" if count(input.daemon.problems) > 0

_number("not judged", _) := 0

_number(verdict, kind) := count(_subjects[kind]) if verdict != "not judged"

# _given is what a configuration says that some controls need.
_given contains "registries" if count(input.config.registries) > 0

_given contains "daemon" if input.daemon

_kinds := {"service": "service", "image": "service whose image is pulled", "build": "service that is built", "overlay network": "overlay network", "engine": "configuration of the engine"}

_subjects := {
	"service": {service.at | some service in input.project.services},
	"image": {service.at |
		some service in input.project.services
		service.name in _images
	},
	"build": {service.at | some service in input.project.services; not service.built == false},
	"overlay network": {network.at |
		some network in input.project.networks
		not network.name in _known_others
	},
	"engine": {at | at := input.daemon.at},
}

_images := images.pulled | _images_unknown

_images_unknown := {service.name | some service in input.project.services} - {service.name |
	some service in input.project.services
	is_object(service.image)
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

_open_says[open.place] contains $`"{open.attribute}" of {open.called} depends on "{open.variable}"` if some open in _opens

_open_says[at] contains $"the base of {_by_at[at].called} is not here" if some at in _incomplete

_opens contains open if {
	some unknown in input.unknown
	service := _by_at[unknown.at]
	open := {"place": $"{unknown.at}.{unknown.key}", "attribute": unknown.key, "subject": unknown.at, "called": service.called, "variable": unknown.variable}
}

_opens contains open if {
	some unknown in input.unknown
	not _by_at[unknown.at]
	some [_, name, attribute] in regex.find_all_string_submatch_n(_attribute, unknown.at, 1)
	service := services.by_name[name]
	open := {"place": $"{service.at}.{attribute}", "attribute": attribute, "subject": service.at, "called": service.called, "variable": unknown.variable}
}

_opens contains open if {
	some unknown in input.unknown
	some [_, name, attribute] in regex.find_all_string_submatch_n(`^networks\.([^\[]+?)(?:\.(driver_opts)(?:\[.*)?)?$`, unknown.at, 1)
	key := _or(attribute, unknown.key)
	open := {"place": $"networks.{name}.{key}", "attribute": key, "subject": $"networks.{name}", "called": $`network "{name}"`, "variable": unknown.variable}
}

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
	some service in input.project.services
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
