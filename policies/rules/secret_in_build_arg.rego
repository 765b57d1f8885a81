# METADATA
# title: Secret in a build argument
# description: |
#   A build argument has the value of a secret. It stands in the file, and the image keeps it: `docker history` shows the arguments of a build to everybody who can pull the image.
#
#   Name it under `secrets` in `build` and mount it where it is needed, `RUN --mount=type=secret,id=name`: nothing of it stays in the image. Change a value that has been built in.
# related_resources:
#   - ref: https://docs.docker.com/build/building/secrets/
#     description: Build secrets
#   - ref: https://docs.docker.com/reference/compose-file/build/#secrets
#     description: "secrets of a build, in the Compose file reference"
#   - ref: https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html
#     description: OWASP Docker Security Cheat Sheet
# custom:
#   severity: warning
#   security_severity: 5.5
#   precision: high
#   set: default
#   by_hand: the Dockerfile has to take it as a secret of the build, by a mount of its own
#   controls: [cis-docker-1.8.0/4.10, owasp-docker/12, nist-800-190/4.1.4]
#   tags: [external/cwe/cwe-798, external/cwe/cwe-538]
#   techniques: [T1552.001]
package composelint.rules["secret-in-build-arg"]

import data.composelint.secrets

findings contains secrets.graded(hit, message) if {
	some hit in secrets.hits
	hit.place == "argument"
	hit.kind in {"plain", "token", "hash"}
	message := $`{hit.called} holds {hit.what}, which the image keeps: use a secret of the build`
}
