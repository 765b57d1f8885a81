# METADATA
# title: Client of a socket proxy that outsiders reach
# description: |
#   The service takes requests from outside, and it uses the Docker API through a socket
#   proxy. Whoever finds a hole in it stands one step before the engine: he can do all that
#   the proxy lets through, and the network that hides the proxy from everybody else does
#   not stop him. Where the API only answers questions, he gets the names and variables of
#   all containers; where it changes things, he can stop, replace or take over containers.
#
#   Let the proxy only read: `POST=0`, with `ALLOW_RESTARTS=1` and the like on
#   linuxserver/socket-proxy where containers must be restarted. Where the service itself
#   has to write, keep it from outside: publish its port on `127.0.0.1`, and put a reverse
#   proxy with authentication before it. A reverse proxy that reads its routes from the
#   Docker API, such as Traefik, needs no more than `CONTAINERS=1`, in a proxy of its own; one
#   that allows single paths, such as wollomatic/socket-proxy, lets it read no more than that
#   takes.
# related_resources:
#   - ref: https://doc.traefik.io/traefik/providers/docker/#docker-api-access
#     description: Docker API access, in Traefik's documentation
#   - ref: https://github.com/Tecnativa/docker-socket-proxy
#     description: Tecnativa docker-socket-proxy
#   - ref: https://csrc.nist.gov/pubs/sp/800/190/final
#     description: NIST SP 800-190
# custom:
#   severity: warning
#   security_severity: 5.5
#   precision: high
#   set: default
#   fixes: [unsafe]
#   controls: [nist-800-190/4.4.2]
#   tags: [external/cwe/cwe-653]
#   techniques: [T1609, T1613]
package composelint.rules["socket-proxy-edge-client"]

import data.composelint.client_needs
import data.composelint.effective_api
import data.composelint.fewest_flags
import data.composelint.flag_fixes
import data.composelint.lint
import data.composelint.outsiders
import data.composelint.proxy_setup
import data.composelint.reach
import data.composelint.services
import data.composelint.zone

findings contains lint.with_fixes(lint.with_path(lint.with_severity(lint.on({"at": path[0].at}, message), found.severity), path), _fixes(found.severity, proxy)) if {
	some name, proxies in _proxies_of
	found := min(proxies)
	proxy := found.proxy
	path := reach.through(proxy, name)
	does := _does[found.severity]
	remedy := _remedy(found.severity, proxy, name)
	called := services.by_name[name].called
	entry := outsiders.first[name].called
	message := $`{called} {does} the socket proxy "{proxy}" and is open to outsiders by {entry}: {remedy}`
}

# _proxies_of are, by client that outsiders reach, the proxies that it can call, with the
# severity of that: in order, so that the first is the worst.
_proxies_of[name] contains {"order": order, "proxy": proxy, "severity": severity} if {
	some proxy, clients in zone.clients
	some name in clients
	reach.through(proxy, name)
	count(effective_api.allowed[proxy] & object.keys(data.composelint.prepared.telling)) > 0
	[order, severity] := _grade(count(effective_api.allowed[proxy] & object.keys(data.composelint.prepared.changing)))
	not _reads_what_it_needs(severity, name, proxy)
}

# Nothing can be done about a client that may read what it is known to need, and no more.
_reads_what_it_needs("note", name, proxy) if {
	told := effective_api.possible[proxy] & object.keys(data.composelint.prepared.telling)
	count((told - client_needs.needs[name]) - object.get(client_needs.wishes, name, set())) == 0
}

_grade(0) := [1, "note"]

_grade(count_) := [0, "warning"] if count_ > 0

_does := {
	"note": "reads the Docker API through",
	"warning": "can change containers through",
}

_remedy("note", _, _) := "let it read no more than the client needs"

# What clients need is not to be taken from them.
_remedy("warning", proxy, _) := $`{_let_read(proxy)}, or keep the client from outside` if {
	count(_writers(proxy)) == 0
}

_remedy("warning", proxy, name) := "give it a socket proxy of its own that only reads, with what it alone needs, or keep it from outside" if {
	count(_writers(proxy)) > 0
	_only_reads(name, proxy)
}

_remedy("warning", proxy, name) := "keep the client from outside" if {
	count(_writers(proxy)) > 0
	not _only_reads(name, proxy)
}

_fixes(severity, proxy) := flag_fixes.set(deciding, {gate: "0"}) if {
	severity == "warning"
	count(_writers(proxy)) == 0
	[deciding, gate] := _gate(proxy)
} else := [lint.by_hand("whether outsiders are to reach it, or it needs all that, only you know")]

_only_reads(name, proxy) if {
	client_needs.needs[name]
	not name in _writers(proxy)
}

_writers(proxy) := object.get(fewest_flags.writers, proxy, set())

_let_read(proxy) := $`set "{gate}" {_of(deciding, proxy)}to "0"` if {
	[deciding, gate] := _gate(proxy)
} else := "let it only read"

_of(behind, proxy) := "" if behind == proxy

_of(behind, proxy) := $`of "{behind}" behind it ` if behind != proxy

# _gate is that of a proxy, or of one that it asks for others.
_gate(proxy) := min({[behind, gate] |
	some behind in ({proxy} | object.get(zone.behind, proxy, set()))
	gate := effective_api.gates[behind]
	gate in proxy_setup.flags[behind].on
})
