# METADATA
# description: |
#   Which attacks a socket proxy makes possible. A way of an attack is possible when the proxy
#   lets all of its operations through and does not refuse what it asks for in a body, blocked
#   when one of them is denied, else unknown. data.composelint.attacks has the attacks.
package composelint.attacks

import data.composelint.docker_api
import data.composelint.lint

# verdicts are, by proxy and attack, those of its ways in order. goal is the best that an
# attacker gets of any way.
verdicts := {proxy: by_attack |
	some proxy, _ in lint.proxies
	by_attack := {scenario.id: {"ways": ways, "goal": _goal({way.verdict | some way in ways})} |
		some scenario in data.composelint.attacks.scenarios
		ways := [_way(way, proxy) | some way in scenario.ways]
	}
}

# of_socket are the same for whoever holds the engine's socket itself: nothing is denied.
of_socket := {scenario.id: {"ways": ways, "goal": _goal({way.verdict | some way in ways})} |
	some scenario in data.composelint.attacks.scenarios
	ways := [{"title": object.get(way, "title", ""), "verdict": verdict, "flag": ""} |
		some way in scenario.ways
		verdict := _of_socket(way)
	]
}

_of_socket(way) := "possible" if {
	_takes_place(way, "")
} else := "blocked"

# host_root are, by proxy, the attacks that end as root on the host and are possible.
host_root := {proxy: ids |
	some proxy, by_attack in verdicts
	ids := [scenario.id |
		some scenario in data.composelint.attacks.scenarios
		scenario.host_root == true
		by_attack[scenario.id].goal == "possible"
	]
}

# root_flags are, by proxy, the flags that let through the first of those attacks: the gates
# that it passes, then the section.
root_flags := {proxy: flags |
	some proxy, ids in host_root
	count(ids) > 0
	decision := docker_api.decisions[proxy][_first_operation[ids[0]]]
	flags := array.concat(decision.gates, [decision.flag])
}

_first_operation := {scenario.id: scenario.ways[0].needs[0] | some scenario in data.composelint.attacks.scenarios}

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

_listening contains service.name if {
	some service in input.project.services
	service.stdin_open == true
}

_with_host_files contains service.name if {
	some service in input.project.services
	some mount in service.mounts
	mount.type == "bind"
}

_old_enough contains service.name if {
	some service in input.project.services
	regex.match(data.composelint.proxies[lint.proxies[service.name]].h2c, service.image.tag)
}

_way(way, proxy) := {"title": title, "verdict": "blocked", "flag": ""} if {
	not _takes_place(way, proxy)
	title := object.get(way, "title", "")
} else := {"title": title, "verdict": "blocked", "flag": docker_api.decisions[proxy][min(denied)].flag} if {
	title := object.get(way, "title", "")
	denied := {operation | some operation in way.needs; not operation in docker_api.possible[proxy]}
	count(denied) > 0
} else := {"title": title, "verdict": "blocked", "flag": "", "filtered": true} if {
	title := object.get(way, "title", "")
	object.get(way, "body", "") in docker_api.filtered[proxy]
} else := {"title": title, "verdict": "unknown", "flag": docker_api.decisions[proxy][min(unknown)].flag} if {
	title := object.get(way, "title", "")
	unknown := {operation | some operation in way.needs; not operation in docker_api.allowed[proxy]}
	count(unknown) > 0
} else := {"title": title, "verdict": "possible", "flag": docker_api.decisions[proxy][way.needs[0]].flag} if {
	title := object.get(way, "title", "")
}

_goal(verdicts_) := "possible" if {
	"possible" in verdicts_
} else := "unknown" if {
	"unknown" in verdicts_
} else := "blocked"
