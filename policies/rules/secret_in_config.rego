# METADATA
# title: Secret in the content of a config
# description: |
#   The content of a config has the value of a secret in it. It stands in the file for everybody who can read the repository, and the engine of a swarm shows the content of a config to everybody who may list configs; that of a secret it never shows.
#
#   Move the file under `secrets`, or leave the value out and let the program read it from a secret's file or a variable. In `content`, `${NAME:?}` is replaced by Compose. Change a value that has been committed.
# related_resources:
#   - ref: https://docs.docker.com/compose/how-tos/use-secrets/
#     description: Secrets in Compose
#   - ref: https://docs.docker.com/reference/compose-file/configs/
#     description: "configs, in the Compose file reference"
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
#   techniques: [T1552.001]
package composelint.rules["secret-in-config"]

import data.composelint.secret_variables
import data.composelint.secrets

findings contains secret_variables.with_fix(secrets.graded(hit, message), hit) if {
	some hit in secrets.hits
	hit.place == "config"
	hit.kind in {"plain", "token", "hash"}
	message := $`{hit.called} holds {hit.what}: keep it out of the repository, as a secret or {secrets.variable}`
}
