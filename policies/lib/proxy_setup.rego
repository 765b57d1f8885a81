# METADATA
# description: |
#   How each socket proxy is set up: which flags are on, which profile it has, how old it is, and
#   whether its rules were replaced.
package composelint.proxy_setup

import data.composelint.eras
import data.composelint.lookalikes
import data.composelint.operations
import data.composelint.proxy_trust
import data.composelint.services
import data.composelint.socket_proxies

# flags are the flags of a proxy that are on, and those that are off, by the image's defaults
# and the service's environment. What is in neither set is not known.
flags := object.union(_of_variables, _of_options)

_of_options := {name: {"on": on_flags, "off": off_flags} |
	some name, proxy in socket_proxies.facts
	proxy.language == "options"
	service := services.by_name[name]
	on_flags := {option.value | some option in service.options; option.name == proxy.flag_option}
	off_flags := {rule["if"] | some rule in proxy.rules} - on_flags
}

_of_variables := {name: {"on": on_flags, "off": off_flags} |
	some name, proxy in socket_proxies.facts
	proxy.language == "flags"
	truth := data.composelint.truth[proxy.truth]
	service := services.by_name[name]
	given := {variable.name: variable.value | some variable in service.environment}
	unknown := {variable.name | some variable in service.environment} - object.keys(given)
	in_force := object.union(_left(proxy.variables, unknown, service.environment_incomplete), given)
	gate := object.get(proxy, "gate", "")
	on_gate := {gate | regex.match(truth.gate, in_force[gate])}
	on_flags := on_gate | {flag | some flag, value in in_force; flag != gate; regex.match(truth.flag, value)}
	off_flags := object.keys(in_force) - on_flags
}

# _left are the image's own values, as far as they can be in force.
_left(_, _, true) := {}

_left(variables, unknown, false) := object.remove(variables, unknown)

# assumed are the proxies that are judged by the newest rules of their kind, since their tag
# does not say which they have.
assumed := {name | some name, kind in socket_proxies.kinds; data.composelint.proxies[kind].eras} - (_dated | newer)

# newer are those whose tag is of a release that came after the newest one that is known, whose rules
# are taken. An image that only the configuration calls a proxy counts its releases itself.
newer contains service.name if {
	some service in socket_proxies.services
	not socket_proxies.named[service.name]
	eras.newer(data.composelint.proxies[socket_proxies.kinds[service.name]], service.image.tag)
}

_dated := object.keys(socket_proxies.era_of) | _current

_current contains service.name if {
	some service in socket_proxies.services
	regex.match(data.composelint.proxies[socket_proxies.kinds[service.name]].current, service.image.tag)
}

# replaced are the proxies whose rules somebody has replaced by a mounted configuration or a
# command of their own, or that are not trusted to be what they are called: nothing is known of
# them.
replaced contains name if {
	some name, _ in socket_proxies.kinds
	not name in proxy_trust.trusted
}

replaced contains name if {
	some name, proxy in socket_proxies.facts
	some pattern in proxy.configured_by
	service := services.by_name[name]
	some mount in service.mounts
	regex.match(pattern, mount.target)
}

replaced contains name if {
	some name, proxy in socket_proxies.facts
	some setting in array.concat(object.get(proxy, "configured_by_options", []), object.get(proxy, "configured_by_variables", []))
	setting in names[name]
}

replaced contains name if {
	some name, proxy in socket_proxies.facts
	proxy.language == "flags"
	not lookalikes.kinds[name] # which their command tells
	service := services.by_name[name]
	count(service.entrypoint) + count(service.command) > 0
}

# profiles are those that proxies have by the values of their variables, empty where a proxy has
# none: it may be none of those that its image has.
profiles := object.union(
	{name: proxy.variables[variable] |
		some name, proxy in socket_proxies.facts
		variable := proxy.profile_variable
		not variable in names[name]
		services.by_name[name].environment_incomplete == false
	},
	{name: value |
		some name, proxy in socket_proxies.facts
		some [variable, value] in values[name]
		variable == proxy.profile_variable
	},
)

# values are, by proxy, its variables and options with their values, as far as these are known.
values := {name: stated |
	some name, _ in socket_proxies.kinds
	service := services.by_name[name]
	stated := {[setting.name, setting.value] | some setting in array.concat(service.environment, service.options)}
}

# valueless are the names of those whose value is not known.
valueless := {name: unknown |
	some name, of_proxy in names
	unknown := of_proxy - {known | some [known, _] in values[name]}
}

# names are those of the variables and options of each proxy.
names := {name: of_proxy |
	some name, _ in socket_proxies.kinds
	service := services.by_name[name]
	of_proxy := {setting.name | some setting in array.concat(service.environment, service.options)}
}

# in_force are the values that count of settings which say the same: those of the options, or else
# of the first of the variables that its release reads. One that is not known is null, and one that is
# empty says nothing.
#     proxy_setup.in_force("proxy", ["socketpath"], ["SP_SOCKETPATH"])
in_force(proxy, options, variables) := [found | some found in array.concat([of_options], of_variables); count(found) > 0][0] if {
	of_options := _values_of(proxy, options)
	of_variables := [_values_of(proxy, [variable]) | some variable in _read(proxy, variables)]
} else := set()

_values_of(proxy, settings) := {value |
	some [setting, value] in values[proxy]
	setting in settings
	value != ""
} | {null | some setting in settings; setting in valueless[proxy]}

# value_in_force is the one value that counts of such settings, or else what is usual; there is none
# where it is not known.
#     proxy_setup.value_in_force("proxy", [], ["SOCKET_PATH"], "/var/run/docker.sock")
value_in_force(proxy, options, variables, usual) := value if {
	found := in_force(proxy, options, variables)
	count(found) == 1
	some value in found
	is_string(value)
} else := usual if {
	count(in_force(proxy, options, variables)) == 0
}

# called is the name by which to say something to a proxy, of settings which say the same: the one that is
# stated, else the first variable that its release reads, else the first option.
#     proxy_setup.called("proxy", ["socketpath"], ["SP_SOCKETPATH"])
called(proxy, options, variables) := array.flatten([stated, read, options])[0] if {
	read := _read(proxy, variables)
	stated := [setting | some setting in array.concat(options, read); setting in names[proxy]]
}

_read(proxy, variables) := [variable | some variable in variables; not variable in object.get(_lacked, proxy, [])]

# _lacked are, by proxy of an older release, the variables that this does not have yet.
_lacked := {name: data.composelint.proxies[socket_proxies.kinds[name]].eras[i].without | some name, i in socket_proxies.era_of}

# firsts are the proxies but for those that are set up as one before them: what one lets through, the
# other does as well. It is worked out for these alone, and spread.
firsts := {first | some first in _first_alike}

# spread is what is known by first proxy, by proxy.
#     proxy_setup.spread({"proxy": "what is known of it"})
spread(of_firsts) := {name: of_firsts[first] | some name, first in _first_alike}

_first_alike := {name: first | some alike in _alike; first := min(alike); some name in alike}

_alike[[kind, replaced_, podman, _alone(name, kind), set_up]] contains name if {
	some name, kind in socket_proxies.kinds
	replaced_ := name in replaced
	podman := name in operations.before_podman
	service := services.by_name[name]
	set_up := {
		"tag": {tag | tag := service.image.tag},
		"variables": {variable.name | some variable in service.environment},
		"values": {[variable.name, variable.value] | some variable in service.environment},
		"incomplete": service.environment_incomplete,
		"options": {option.name | some option in service.options},
		"option_values": {[option.name, option.value] | some option in service.options},
	}
}

# _alone is the name of a proxy of which more counts than its own settings: those of its clients, or
# what stands behind it.
_alone(name, kind) := name if {
	data.composelint.proxies[kind].language in {"methods", "rules"}
} else := name if {
	count(socket_proxies.upstreams[name]) > 0
} else := ""
