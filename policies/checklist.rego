# METADATA
# description: |
#   The checklist of a deployment. An item is judged at its subjects: it fails at those that a
#   rule of it has a finding at or in, is unknown where a value is, and passes at the others. An
#   item without subjects does not apply. So the checklist can never say anything else than the
#   findings do.
package composelint.checklist

import data.composelint.attacks
import data.composelint.docker_api
import data.composelint.lint
import data.composelint.reach

# judged is the items of data.composelint.checklist in their order, each with its results.
judged := [item |
	some section in data.composelint.checklist.sections
	some id in section.items
	facts := data.composelint.checklist.items[id]
	results := _results[id]
	item := {
		"id": id,
		"section": section.title,
		"title": facts.title,
		"guide": object.get(facts, "guide", ""),
		"verdict": _worst({result.verdict | some result in results}),
		"results": [result | some result in results],
	}
]

_worst(verdicts) := "fail" if {
	"fail" in verdicts
} else := "unknown" if {
	"unknown" in verdicts
} else := "pass" if {
	"pass" in verdicts
} else := "not applicable"

_results := {id: results |
	some id, _ in data.composelint.checklist.items
	results := object.get(_fails, id, set()) | _others[id]
}

# _fails are the findings of an item's rules, whichever rules are enabled.
_fails[id] contains {"verdict": "fail", "at": finding.at, "key": object.get(finding, "key", ""), "says": finding.message} if {
	some id, facts in data.composelint.checklist.items
	some rule in facts.rules
	some finding in data.composelint.rules[rule].findings
	_counts(id, finding)
}

_fails["socket-behind-proxy"] contains {"verdict": "fail", "at": at, "key": "", "says": "the socket is in use, and no socket proxy stands before it"} if {
	count(lint.proxies) == 0
	some at, _ in lint.api_sockets
}

# The checklist is about the API zone: what a rule says of other services is left to it.
_counts(id, _) if not id in {"no-new-privileges", "resource-limits"}

_counts(id, finding) if {
	id in {"no-new-privileges", "resource-limits"}
	some name in lint.api_zone
	lint.services[name].at == finding.at
}

_others := {id: others |
	some id, _ in data.composelint.checklist.items
	failed := {result.at | some result in object.get(_fails, id, set())}
	others := {object.remove(subject, ["whole"]) |
		some subject in object.get(_subjects, id, set())
		not subject.at in failed
		_of_interest(subject.whole, count(failed))
	}
}

# A subject that is a proxy as a whole says nothing beside the findings in it.
_of_interest(false, _)

_of_interest(true, 0)

_pass(at, key, says) := {"verdict": "pass", "at": at, "key": key, "says": says, "whole": false}

_pass_whole(at, says) := {"verdict": "pass", "at": at, "key": "", "says": says, "whole": true}

_unknown(at, key, says) := {"verdict": "unknown", "at": at, "key": key, "says": says, "whole": false}

_subjects["socket-behind-proxy"] contains _pass(service.at, "", says) if {
	some service in input.project.services
	kind := data.composelint.proxies[lint.proxies[service.name]]
	says := $`service "{service.name}" is {kind.name}`
}

# --- the proxy's flags

_subjects["sections-closed"] contains subject if {
	some service in input.project.services
	lint.proxies[service.name]
	some operation, section in _sections
	decision := docker_api.decision(service.name, operation)
	at := docker_api.place(service.name, decision.flag)
	subject := _section(at, section, decision.verdict, decision.flag)
}

_sections := {"VolumeCreate": "volumes", "NetworkCreate": "networks", "ExecStart": "exec", "ImageBuild": "build"}

_section(at, section, "deny", flag) := _pass(at, "", $"{section}: denied{_by(flag)}")

_section(at, section, "allow", flag) := _pass(at, "", $"{section}: let through{_by(flag)}, as a client needs it")

_section(at, section, "unknown", flag) := _unknown(at, "", $"{section}: not known{_by(flag)}")

_by("") := ""

_by(flag) := $`, by "{flag}"` if flag != ""

_subjects["flags-mean-what-they-say"] contains _pass_whole(service.at, says) if {
	some service in input.project.services
	data.composelint.proxies[lint.proxies[service.name]].language == "flags"
	says := $`those of "{service.name}" are`
}

_subjects["no-host-root"] contains subject if {
	some service in input.project.services
	lint.proxies[service.name]
	verdicts := {attacks.verdicts[service.name][scenario.id].goal |
		some scenario in data.composelint.attacks.scenarios
		scenario.host_root == true
	}
	subject := _root(service.at, service.name, verdicts)
}

_root(at, name, verdicts) := _pass(at, "", $`no attack by "{name}" ends as root on the host`) if {
	verdicts == {"blocked"}
} else := _unknown(at, "", $`what "{name}" lets through is not known`) if {
	not "possible" in verdicts
}

# --- the socket

_subjects["socket-read-only"] contains _pass(mount.at, "", says) if {
	some service in input.project.services
	lint.proxies[service.name]
	some mount in service.mounts
	lint.api_sockets[mount.at]
	mount.read_only == true
	says := $`"{service.name}" mounts it read-only, which protects the file and not the API`
}

_subjects["socket-read-only"] contains _unknown(mount.at, "", "not known") if {
	some service in input.project.services
	lint.proxies[service.name]
	some mount in service.mounts
	lint.api_sockets[mount.at]
	not mount.at in (lint.read_only_mounts | lint.writable_mounts)
}

_subjects["no-socket-on-app"] contains _pass(service.at, "", says) if {
	some service in input.project.services
	service.name in lint.declared_clients
	says := $`"{service.name}" does not hold it`
	not _mounts_unknown(service.name)
}

_subjects["no-socket-on-app"] contains _unknown(service.at, "", says) if {
	some service in input.project.services
	service.name in lint.declared_clients
	_mounts_unknown(service.name)
	says := $`what "{service.name}" mounts is not known`
}

_mounts_unknown(name) if name in _with_unknown_mounts

_with_unknown_mounts contains service.name if {
	some service in input.project.services
	some mount in service.mounts
	not mount.at in _known_mounts
}

_known_mounts contains mount.at if {
	some service in input.project.services
	some mount in service.mounts
	is_string(mount.host_path)
}

# --- networks

_subjects["network-internal"] contains subject if {
	some network in input.project.networks
	some service in input.project.services
	lint.proxies[service.name]
	network.name in lint.networks_of[service.name]
	subject := _network(network.at, network.name, network.name in lint.internal_networks)
}

_network(at, name, true) := _pass(at, "internal", $`network "{name}" is internal`)

_network(at, name, false) := _unknown(at, "internal", $`whether network "{name}" is internal is not known`)

_subjects["proxy-on-own-network"] contains _pass(attachment.at, "", says) if {
	some service in input.project.services
	lint.proxies[service.name]
	some attachment in service.networks
	says := $`"{service.name}" is on "{attachment.name}"`
}

_subjects["proxy-unpublished"] contains _pass_whole(service.at, says) if {
	some service in input.project.services
	lint.proxies[service.name]
	says := $`"{service.name}" is not`
}

_subjects["no-stranger"] contains _pass_whole(service.at, says) if {
	some service in input.project.services
	lint.proxies[service.name]
	not reach.perhaps_outside[service.name]
	says := $`every service that reaches "{service.name}" points at it`
}

_subjects["no-stranger"] contains _unknown(entry.at, "", says) if {
	some service in input.project.services
	lint.proxies[service.name]
	some entry in reach.perhaps_outside[service.name]
	says := $`who else is on {entry.called} of "{service.name}" is not known`
}

# --- proxy and clients

_subjects["client-points-at-proxy"] contains _pass(endpoint.at, "", says) if {
	some service in input.project.services
	some endpoint in service.endpoints
	some proxy in endpoint.services
	lint.proxies[proxy]
	service.owner != proxy
	says := $`"{service.name}" points at "{proxy}"`
}

_subjects["client-reaches-proxy"] contains _pass(endpoint.at, "", says) if {
	some service in input.project.services
	some endpoint in service.endpoints
	some proxy in endpoint.services
	lint.proxies[proxy]
	service.owner != proxy
	endpoint.reachable == true
	says := $`"{service.name}" reaches "{proxy}"`
}

_subjects["no-new-privileges"] contains _pass(service.at, "", says) if {
	some service in input.project.services
	service.name in lint.api_zone
	service.no_new_privileges == true
	says := $`"{service.name}" has it`
}

_subjects["resource-limits"] contains _pass(service.at, "", says) if {
	some service in input.project.services
	service.name in lint.api_zone
	service.limits.memory > 0
	service.limits.cpus + service.limits.cpu_shares > 0
	says := $`"{service.name}" has both`
}

# What is neither is not known: a variable that nobody set, or a fragment.
_subjects[id] contains _unknown(service.at, "", says) if {
	some id, known in {"no-new-privileges": _protected, "resource-limits": _limited}
	some service in input.project.services
	service.name in lint.api_zone
	not service.name in known
	says := $`not known of "{service.name}"`
}

_protected := {service.name |
	some service in input.project.services
	is_boolean(service.no_new_privileges)
}

_limited := {service.name |
	some service in input.project.services
	is_number(service.limits.memory)
	is_number(service.limits.cpus)
	service.complete == true
}
