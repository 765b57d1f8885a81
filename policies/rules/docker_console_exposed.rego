# METADATA
# title: Docker console open to outsiders
# description: |
#   A web console, or the agent of one, passes its rights to the Docker API on to whoever is
#   signed in to it: creating containers, running commands in them, starting and stopping
#   them. The first is root on the host. Open to outsiders, it is as good as its login: a
#   password that is guessed, a first user that is not yet made, a hole in the console; and
#   some ask for no password unless they are told to.
#
#   Publish its port on `127.0.0.1` and come in by SSH or a VPN, or let a reverse proxy ask
#   for a login first, and set the console's own password at once. An agent that can call its
#   server needs no open port at all. The console does not notice.
# related_resources:
#   - ref: https://docs.docker.com/engine/security/#docker-daemon-attack-surface
#     description: Docker daemon attack surface
#   - ref: https://docs.docker.com/engine/network/port-publishing/
#     description: Port publishing and mapping
#   - ref: https://dozzle.dev/guide/authentication
#     description: Authentication, in Dozzle's documentation
# custom:
#   severity: error
#   security_severity: 8.0
#   precision: high
#   set: default
#   fixes: [unsafe]
#   controls: [nist-800-190/4.3.2]
#   tags: [external/cwe/cwe-306, external/cwe/cwe-668]
#   techniques: [T1609, T1610, T1613, T1552.007, T1133, T1190]
package composelint.rules["docker-console-exposed"]

import data.composelint.console_services
import data.composelint.lint
import data.composelint.outsiders
import data.composelint.services

findings contains lint.with_fix(lint.with_severity(lint.on({"at": entry.at}, message), severity), _fix(_sort(entry, console), entry)) if {
	some name, by_id in console_services.passed_on
	leading := [[rank, entry.kind == "router", entry, id] |
		some entry in _entries[name]
		some id, effects in by_id
		rank := min({i | some i, phrase in _phrases; phrase[0] in effects})
		_leads_to(name, id, entry)
	]
	[rank, _, entry, id] := min(leading)
	console := data.composelint.consoles.consoles[id]
	open := _open(name, id, entry.kind)
	severity := _severities[open]
	remedy := _remedy(open, _sort(entry, console), console)
	message := $`{services.by_name[name].called} is {console.name}, which {_lets[open]} {_phrases[rank][1]} and is open to outsiders by {entry.called}: {remedy}`
}

# _phrases are what a console can do, the worst first.
_phrases := [
	["create-container", "create containers"],
	["create-service", "create services"],
	["run-exec", "run commands in containers"],
	["attach", "take over the terminals of containers"],
	["stop-container", "stop containers"],
	["start-container", "start containers"],
	["delete", "delete containers"],
]

_severities := {true: "error", false: "warning"}

_lets := {true: "lets anybody", false: "can"}

_remedy(true, _, console) := $`set "{console.password_variables[0]}", and publish it on "127.0.0.1"`

_remedy(false, "port", _) := `publish it on "127.0.0.1"`

_remedy(false, "agent", _) := "publish it on an address that its server alone reaches"

_remedy(false, "host-network", _) := "take it off the host's network"

_remedy(false, "router", _) := "let the reverse proxy ask for a login, or do not route to it"

_fix("port", entry) := lint.unsafe(`publish it on "127.0.0.1"`, "whoever reaches it from elsewhere than this host does not any more", [lint.set(entry, ["host_ip"], "127.0.0.1")])

_fix("agent", _) := lint.by_hand("which address its server reaches it by, no file says")

_fix("host-network", _) := lint.by_hand("its port has to be published then, or its server tell where it is")

_fix("router", _) := lint.by_hand("how the reverse proxy asks for a login, only you know")

_sort(entry, console) := "agent" if {
	entry.kind == "port"
	entry.port in console.ports.agent
} else := entry.kind

# Whether a reverse proxy asks for a password is not in sight.
_open(name, id, kind) if {
	kind != "router"
	id in console_services.without_password[name]
} else := false

_entries := {name: entries |
	some name, ways in outsiders.ways
	entries := {way | some way in ways; way.kind in {"port", "host-network"}} | {way |
		some way in ways
		way.kind == "router"
		not name in outsiders.behind_login
	}
}

_leads_to(_, _, entry) if entry.kind == "host-network"

_leads_to(_, _, entry) if {
	entry.kind == "router"
	entry.port == 0
}

_leads_to(name, id, entry) if entry.port in console_services.ports[name][id]
