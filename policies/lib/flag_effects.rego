# METADATA
# description: |
#   What would become of a socket proxy with other flags than it has: what it would let through, and
#   what somebody could do by that.
package composelint.flag_effects

import data.composelint.body_filters
import data.composelint.effective_api
import data.composelint.fewest_flags
import data.composelint.operations
import data.composelint.proxy_setup

# passing are the operations that a proxy lets through by some flags alone.
#     flag_effects.passing("proxy", {"CONTAINERS"})
passing(proxy, flags) := {operation.id |
	some operation in operations.behind(proxy)
	some enough in effective_api.flag_sets_for(proxy, operation.id)
	count(enough - flags) == 0
}

# root is true where operations that a proxy lets through make root on the host.
#     flag_effects.root("proxy", {"ContainerCreate", "ContainerStart"})
root(proxy, allowed) if {
	count(_attacks(proxy, allowed)) > 0
} else := false

# harmless is true of flags with which a proxy would open no way to root on the host and no dangerous
# section that it does not open as it is.
#     flag_effects.harmless("proxy", {"INFO"})
harmless(proxy, flags) if {
	on_flags := proxy_setup.flags[proxy].on
	count(_harms(proxy, flags) - _harms(proxy, on_flags)) == 0
}

_harms(proxy, flags) := _attacks(proxy, allowed) | _sections(proxy, flags, allowed) if allowed := passing(proxy, flags)

_attacks(proxy, allowed) := {scenario.id |
	some scenario in data.composelint.attacks.scenarios
	scenario.host_root == true
	some way in scenario.ways
	not way.where
	count({operation | some operation in way.needs} - allowed) == 0
	not object.get(way, "body", "") in object.get(body_filters.refused, proxy, set())
}

# _sections are the dangerous cases of sections that apply, but for those that its clients ask for.
_sections(proxy, flags, allowed) := {case.opens |
	some case in data.composelint.sections.cases
	case.severity == "error"
	count({operation | some operation in case.operations} - allowed) == 0
	count({operation | some operation in case.without} & allowed) == 0
	not _asked_for(proxy, case.by, flags)
}

_asked_for(proxy, operation, _) if fewest_flags.asked_for(proxy, operation, "")

_asked_for(proxy, operation, flags) if {
	some way in effective_api.flag_sets_for(proxy, operation)
	count(way - flags) == 0
	count((way - fewest_flags.flags_asked[proxy]) - {effective_api.gates[proxy]}) == 0
}
