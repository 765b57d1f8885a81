# METADATA
# title: Containers may gain privileges by default
# description: |
#   A process in a container can gain privileges that it was not started with, by a setuid
#   program such as `su`, unless the container itself forbids it. One key forbids it for all
#   that say nothing.
#
#   Set `no-new-privileges: true`. A single container that needs `sudo` says `security_opt:
#   [no-new-privileges:false]`.
# related_resources:
#   - ref: https://docs.docker.com/reference/cli/dockerd/
#     description: dockerd, no-new-privileges
# custom:
#   severity: note
#   security_severity: 2.5
#   precision: high
#   set: strict
#   by_hand: daemon.json is edited by root on each host, and takes effect when the engine starts anew
#   controls: [cis-docker-1.8.0/2.15]
#   tags: [external/cwe/cwe-250]
#   techniques: [T1068]
package composelint.rules["daemon-new-privileges-allowed"]

import data.composelint.lint

findings contains lint.on_key(input.daemon, "no-new-privileges", message) if {
	input.daemon.no_new_privileges == false
	message := `containers can gain privileges by setuid programs unless they say otherwise: set "no-new-privileges" to true`
}
