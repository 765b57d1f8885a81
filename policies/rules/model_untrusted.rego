# METADATA
# title: AI model without a version
# description: |
#   A model without a tag, or with the tag `latest`, is whatever was pushed last: it can answer
#   differently tomorrow, and whoever can push to its repository decides what the services are
#   told.
#
#   State the tag, which names the size and the quantisation as well, as in
#   `ai/smollm2:360M-Q4_K_M`, or the digest.
# related_resources:
#   - ref: https://docs.docker.com/reference/compose-file/models/
#     description: models, in the Compose file reference
# custom:
#   severity: note
#   security_severity: 2.5
#   precision: very-high
#   set: strict
#   by_hand: which tag or digest of the model is right, only you know
#   controls: [nist-800-190/4.1.5]
#   tags: [external/cwe/cwe-829]
#   techniques: [T1204.003]
package composelint.rules["model-untrusted"]

import data.composelint.lint

findings contains lint.on_key(model, "model", message) if {
	some model in input.project.models
	model.tag in {"", "latest"}
	model.digest == ""
	message := $`model "{model.name}" is whatever version was pushed last: state its tag or digest`
}
