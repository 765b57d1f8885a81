# METADATA
# description: |
#   What each socket proxy refuses in the bodies of requests, besides its rules on methods and
#   paths.
package composelint.body_filters

import data.composelint.proxy_setup
import data.composelint.services
import data.composelint.socket_proxies

# refused are, by proxy, what it refuses: what its filter covers while it is in force
# and nothing opens it again.
refused := {name: filter.surely | some name, filter in _filters}

# perhaps_refused are what it may refuse as well: that depends on a value that is not known.
perhaps_refused := {name: filter.perhaps | some name, filter in _filters}

_filters := {name: {"surely": surely, "perhaps": perhaps} |
	some name, kind in socket_proxies.facts
	filter := kind.body_filter
	not name in proxy_setup.replaced
	in_force := _in_force(name, filter)
	opened := [[_says(name, opener, object.get(opener, "value", "")), opener.covers] | some opener in object.get(filter, "opened_by", [])]
	closed := {token | some token in filter.covers} - {token | some ["yes", covers] in opened; some token in covers}
	doubtful := {token | some ["unknown", covers] in opened; some token in covers}
	surely := {token | in_force == "yes"; some token in (closed - doubtful)}
	perhaps := {token | in_force != "no"; some token in (closed - surely)}
}

_in_force(_, filter) := "yes" if not filter.when

_in_force(name, filter) := _unless_void(name, filter, _says(name, filter.when, ""))

_unless_void(name, filter, "yes") := _opposite[_is_void(name, filter)]

_unless_void(_, _, stated) := stated if stated != "yes"

_is_void(name, filter) := _says(name, filter.when, filter.void_values) if {
	filter.void_values
} else := "no"

_opposite := {"yes": "no", "no": "yes", "unknown": "unknown"}

# _says is whether a setting (its variable, its option) has a value that matches.
_says(name, setting, pattern) := "yes" if {
	some [stated, value] in proxy_setup.values[name]
	stated in _names(setting)
	regex.match(pattern, value)
} else := "unknown" if {
	count(_names(setting) & proxy_setup.valueless[name]) > 0
} else := "unknown" if {
	setting.variable
	not setting.variable in proxy_setup.names[name]
	services.by_name[name].environment_incomplete == true
} else := "no"

_names(setting) := {setting[key] | some key in ["variable", "option"]}
