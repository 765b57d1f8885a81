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
#   nginx) mostly works with `user` from the start, once its data belong to that user.
# related_resources:
#   - ref: https://docs.docker.com/reference/compose-file/services/#user
#     description: user, in the Compose file reference
#   - ref: https://docs.docker.com/build/building/best-practices/#user
#     description: USER, in the best practices for Dockerfiles
#   - ref: https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html
#     description: OWASP Docker Security Cheat Sheet
# custom:
#   severity: warning
#   security_severity: 5.5
#   precision: high
#   set: strict
#   controls: [cis-docker-1.8.0/4.1, owasp-docker/2, nist-800-190/4.1.2, nist-800-190/4.4.3]
#   tags: [external/cwe/cwe-250]
#   techniques: [T1068]
package composelint.rules["root-user"]

import data.composelint.daemon
import data.composelint.images
import data.composelint.lint

findings contains lint.with_severity(lint.on_key(service, "user", message), severity) if {
	some service in input.project.services
	service.user == "0"
	not service.name in daemon.remapped
	severity := _severity(service.kind)
	message := $`{service.called} runs as root: set "user" to one that owns only what it needs`
}

findings contains lint.with_severity(lint.with_related(lint.on_key(service, "user", message), daemon.said(input.daemon, "userns-remap")), "note") if {
	some service in input.project.services
	service.user == "0"
	service.name in daemon.remapped
	message := $`{service.called} runs as root of the container, which is another user on the host by "userns-remap": set "user" to one that owns only what it needs`
}

findings contains lint.with_severity(lint.on(service, message), "note") if {
	some service in input.project.services
	service.complete == true
	service.user == ""
	not service.name in _not_root
	message := $`{service.called} runs as root unless its image names another user: set "user"`
}

# A hook that runs as root for a moment is how its service can do without.
_severity(kind) := "warning" if {
	kind in {"service", "job"}
} else := "note"

_not_root contains name if {
	some name, image in images.names
	data.composelint.image_users.images[image]
}

_not_root contains service.name if {
	some service in input.project.services
	some tag in data.composelint.image_users.tags
	regex.match(tag.pattern, service.image.tag)
}
