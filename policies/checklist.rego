# METADATA
# description: |
#   The checklist of a deployment. An item is judged at its subjects: it fails at those that a
#   rule of it has a finding at or in, is unknown where a value is, and passes at the others. An
#   item without subjects does not apply. So the checklist can never say anything else than the
#   findings do.
package composelint.checklist

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

_results := {id: object.get(_fails, id, set()) | _others[id] |
	some id, _ in data.composelint.checklist.items
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
	others := {result |
		some subject in object.get(_subjects, id, set())
		not subject.at in failed
		not subject.of in failed
		result := {"verdict": subject.verdict, "at": subject.at, "key": subject.key, "says": subject.says}
	}
}
