# METADATA
# title: All services on the default network
# description: |
#   The file declares no network, so that Compose puts every service on one that it makes: each
#   reaches every port of every other, the web server those of the database, and whoever takes
#   one over has all of them before him.
#
#   Declare `networks` and put on each the services that need each other, for example `frontend`
#   with the reverse proxy and the application, and `backend`, `internal: true`, with the
#   application and the database. Names and ports stay as they are.
# related_resources:
#   - ref: https://docs.docker.com/compose/how-tos/networking/
#     description: Networking in Compose
#   - ref: https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html
#     description: OWASP Docker Security Cheat Sheet
# custom:
#   severity: note
#   security_severity: 2.5
#   precision: very-high
#   set: strict
#   by_hand: which services need each other is for you to say
#   controls: [owasp-docker/5, nist-800-190/4.3.4]
#   tags: [external/cwe/cwe-653]
#   techniques: [T1046]
package composelint.rules["default-network-only"]

import data.composelint.lint
import data.composelint.networks
import data.composelint.published

findings contains lint.about(lint.with_related(lint.on(services[0], message), related), network.at) if {
	count(_others) == 0
	some network in input.project.networks
	network.implicit == true
	members := [service |
		some service in input.project.services
		service.complete == true
		network.name in networks.of[service.name]
	]
	count(members) > 1

	# A database has a finding of its own where an edge reaches it.
	services := array.concat(
		[service | some service in members; not published.databases[service.name]],
		[service | some service in members; published.databases[service.name]],
	)
	related := [{"at": service.at, "label": service.called} | some service in array.slice(services, 1, count(services))]
	message := $`all {count(services)} services are on the network that Compose makes by default, where each reaches every port of the others: declare networks for those that need each other`
}

# _others are the networks besides the default one that some service is on.
_others := {network.name |
	some network in input.project.networks
	network.implicit == false
	networks.members[network.name]
}
