# METADATA
# description: |
#   The checklist of a deployment. An item is judged at its subjects (checklist_subjects.rego):
#   it fails at those that a rule of it has a finding at or in, is unknown where a value is or
#   where nothing can be judged, and passes at the others. An item without subjects does not
#   apply. So the checklist never passes what the findings object to.
package composelint.checklist_verdicts

import data.composelint.checklist_subjects
import data.composelint.mounts
import data.composelint.socket_proxies
import data.composelint.zone

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
	count(socket_proxies.kinds) == 0
	some at, _ in mounts.api_sockets
}

# The checklist is about the API zone: what a rule says of other services is left to it.
_counts(id, _) if not id in {"no-new-privileges", "resource-limits"}

_counts(_, finding) if finding.at in _in_zone

# A service that states the opposite has its finding at that option.
_in_zone contains service.at if {
	some service in input.project.services
	service.name in zone.members
}

_in_zone contains option.at if {
	some service in input.project.services
	service.name in zone.members
	some option in service.security_options
}

_others := {id: others |
	some id, _ in data.composelint.checklist.items
	failed := {result.at | some result in object.get(_fails, id, set())}
	others := {object.remove(subject, ["whole"]) |
		some subject in object.get(checklist_subjects.of, id, set())
		not subject.at in failed
		_of_interest(subject.whole, count(failed))
	}
}

# A proxy as a whole is a subject only while there is no finding in it.
_of_interest(false, _)

_of_interest(true, 0)
