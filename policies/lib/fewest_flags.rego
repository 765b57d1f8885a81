# METADATA
# description: |
#   What the known clients of each socket proxy need altogether, and the fewest flags of the proxy
#   that let it through.
package composelint.fewest_flags

import data.composelint.client_needs
import data.composelint.effective_api
import data.composelint.proxy_setup
import data.composelint.services
import data.composelint.socket_proxies
import data.composelint.zone

# asked are, by proxy, what those of its clients that are known need altogether.
asked := {proxy: {"needs": all_needs, "wishes": all_wishes} |
	some proxy, clients in zone.askers
	all_needs := union({client_needs.needs[client] | some client in clients})
	all_wishes := union({object.get(client_needs.wishes, client, set()) | some client in clients})
}

# of_proxy are the same where the needs of all clients are known.
of_proxy := {proxy: operations |
	some proxy, operations in asked
	count([client | some client in zone.askers[proxy]; not client_needs.needs[client]]) == 0
}

# flags_asked are, by proxy that is steered by flags, those that let through what its known
# clients need or may use.
flags_asked := {proxy: union({fewest(proxy, operations.needs), fewest(proxy, operations.needs | operations.wishes)}) |
	some proxy, operations in asked
	proxy_setup.flags[proxy]
}

# asked_for is true of an operation that the known clients of a proxy need or may use, and of the
# flag without which they cannot.
#     fewest_flags.asked_for("proxy", "ContainerList", "CONTAINERS")
asked_for(proxy, _, flag) if flag in flags_asked[proxy]

asked_for(proxy, operation, _) if operation in (asked[proxy].needs | asked[proxy].wishes)

# smallest are, by proxy that is steered by flags, the fewest flags that let through what its
# clients need, and those that their wishes would take.
smallest := {proxy: {"needs": need_flags, "wishes": wish_flags} |
	some proxy, operations in of_proxy
	proxy_setup.flags[proxy]
	need_flags := fewest(proxy, operations.needs)
	wish_flags := fewest(proxy, operations.wishes | operations.needs)
}

# fewest are the flags of a proxy that let operations through and give away the least. These are
# the flags that no choice can avoid, and for each other operation the set without the gate if
# there is one, of these the one that adds the fewest flags, and of those the one that opens the
# fewest operations.
#     fewest_flags.fewest("proxy", {"ContainerList"})
fewest(proxy, operations) := fewest_of(object.get(effective_api.flag_sets, proxy, []), effective_api.gates[proxy], sets) if {
	sets := {effective_api.flag_sets_for(proxy, operation) | some operation in operations}
}

# fewest_of are those of all sets of flags that there are, by class of operations, that meet some of them;
# the gate is avoided.
#     fewest_flags.fewest_of([{{"CONTAINERS"}}, {{"CONTAINERS", "POST"}}], "POST", {{{"CONTAINERS"}}})
fewest_of(all_sets, gate, sets) := enough_flags - _spare(enough_flags, sets) if {
	forced := union({flags | some enough in sets; count(enough) == 1; some flags in enough})
	chosen := union({flags |
		some enough in sets
		count(enough) > 1
		flags := _least(all_sets, enough, gate, forced)
	})
	enough_flags := forced | chosen
}

# _spare are the flags without which the others are enough, as one that an operation was given is where
# another operation takes a broader one: all of them, or where they stand for each other the first.
_spare(flags, sets) := spare if {
	spare := {flag | some flag in flags; _enough(flags - {flag}, sets)}
	_enough(flags - spare, sets)
} else := {min({flag | some flag in flags; _enough(flags - {flag}, sets)})}

_enough(flags, sets) if {
	every ways in sets {
		_lets_through(flags, ways)
	}
}

# What no flag lets through takes none.
_lets_through(_, ways) if count(ways) == 0

_lets_through(flags, ways) if {
	some way in ways
	count(way - flags) == 0
}

_least(all_sets, sets, gate, forced) := min({[gate in more, count(more), _breadth(all_sets, flags), flags] |
	some flags in sets
	more := flags - forced
})[3]

_breadth(all_sets, flags) := count([sets | some sets in all_sets; flags in sets])

# in_place_of are the flags that let through in the place of another what the known clients need, and what
# without that would no longer pass.
#     fewest_flags.in_place_of("proxy", "CONTAINERS")
in_place_of(proxy, flag) := {other |
	on_flags := proxy_setup.flags[proxy].on
	needs := object.get(asked, [proxy, "needs"], set())
	lost := {operation |
		some operation in needs
		ways := effective_api.flag_sets_for(proxy, operation)
		count([way | some way in ways; count(way - on_flags) == 0]) > 0
		count([way | some way in ways; count(way - (on_flags - {flag})) == 0]) == 0
	}
	count(lost) > 0
	least := fewest(proxy, needs)
	some operation in lost
	some way in effective_api.flag_sets_for(proxy, operation)
	count(way - least) == 0
	some other in (way - on_flags)
}

# said_in_place_of is the end of a sentence that sets a flag to 0.
#     fewest_flags.said_in_place_of("proxy", "CONTAINERS")
said_in_place_of(proxy, flag) := $` and {concat(" and ", [$`"{other}"` | some other in others])} to "1"` if {
	others := in_place_of(proxy, flag)
	count(others) > 0
} else := ""

# on_linuxserver are the flags that a proxy would need as linuxserver's to let operations through while
# POST is 0, but for those by which its environment lets it read there anyway; undefined where that lets
# not all through.
#     fewest_flags.on_linuxserver("proxy", {"ContainerStart", "ContainerLogs"})
on_linuxserver(proxy, operations) := {flag |
	some operation in operations
	some flag in data.composelint.prepared.on_linuxserver[operation]
	not _is_there(proxy, operation, flag)
} if {
	every operation in operations {
		data.composelint.prepared.on_linuxserver[operation]
	}
}

_is_there(proxy, operation, flag) if {
	not data.composelint.prepared.changing[operation]
	values := {variable.value | some variable in services.by_name[proxy].environment; variable.name == flag}
	regex.match(data.composelint.truth.haproxy.flag, min(values | {data.composelint.proxies.linuxserver.variables[flag] | count(values) == 0}))
}

# linuxserver is how a proxy comes to linuxserver's image of today.
#     fewest_flags.linuxserver("proxy")
linuxserver(proxy) := "a newer tag" if {
	startswith(socket_proxies.kinds[proxy], "linuxserver")
} else := "linuxserver/socket-proxy"

# writers are, by proxy, the known clients that need to change something.
writers := {proxy: names |
	some proxy, clients in zone.askers
	names := {name | some name in clients; changes(client_needs.needs[name])}
}

# changes is true of operations of which one changes something.
#     fewest_flags.changes({"ContainerList", "ContainerStart"})
changes(operations) if {
	some operation in operations
	data.composelint.prepared.changing[operation]
}

# gated are those of some operations that a proxy lets through by its gate alone, whatever
# other flags there are.
#     fewest_flags.gated("proxy", {"ContainerList", "ContainerStart"})
gated(proxy, operations) := {operation |
	some operation in operations
	sets := effective_api.flag_sets_for(proxy, operation)
	count(sets) > 0
	count([flags | some flags in sets; not effective_api.gates[proxy] in flags]) == 0
}
