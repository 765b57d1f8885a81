# METADATA
# title: Dangerous section open on a socket proxy
# description: |
#   A flag of the proxy opens a whole section of the Docker API to every client that
#   reaches it, and some sections give away more than they seem to: `EXEC` runs commands
#   in any container, `BUILD` runs commands as root, `SWARM` shows the tokens that make a
#   node a manager even when the proxy denies every write. What a flag opens depends on
#   `POST`, which lets through all methods that change something.
#
#   Set the flag to `0`, or remove it: the images' default is off. Where a client really
#   needs the section, give that client a proxy of its own. Where expressions decide
#   (`-allowPOST=…`), narrow them to the paths that the clients call.
# related_resources:
#   - ref: https://github.com/Tecnativa/docker-socket-proxy
#     description: Tecnativa docker-socket-proxy
#   - ref: https://docs.docker.com/reference/api/engine/
#     description: Docker Engine API
#   - ref: https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html
#     description: OWASP Docker Security Cheat Sheet
# custom:
#   severity: error
#   security_severity: 8.0
#   precision: high
#   set: default
#   fixes: [safe, unsafe]
#   controls: [owasp-docker/1, nist-800-190/4.3.2, guide]
#   tags: [external/cwe/cwe-749]
#   techniques: [T1609, T1610, T1552.007, T1612, T1525, T1053.007, T1485]
package composelint.rules["socket-proxy-dangerous-section"]

import data.composelint.effective_api
import data.composelint.fewest_flags
import data.composelint.flag_fixes
import data.composelint.lint
import data.composelint.possible_attacks
import data.composelint.proxy_setup
import data.composelint.socket_proxies

# A flag gets one finding, for the worst that it opens.
findings contains lint.with_fixes(lint.with_severity(lint.on({"at": effective_api.place(proxy, flag)}, message), worst[0]), _fixes(proxy, flag)) if {
	some proxy, by_flag in _opened
	some flag, opened in by_flag
	worst := min(opened)
	message := $`"{flag}" of the socket proxy "{proxy}" lets its clients {worst[2]}: {_remedy(proxy, flag)}`
}

# flags are those that the findings are about, by proxy.
flags := {proxy: names |
	some proxy, _ in socket_proxies.kinds
	names := object.keys(object.get(_opened, proxy, {}))
}

# _opened are, by proxy and flag, the cases that apply: severity, place in the data, and what
# they open. By name, error comes before warning. A flag without which a known client cannot do
# what it needs or may use is none, even where it opens more beside the gate: closing it would
# break the client, and a gate that nobody needs is another rule's finding.
_opened[proxy][flag] contains [case.severity, i, case.opens] if {
	some proxy, _ in socket_proxies.kinds
	some i, case in data.composelint.sections.cases
	operations := {operation | some operation in case.operations}
	count(operations - effective_api.allowed[proxy]) == 0
	count({operation | some operation in case.without} & effective_api.possible[proxy]) == 0
	flag := effective_api.decision(proxy, case.by).flag
	flag != ""
	not flag in object.get(possible_attacks.root_flags, proxy, [])
	not fewest_flags.asked_for(proxy, case.by, flag)
}

_fixes(proxy, flag) := flag_fixes.close(proxy, flag, fewest_flags.in_place_of(proxy, flag)) if {
	proxy_setup.flags[proxy]
} else := [lint.by_hand("which of these paths its clients ask for is not known")]

# Of some proxies the flags are the values of an option.
_remedy(proxy, flag) := "remove it" if {
	socket_proxies.facts[proxy].language == "options"
} else := "narrow it to what they need" if {
	not proxy_setup.flags[proxy]
} else := $`set it to "0"{fewest_flags.said_in_place_of(proxy, flag)}`
