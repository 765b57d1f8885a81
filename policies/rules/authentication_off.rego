# METADATA
# title: No authentication
# description: |
#   The image is told to let in whoever connects, by a setting that was made for a test, or it does so by
#   default. On a private network of its clients that is how caches and queues are meant to run. Once the
#   port is published, a reverse proxy shares the network or another project joins it, everybody who gets
#   there reads and writes what it holds, and with many programs runs code by it. Such ports are found by
#   scanners within hours.
#
#   Set a password by the variable or the option that the finding names, as a secret, and give it to the
#   clients too. Databases keep the settings of their first start, so change the user there as well. Where
#   there is no such setting, publish the port on `127.0.0.1` only, have a reverse proxy ask for a login, and
#   put the service on an internal network with its clients alone.
# related_resources:
#   - ref: https://cwe.mitre.org/data/definitions/306.html
#     description: "CWE-306: missing authentication for a critical function"
#   - ref: https://docs.docker.com/compose/how-tos/networking/
#     description: Networking in Compose
#   - ref: https://docs.docker.com/compose/how-tos/use-secrets/
#     description: Secrets in Compose
# custom:
#   severity: error
#   security_severity: 8.6
#   precision: high
#   set: default
#   fixes: [unsafe]
#   controls: [nist-800-190/4.3.2, nist-800-190/4.4.3]
#   tags: [external/cwe/cwe-306]
#   techniques: [T1190, T1133, T1078.001]
package composelint.rules["authentication-off"]

import data.composelint.lint
import data.composelint.open_services
import data.composelint.open_ways
import data.composelint.published
import data.composelint.services

findings contains _with_fix(_graded(lint.on(hit, message), severity, name), severity, name) if {
	some name, hit in open_services.off
	way := object.get(open_ways.open_to, name, {"kind": "nobody", "called": ""})
	_worth_saying(way.kind, hit)
	severity := _severities[min([_by_kind[way.kind], _by_table[object.get(hit.is, "at_most", "error")], _by_table[object.get(hit.program, "seen", "error")]])]
	not _said_of_port(severity, way)
	message := $`{services.by_name[name].called} {hit.is.lets}{hit.since}{_and(way.called)}: {_instead(object.get(hit.is, "instead", ""), way)}`
}

_severities := ["note", "warning", "error"]

_by_kind := {"outsiders": 2, "edge": 2, "projects": 1, "strangers": 1, "nobody": 0}

_by_table := {"error": 2, "note": 0, "partly": 0}

# A data service is at home among its clients.
_worth_saying(kind, _) if kind in {"outsiders", "edge"}

_worth_saying(kind, hit) if {
	kind in {"projects", "strangers", "nobody"}
	not hit.program.internal
	not hit.is.published
}

# Where a port is said to be open, a note that it is open adds nothing.
_said_of_port("note", way) if {
	published.listeners[way.at]
	way.at in published.everywhere
}

_and("") := ""

_and(called) := $", and {called}" if called != ""

_instead("", way) := _without_setting[way.kind] if {
	way.kind != "outsiders"
} else := _without_setting[way.way] if way.kind == "outsiders"

_instead(setting, way) := $`{setting}, and publish it on "127.0.0.1"` if {
	setting != ""
	published.listeners[way.at]
} else := $`{setting}, or put it on a network with its clients alone` if {
	setting != ""
	way.kind == "edge"
} else := setting if setting != ""

_without_setting := {
	"port": `publish it on "127.0.0.1", or not at all`,
	"host-network": "take it off the host's network",
	"router": "let the reverse proxy ask for a login",
	"edge": "put it on a network with its clients alone",
	"projects": "put it on a network with its clients alone",
	"strangers": "put it on a network with its clients alone",
	"nobody": "keep its network to its clients",
}

# An error says by its related places which ports it speaks of.
_graded(finding, "error", name) := lint.with_related(finding, _ways_in[name]) if _ways_in[name]

_graded(finding, "error", name) := finding if not _ways_in[name]

_graded(finding, severity, _) := lint.with_severity(finding, severity) if severity != "error"

_ways_in := {name: related |
	some name, ways in open_ways.ways
	related := [{"at": way.at, "label": label} | some way in lint.shown(ways); label := $"outsiders come in by {way.called}"]
}

# A password has to be given to the clients as well; who is kept out by the address needs none.
_with_fix(finding, "error", name) := lint.with_fix(finding, published.on_loopback(open_ways.ways[name])) if {
	count({way.kind | some way in open_ways.ways[name]} - {"port"}) == 0
} else := finding

_with_fix(finding, severity, _) := finding if severity != "error"
