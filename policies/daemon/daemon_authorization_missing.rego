# METADATA
# title: Every caller of the API may do everything
# description: |
#   Whoever may call the Docker API may do all that it can do, and that is root on the host.
#   A plugin for authorisation is asked about each request. It is no wall by itself: plugins
#   are asked about the body only as far as it is sent to them, and releases before 23.0.15,
#   25.0.6, 26.1.5 and 27.1.1 let a request with a body of length 0 pass without one
#   (CVE-2024-41110).
#
#   Give programs a socket proxy that lets through what they need. Where people call the
#   API, set `authorization-plugins` with a plugin that denies by default, and keep the
#   engine up to date.
# related_resources:
#   - ref: https://docs.docker.com/engine/extend/plugins_authorization/
#     description: Access authorization plugin
#   - ref: https://github.com/moby/moby/security/advisories/GHSA-v23v-6jw2-98fq
#     description: CVE-2024-41110
# custom:
#   severity: note
#   security_severity: 2.5
#   precision: medium
#   set: strict
#   by_hand: daemon.json is edited by root on each host, and takes effect when the engine starts anew
#   controls: [cis-docker-1.8.0/2.13]
#   tags: [external/cwe/cwe-285]
#   techniques: [T1609]
package composelint.rules["daemon-authorization-missing"]

import data.composelint.lint

findings contains lint.on_key(input.daemon, "authorization-plugins", message) if {
	input.daemon.complete == true
	count(input.daemon.authorization_plugins) == 0
	message := `every caller of the Docker API may do everything: set "authorization-plugins", or give programs a socket proxy`
}
