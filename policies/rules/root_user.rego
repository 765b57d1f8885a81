# METADATA
# title: Container runs as root
# description: |
#   Root in the container is the host's root as far as its capabilities go: it owns what is
#   mounted from the host, can change every program of the image, and is where the attacks on
#   the kernel start from. Without `user`, the image decides, and most start as root.
#
#   Set `user` to a number that owns nothing else, such as `10001:10001`, and give it the
#   directories that the service writes to: `chown` them on the host, or once in a
#   `pre_start` hook. An image that starts as root to change to a user itself (postgres, redis,
#   nginx) mostly works with `user` from the start, once its data belong to that user. A service
#   that is told to run as root for no reason that the file shows is user-is-root.
# related_resources:
#   - ref: https://docs.docker.com/reference/compose-file/services/#user
#     description: user, in the Compose file reference
#   - ref: https://docs.docker.com/build/building/best-practices/#user
#     description: USER, in the best practices for Dockerfiles
#   - ref: https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html
#     description: OWASP Docker Security Cheat Sheet
# custom:
#   severity: note
#   security_severity: 5.5
#   precision: high
#   set: strict
#   fixes: [unsafe]
#   controls: [cis-docker-1.8.0/4.1, owasp-docker/2, nist-800-190/4.1.2, nist-800-190/4.4.3]
#   tags: [external/cwe/cwe-250]
#   techniques: [T1068]
package composelint.rules["root-user"]

import data.composelint.daemon
import data.composelint.image_needs
import data.composelint.lint
import data.composelint.root_user

findings contains image_needs.with_better_user(lint.with_severity(lint.on_key(service, "user", message), "note"), service) if {
	some service in input.project.services
	service.user == "0"
	not service.name in root_user.told
	not service.name in daemon.remapped
	not service.name in image_needs.never_as_user
	message := $`{service.called} runs as root: set "user" to {image_needs.better_user(service.name, "one that owns only what it needs")}`
}

findings contains lint.with_severity(lint.with_related(lint.on_key(service, "user", message), daemon.said(input.daemon, "userns-remap")), "note") if {
	some service in input.project.services
	service.user == "0"
	service.name in daemon.remapped
	message := $`{service.called} runs as root of the container, which is another user on the host by "userns-remap": set "user" to one that owns only what it needs`
}

findings contains image_needs.with_better_user(lint.with_severity(lint.on(service, message), "note"), service) if {
	some service in input.project.services
	service.complete == true
	service.user == ""
	not service.name in image_needs.never_root
	not service.name in image_needs.never_as_user
	message := $`{service.called} {_starts(service.name)}`
}

_starts(name) := $`starts as root, which its image does not need: set "user" to {image_needs.better_user(name, "")}` if {
	image_needs.of[name].user
} else := `runs as root unless its image names another user: set "user"`
