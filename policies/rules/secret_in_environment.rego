# METADATA
# title: Secret in a variable
# description: |
#   The value of a variable stands in the file: everybody who can read the repository, and all of its history, has it. `docker inspect`, the Docker API behind a read-only proxy, child processes and crash reports show a container's variables, too.
#
#   Put the value in a file outside of the repository, name it under `secrets` and give the container its path: many images take `NAME_FILE` instead of `NAME`. Where an image takes only the variable, write `${NAME:?}` and set it in an `.env` file that is not committed. Change a value that has been committed.
# related_resources:
#   - ref: https://docs.docker.com/compose/how-tos/use-secrets/
#     description: Secrets in Compose
#   - ref: https://docs.docker.com/reference/compose-file/secrets/
#     description: "secrets, in the Compose file reference"
#   - ref: https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html
#     description: OWASP Docker Security Cheat Sheet
# custom:
#   severity: warning
#   security_severity: 5.5
#   precision: high
#   set: default
#   fixes: [unsafe]
#   controls: [owasp-docker/12, nist-800-190/4.1.4]
#   tags: [external/cwe/cwe-798]
#   techniques: [T1552.001, T1528]
package composelint.rules["secret-in-environment"]

import data.composelint.secret_variables
import data.composelint.secrets

findings contains secret_variables.with_fix(secrets.graded(hit, message), hit) if {
	some hit in secrets.hits
	hit.place == "environment"
	hit.kind in {"plain", "token", "hash"}
	message := $`{hit.called} holds {hit.what}: keep it out of the repository, as a secret or {secrets.variable}`
}
