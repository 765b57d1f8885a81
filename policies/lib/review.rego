# METADATA
# description: |
#   The review of a deployment that --format checklist and --format json report: who comes in,
#   what each proxy lets through, who reaches the Docker API by which way, and which attacks that
#   makes possible.
package composelint.review

import data.composelint.body_filters
import data.composelint.checklist_verdicts
import data.composelint.control_evidence
import data.composelint.effective_api
import data.composelint.mounts
import data.composelint.networks
import data.composelint.operations
import data.composelint.outsiders
import data.composelint.patterns
import data.composelint.possible_attacks
import data.composelint.proxy_setup
import data.composelint.proxy_trust
import data.composelint.reach
import data.composelint.services
import data.composelint.socket_proxies

# docker_api is each proxy with every operation.
docker_api := [proxy |
	some service in socket_proxies.services
	kind := socket_proxies.kinds[service.name]
	proxy := {
		"at": service.at,
		"service": service.name,
		"kind": kind,
		"name": data.composelint.proxies[kind].name,
		"assumed": service.name in proxy_setup.assumed,
		"newer": service.name in proxy_setup.newer,
		"replaced": service.name in proxy_setup.replaced,
		"doubts": [since | some since in {doubt.since | some doubt in proxy_trust.doubts[service.name]}],
		"filters": [token | some token in object.get(body_filters.refused, service.name, set())],
		"operations": _operations[service.name],
		"partly": [id | some id in patterns.partly[service.name]],
		"places": effective_api.places[service.name],
	}
]

_operations := proxy_setup.spread({proxy: verdicts |
	some proxy in proxy_setup.firsts
	verdicts := [decided |
		some operation in operations.behind(proxy)
		decision := effective_api.decisions[proxy][operation.id]
		decided := {
			"operationId": operation.id,
			"method": operation.method,
			"path": operation.path,
			"spec": operation.spec,
			"verdict": decision.verdict,
			"flag": decision.flag,
		}
	]
})

# targets are what an attacker is after and finds a way to, with every entry point and every
# attack. The verdict on an attack is the same from all entry points that are certain.
targets := [found | some found in _attacked; count(found.entries) > 0]

# _attacked are these and those to which there is no way.
_attacked := [found |
	some target in _targets
	entries := ways[target.kind][target.service]
	left := _ways_left[target.kind][target.service]
	found := object.union(target, {"entries": entries, "left": left, "attacks": _attacks_by[target.kind][target.service]})
]

# _targets are the proxies, and the sockets in the hands of services that are none.
_targets := array.concat(
	[{"kind": "proxy", "service": service.name, "at": service.at} |
		some service in socket_proxies.services
	],
	[{"kind": "socket", "service": service.owner, "at": min(ats)} |
		some service in input.project.services
		service.name == service.owner
		not socket_proxies.kinds[service.name]
		ats := _sockets[service.name]
		count(ats) > 0
	],
)

_sockets[service.owner] contains mount.at if {
	some service in input.project.services
	some mount in service.mounts
	mounts.api_sockets[mount.at]
}

_sockets[service.owner] contains service.at if {
	some service in input.project.services
	service.use_api_socket == true
}

_attacks_by := {
	"proxy": proxy_setup.spread({proxy: _attacks(possible_attacks.verdicts[proxy]) | some proxy in proxy_setup.firsts}),
	"socket": {target.service: _attacks_by_socket | some target in _targets; target.kind == "socket"},
}

_attacks_by_socket := _attacks(possible_attacks.of_socket)

_attacks(outcomes) := [attack |
	some scenario in data.composelint.attacks.scenarios
	outcome := outcomes[scenario.id]
	verdict := outcome.ways[0].verdict
	attack := {
		"id": scenario.id,
		"guide": object.get(scenario, "guide", 0),
		"title": scenario.title,
		"host_root": object.get(scenario, "host_root", false),
		"flag": outcome.ways[0].flag,
		"ways": outcome.ways,
		"certain": {"verdict": verdict, "goal": outcome.goal},
		"perhaps": {"verdict": _perhaps(verdict), "goal": _perhaps(outcome.goal)},
	}
]

# By a way that may not be there, a possible attack is not known to be possible.
_perhaps("possible") := "unknown"

_perhaps(verdict) := verdict if verdict != "possible"

# ways are those to each target, from each entry point: outsiders first.
ways := {"proxy": reach.ways, "socket": {name: array.slice(found, 0, _most) | some name, found in _ways_to_sockets}}

# _ways_left is how many more there are.
_ways_left := {
	"proxy": reach.ways_left,
	"socket": {name: left | some name, found in _ways_to_sockets; left := count(found) - count(ways.socket[name])},
}

# _most is how many ways to a socket are shown, as of those to a proxy.
_most := max([1, floor(1000 / count(_ways_to_sockets))])

_ways_to_sockets := {target.service: found |
	some target in _targets
	target.kind == "socket"
	service := services.by_name[target.service]
	socket := {"at": target.at, "label": "the host's Docker API socket"}
	path := [{"at": service.at, "label": service.called}, socket]
	own := {"kind": "service", "service": service.name, "called": service.called, "at": service.at, "certain": true, "path": path}
	found := array.concat(
		[object.union(entry, {"path": array.concat(steps, path)}) | some [entry, steps] in outsiders.entries_of[service.name]],
		[own],
	)
}

# project_networks are the networks of the project with all who are on them.
project_networks := [shown |
	some network in input.project.networks
	members := [name |
		some name in networks.members[network.name]
		name == services.by_name[name].owner
	]
	shown := {"name": network.name, "at": network.at, "internal": _internal(network.name), "services": members}
]

# ways_in are the ways by which outsiders come in to the project, to each service that they reach.
ways_in := [entry |
	some service in input.project.services
	service.name == service.owner
	some [entry, _] in outsiders.entries_of[service.name]
]

_internal(name) := "yes" if {
	name in networks.known_internal
} else := "no" if {
	name in networks.known_open
} else := "unknown"

# failing is how much the rules find that find something, whichever are enabled, by the controls that the
# findings name: none where they speak against all of their rule's.
failing := {id: counts |
	some id
	findings := data.composelint.rules[id].findings
	count(findings) > 0
	named := [finding.controls | some finding in findings; finding.controls]
	others := count(findings) - count(named)
	counts := array.concat(
		[{"controls": [], "findings": others} | others > 0],
		[{"controls": controls, "findings": number} |
			some controls in {controls | some controls in named}
			number := count([true | some one in named; one == controls])
		],
	)
}

# connections are who comes in, what is connected and what that allows, the part of the review that editors show:
# with the targets to which there is no way here.
connections := {
	"docker_api": docker_api,
	"targets": _attacked,
	"networks": project_networks,
	"ways_in": ways_in,
}

# all is the whole review, with the findings: whoever asks for both has no rule asked twice.
all := {
	"findings": data.composelint.findings,
	"docker_api": docker_api,
	"targets": targets,
	"networks": project_networks,
	"ways_in": ways_in,
	"checklist": checklist_verdicts.judged,
	"failing": failing,
	"evidence": control_evidence.of,
}
