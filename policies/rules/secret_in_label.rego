# METADATA
# title: Secret in a label
# description: |
#   A label has the value of a secret. Whoever can list containers reads it: everything with the Docker API, also by a read-only proxy, and every dashboard that shows labels. The labels of a build are part of the image.
#
#   Let the program that reads the label take the value from a file or a variable of its own: Traefik's basicauth has `usersFile` instead of `users`. A hash does not show the password, but it can be guessed from it.
# related_resources:
#   - ref: https://doc.traefik.io/traefik/reference/routing-configuration/http/middlewares/basicauth/
#     description: "Traefik: basicauth, with usersFile"
#   - ref: https://docs.docker.com/compose/how-tos/use-secrets/
#     description: Secrets in Compose
#   - ref: https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html
#     description: OWASP Docker Security Cheat Sheet
# custom:
#   severity: warning
#   security_severity: 5.5
#   precision: high
#   set: default
#   by_hand: how the program that reads the label takes it from a file is for its documentation to say
#   controls: [owasp-docker/12, nist-800-190/4.1.4]
#   tags: [external/cwe/cwe-798, external/cwe/cwe-538]
#   techniques: [T1552.001]
package composelint.rules["secret-in-label"]

import data.composelint.secrets

findings contains secrets.graded(hit, message) if {
	some hit in secrets.hits
	hit.place == "label"
	hit.kind in {"plain", "token", "hash"}
	message := $`{hit.called} holds {hit.what}, which whoever lists containers reads: let the program take it from a file that is not in the repository`
}
