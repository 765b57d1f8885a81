# METADATA
# title: Password in an address
# description: |
#   An address with a password in it stands in the file, so that everybody who can read the repository has the password. Addresses spread further than other values: programs write them into logs and error messages, and show them in lists of processes.
#
#   Build the address from variables, `postgres://app:${DB_PASSWORD:?}@db/app`, set in an `.env` file that is not committed; or use the options of the program that take the password from a file. A build context needs none: use `ssh` in `build`, or a secret. Change a password that has been committed.
# related_resources:
#   - ref: https://docs.docker.com/compose/how-tos/use-secrets/
#     description: Secrets in Compose
#   - ref: https://docs.docker.com/reference/compose-file/interpolation/
#     description: Interpolation in the Compose file
#   - ref: https://www.rfc-editor.org/rfc/rfc3986#section-7.5
#     description: "RFC 3986, sensitive information in URIs"
# custom:
#   severity: warning
#   security_severity: 5.5
#   precision: high
#   set: default
#   fixes: [unsafe]
#   controls: [owasp-docker/12, nist-800-190/4.1.4]
#   tags: [external/cwe/cwe-798, external/cwe/cwe-522]
#   techniques: [T1552.001]
package composelint.rules["secret-in-url"]

import data.composelint.lint
import data.composelint.secret_variables
import data.composelint.secrets

findings contains secret_variables.with_fix(lint.on(hit, message), hit) if {
	some hit in secrets.hits
	hit.kind == "address"
	hit.place != "env-file"
	message := $`{hit.called} has an address with {hit.what}: use {secrets.variable} for it, and keep the value out of the repository`
}

findings contains lint.on(hit, message) if {
	some hit in secrets.hits
	hit.kind in {"plain", "token"}
	hit.place == "context"
	message := $`{hit.called} has an address with {hit.what}: use "ssh" or a secret of the build`
}
