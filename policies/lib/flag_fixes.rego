# METADATA
# description: Fixes that set flags of a socket proxy to other values.
package composelint.flag_fixes

import data.composelint.fewest_flags
import data.composelint.lint
import data.composelint.outsiders
import data.composelint.services
import data.composelint.socket_proxies

# set are the fixes that give flags of a proxy other values: "1", or "0" for those that nobody needs. It is
# safe to close what none of its clients needs or may use, where all of them are known.
#     flag_fixes.set("proxy", {"POST": "0", "ALLOW_START": "1"})
set(proxy, values) := [_fix(proxy, values, _title(values), [lint.set(services.by_name[proxy], ["environment", flag], value) | some flag, value in values])] if {
	socket_proxies.facts[proxy].language == "flags"
	count(values) > 0
} else := []

# close are those that close one flag, be it a variable or the value of an option, and open others in its place.
#     flag_fixes.close("proxy", "POST", {"ALLOW_START"})
close(proxy, flag, instead) := [_fix(proxy, {flag: "0"}, $`remove "{flag}"`, [lint.remove(option)])] if {
	socket_proxies.facts[proxy].language == "options"
	option := [option | some option in services.by_name[proxy].options; option.value == flag][0]
} else := set(proxy, object.union({flag: "0"}, {other: "1" | some other in instead}))

# drop are the fixes that take out a variable that does nothing.
#     flag_fixes.drop({"at": "services.proxy.environment[CONTAINER]", "name": "CONTAINER"})
drop(variable) := [lint.safe($`remove "{variable.name}"`, [lint.remove(variable)])]

_fix(proxy, values, title, edits) := lint.safe(title, edits) if {
	least := fewest_flags.smallest[proxy]
	count({value | some value in values} - {"0"}) == 0
	count(object.keys(values) & (least.needs | least.wishes)) == 0
	not _open_to_others[proxy]
} else := lint.unsafe(title, _risk(proxy, values), edits)

_risk(proxy, values) := $`who asks the proxy for what {_named("1", values)} opens is let through` if {
	count({value | some value in values} - {"1"}) == 0
} else := $`a client that asks for what {_named("0", values)} opens is refused` if {
	fewest_flags.smallest[proxy]
} else := $`what its clients need is not known: who asks for what {_named("0", values)} opens is refused`

_named(value, values) := concat(" and ", [$`"{flag}"` | some flag, given in values; given == value])

_title(values) := concat(" and ", array.concat(
	[$`set "{flag}" to "0"` | some flag, "0" in values],
	[$`set "{flag}" to "{value}"` | some flag, value in values; value != "0"],
))

# _open_to_others are the proxies by whose ports and networks others come in than the services of the project.
_open_to_others[proxy] := true if {
	some proxy, _ in fewest_flags.smallest
	some [entry, _] in outsiders.entries_of[proxy]
	entry.kind != "router"
}
