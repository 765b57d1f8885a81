# METADATA
# title: Experimental features on
# description: |
#   Experimental features are not finished: they change, go away, and have had less review
#   than the rest.
#
#   Remove `experimental`, unless a feature is needed that only it brings.
# related_resources:
#   - ref: https://docs.docker.com/reference/cli/dockerd/
#     description: dockerd, experimental
# custom:
#   severity: note
#   security_severity: 2.5
#   precision: high
#   set: strict
#   by_hand: daemon.json is edited by root on each host, and takes effect when the engine starts anew
#   controls: [cis-docker-1.8.0/2.19]
#   tags: [external/cwe/cwe-1188]
package composelint.rules["daemon-experimental"]

import data.composelint.lint

findings contains lint.on_key(input.daemon, "experimental", message) if {
	input.daemon.experimental == true
	message := `experimental features of the engine are on: remove "experimental"`
}
