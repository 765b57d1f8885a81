# METADATA
# title: Old versions of the API allowed
# description: |
#   `min-api-version` lets clients ask for versions of the API that the engine no longer
#   speaks by itself. They leave out checks that came later, and exist for clients that
#   nobody maintains any more.
#
#   Remove `min-api-version`, and update the client that needs it.
# related_resources:
#   - ref: https://docs.docker.com/reference/api/engine/
#     description: Docker Engine API, versions
# custom:
#   severity: note
#   security_severity: 2.5
#   precision: high
#   set: strict
#   by_hand: daemon.json is edited by root on each host, and takes effect when the engine starts anew
#   controls: []
#   tags: [external/cwe/cwe-477]
package composelint.rules["daemon-api-version-old"]

import data.composelint.lint

findings contains lint.on_key(input.daemon, "min-api-version", message) if {
	regex.match(`^1\.(2\d|3\d)$`, input.daemon.min_api_version)
	message := $`clients may ask for the API {input.daemon.min_api_version}, which the engine does not speak by itself: remove "min-api-version"`
}
