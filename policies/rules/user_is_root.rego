# METADATA
# title: Container told to run as root
# description: |
#   Root in the container is the host's root as far as its capabilities go: it owns what is
#   mounted from the host, can change every program of the image, and is where the attacks on
#   the kernel start from. Here the file asks for it, often to get around a directory that
#   belonged to somebody else once, and against an image that names another user.
#
#   Set `user` to a number that owns nothing else, such as `10001:10001`, or remove `user` where the
#   image names one, and give the data to that user: `chown` them on the host, or once in a
#   `pre_start` hook. What has the host in its hands anyway (a privileged container, the Docker
#   socket), collects the host's own files, or is there to `chown`, draws no finding; what an image
#   does unasked is root-user, with `--strict`.
# related_resources:
#   - ref: https://docs.docker.com/reference/compose-file/services/#user
#     description: user, in the Compose file reference
#   - ref: https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html
#     description: OWASP Docker Security Cheat Sheet
# custom:
#   severity: warning
#   security_severity: 5.5
#   precision: high
#   set: default
#   fixes: [unsafe]
#   controls: [cis-docker-1.8.0/4.1, owasp-docker/2, nist-800-190/4.1.2, nist-800-190/4.4.3]
#   tags: [external/cwe/cwe-250]
#   techniques: [T1068]
package composelint.rules["user-is-root"]

import data.composelint.image_needs
import data.composelint.lint
import data.composelint.root_user

findings contains image_needs.with_better_user(lint.on_key(service, "user", message), service) if {
	some service in input.project.services
	service.name in root_user.told
	message := $`{service.called} is told to run as root: set "user" to {image_needs.better_user(service.name, "one that owns only what it needs")}`
}
