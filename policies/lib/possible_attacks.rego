# METADATA
# description: |
#   Which attacks a socket proxy makes possible. A way of an attack is possible when the proxy
#   lets all of its operations through and does not refuse what it asks for in a body, blocked
#   when one of them is denied, else unknown. data.composelint.attacks has the attacks.
package composelint.possible_attacks

import data.composelint.body_filters
import data.composelint.effective_api
import data.composelint.operations
import data.composelint.proxy_setup
import data.composelint.services
import data.composelint.socket_proxies

# verdicts are, by proxy and attack, those of its ways in order. goal is the best that an
# attacker gets of any way.
verdicts := proxy_setup.spread({proxy: by_attack |
	some proxy in proxy_setup.firsts
	by_attack := {scenario.id: {"ways": ways, "goal": _goal({way.verdict | some way in ways})} |
		some scenario in data.composelint.attacks.scenarios
		ways := [_way(way, proxy) | some way in scenario.ways; _there_is(way, proxy)]
	}
})

# of_socket are the same for whoever holds the engine's socket itself: nothing is denied.
of_socket := {scenario.id: {"ways": ways, "goal": _goal({way.verdict | some way in ways})} |
	some scenario in data.composelint.attacks.scenarios
	ways := [{"title": object.get(way, "title", ""), "verdict": verdict, "flag": "", "filtered": false} |
		some way in scenario.ways
		_there_is(way, "")
		verdict := _of_socket(way)
	]
}

_of_socket(way) := "possible" if {
	_takes_place(way, "")
} else := "blocked"

# host_root are, by proxy, the attacks that end as root on the host and are possible.
host_root := proxy_setup.spread({proxy: ids |
	some proxy in proxy_setup.firsts
	ids := [scenario.id |
		some scenario in data.composelint.attacks.scenarios
		scenario.host_root == true
		"possible" in {_verdict(way, proxy) | some way in scenario.ways}
	]
})

# of_the_guide are, by proxy that gives root, the numbers of the guide's attacks that are
# possible as they stand there.
of_the_guide := proxy_setup.spread({proxy: guided |
	some proxy in proxy_setup.firsts
	root_by[proxy]
	guided := [scenario.guide |
		some scenario in data.composelint.attacks.scenarios
		scenario.guide
		_verdict(scenario.ways[0], proxy) == "possible"
	]
})

# root_by is, by proxy, the first possible way of the first attack of host_root.
root_by := proxy_setup.spread({proxy: ways[0] |
	some proxy in proxy_setup.firsts
	ids := host_root[proxy]
	ways := [way |
		some scenario in data.composelint.attacks.scenarios
		scenario.id == ids[0]
		some way in scenario.ways
		_verdict(way, proxy) == "possible"
	]
})

# root_flags are, by proxy, the flags that let that way through: for each operation the gates that
# it passes, then its section.
root_flags := proxy_setup.spread({proxy: flags |
	some proxy in proxy_setup.firsts
	way := root_by[proxy]
	passed := [flag |
		some operation in way.needs
		decision := effective_api.decision(proxy, operation)
		some flag in array.concat(decision.gates, [decision.flag])
	]
	flags := [flag | some i, flag in passed; not flag in array.slice(passed, 0, i)]
})

# _there_is is true of a way by an API that the engine has: one by Podman's own is none at Docker's.
_there_is(way, _) if object.get(way, "where", "") != "podman"

_there_is(way, proxy) if {
	way.where == "podman"
	proxy in operations.before_podman
}

# _takes_place is true of a way that needs nothing else, or what it needs is there.
_takes_place(way, _) if not way.where

_takes_place(way, _) if {
	way.where == "stdin_open"
	count(_listening) > 0
}

_takes_place(way, _) if {
	way.where == "bind"
	count(_with_host_files) > 0
}

_takes_place(way, proxy) if {
	way.where == "h2c"
	proxy in _old_enough
}

_takes_place(way, proxy) if {
	way.where == "podman"
	proxy in operations.before_podman
}

_listening contains service.name if {
	some service in input.project.services
	service.stdin_open == true
}

_with_host_files contains service.name if {
	some service in input.project.services
	some mount in service.mounts
	mount.type == "bind"
}

_old_enough contains name if {
	some name in proxy_setup.firsts
	regex.match(socket_proxies.facts[name].h2c, services.by_name[name].image.tag)
}

_way(way, proxy) := {"title": object.get(way, "title", ""), "verdict": verdict, "flag": flag, "filtered": _filtered(way, proxy)} if {
	verdict := _verdict(way, proxy)
	flag := _flag(way, proxy, verdict)
}

_verdict(way, proxy) := "blocked" if {
	not _takes_place(way, proxy)
} else := "blocked" if {
	some operation in way.needs
	not operation in effective_api.possible[proxy]
} else := "blocked" if {
	_filtered(way, proxy) == true
} else := "unknown" if {
	object.get(way, "body", "") in object.get(body_filters.perhaps_refused, proxy, set())
} else := "unknown" if {
	some operation in way.needs
	not operation in effective_api.allowed[proxy]
} else := "possible"

_filtered(way, proxy) := object.get(way, "body", "") in object.get(body_filters.refused, proxy, set())

# _flag decides on the first operation that is not let through, else on the first of all.
_flag(way, proxy, "possible") := effective_api.decision(proxy, way.needs[0]).flag

_flag(way, proxy, "unknown") := min(flags) if {
	flags := [effective_api.decision(proxy, operation).flag |
		some operation in way.needs
		not operation in effective_api.allowed[proxy]
	]
	count(flags) > 0
} else := ""

_flag(way, proxy, "blocked") := min(flags) if {
	flags := [effective_api.decision(proxy, operation).flag |
		_takes_place(way, proxy)
		some operation in way.needs
		not operation in effective_api.possible[proxy]
	]
	count(flags) > 0
} else := ""

_goal(verdicts_) := "possible" if {
	"possible" in verdicts_
} else := "unknown" if {
	"unknown" in verdicts_
} else := "blocked"
