# METADATA
# description: |
#   What an editor offers where a socket proxy is set up: the flags that steer it, what each of them
#   opens, and who in the project needs it.
package composelint.editor

import data.composelint.client_needs
import data.composelint.effective_api
import data.composelint.fewest_flags
import data.composelint.flag_effects
import data.composelint.operations
import data.composelint.proxy_setup
import data.composelint.socket_proxies
import data.composelint.zone

# proxies are the socket proxies that flags steer, by service, with their flags in order. option is the
# one that takes a flag, empty where flags are variables. Where something replaces the rules of a proxy, it is
# not known what its flags do.
proxies := {name: proxy |
	some name, sets in _flag_sets
	not name in proxy_setup.replaced
	facts := socket_proxies.facts[name]
	proxy := {
		"name": facts.name,
		"option": object.get(facts, "flag_option", ""),
		"gate": object.get(effective_api.gates, name, ""),
		"flags": [_flag(name, facts, flag) | some flag in union({enough | some of_operation in sets; some enough in of_operation})],
	}
	count(proxy.flags) > 0
}

# _flag_sets are, by proxy and operation, the sets of flags each of which lets it through.
_flag_sets := {name: sets |
	some name, _ in proxy_setup.flags
	sets := {operation.id: enough |
		some operation in operations.behind(name)
		enough := effective_api.flag_sets_for(name, operation.id)
	}
}

_flag(proxy, facts, flag) := {
	"name": flag,
	"default": object.get(object.get(facts, "variables", {}), flag, ""),
	"values": _values(facts, flag),
	"opens": _requests(proxy, opened),
	"more": _requests(proxy, more),
	"root": flag_effects.root(proxy, opened),
	"more_root": flag_effects.root(proxy, opened | more),
	"needed_by": [client |
		some client in object.get(zone.clients, proxy, set())
		flag in fewest_flags.fewest(proxy, client_needs.needs[client])
	],
} if {
	opened := {id | some id, sets in _flag_sets[proxy]; {flag} in sets}
	more := {id |
		some id, sets in _flag_sets[proxy]
		some enough in sets
		_with_gate(enough, flag, object.get(effective_api.gates, proxy, ""))
	} - opened
}

# _with_gate is true of a set of flags that is one together with the gate, and for the gate of any that has it.
_with_gate(enough, flag, gate) if enough == {flag, gate}

_with_gate(enough, flag, gate) if {
	flag == gate
	gate in enough
}

# _requests are those of operations that the API's specification has, or of all where it has none of them.
_requests(proxy, ids) := stated if {
	stated := [_request(operation) | some operation in operations.behind(proxy); operation.id in ids; operation.spec == true]
	count(stated) > 0
} else := [_request(operation) | some operation in operations.behind(proxy); operation.id in ids]

_request(operation) := $"{operation.method} {operation.path}"

# _values are those that a flag is given, with whether it is on then.
_values(facts, flag) := [{"value": value, "on": regex.match(pattern, value)} | some value in array.concat(["0", "1"], _words(pattern))] if {
	truth := data.composelint.truth[facts.truth]
	pattern := {true: truth.gate, false: truth.flag}[flag == object.get(facts, "gate", "")]
} else := []

# _words are true and false, where they are what they say.
_words(pattern) := ["false", "true"] if {
	regex.match(pattern, "true")
	not regex.match(pattern, "false")
} else := []
