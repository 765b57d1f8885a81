# METADATA
# title: Well-known default password
# description: |
#   The password, or the secret, is a default or an example that everybody knows: it is what is tried first, by people and by worms, and it stays after the service has been published "only for a moment". A signing key that everybody knows lets them make sessions and tokens of their own.
#
#   Set a value of your own, random and long (`openssl rand -hex 24`), and keep it out of the file: a secret, or `${NAME:?}`, which refuses to start until somebody has chosen. Databases keep the password of their first start, so change it in the database as well.
# related_resources:
#   - ref: https://docs.docker.com/compose/how-tos/use-secrets/
#     description: Secrets in Compose
#   - ref: https://cwe.mitre.org/data/definitions/1392.html
#     description: "CWE-1392: use of default credentials"
#   - ref: https://doi.org/10.6028/NIST.SP.800-190
#     description: "NIST SP 800-190, Application Container Security Guide"
# custom:
#   severity: error
#   security_severity: 8.0
#   precision: high
#   set: default
#   fixes: [unsafe]
#   controls: [nist-800-190/4.1.4]
#   tags: [external/cwe/cwe-1392, external/cwe/cwe-798]
#   techniques: [T1078.001, T1110.001]
package composelint.rules["default-credential"]

import data.composelint.misread_settings
import data.composelint.secret_variables
import data.composelint.secrets

findings contains secret_variables.with_fix(secrets.found(hit, message), hit) if {
	some hit in secrets.hits
	hit.kind == "default"
	not hit.at in misread_settings.refused # of which setting-without-effect speaks
	message := $`{hit.called} has {hit.what} {object.get(hit, "known", "that is well known")}: choose a random one and keep it out of the files, as a secret or {secrets.variable}`
}
