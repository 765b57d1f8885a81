# METADATA
# description: |
#   What `composelint verify` knows besides the review of a project: how each kind of socket proxy
#   answers what it denies, and what each attack needs.
package composelint.verify

# knowledge is all of it.
knowledge := {
	"denied": {kind: answer | some kind, proxy in data.composelint.proxies; answer := _answer(proxy.denied)},
	"attacks": [attack |
		some scenario in data.composelint.attacks.scenarios
		attack := {"id": scenario.id, "title": scenario.title, "ways": [_way(way) | some way in scenario.ways]}
	],
}

_answer(denied) := {"status": denied.status, "type": denied.type, "body": denied.body}

_way(way) := {
	"title": object.get(way, "title", ""),
	"needs": way.needs,
	"body": object.get(way, "body", ""),
	"where": object.get(way, "where", ""),
}
