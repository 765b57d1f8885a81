# METADATA
# title: Writable mount of what is only read
# description: |
#   The container can write to a file of the host that its program only reads, such as its
#   configuration: whoever gets into it changes what it does after the next start, of other
#   containers too where they share the file, and outside of what an image or a new container
#   would reset.
#
#   Mount it read-only: `:ro`, or `read_only: true` in the long form.
# related_resources:
#   - ref: https://docs.docker.com/engine/storage/bind-mounts/#use-a-read-only-bind-mount
#     description: Use a read-only bind mount
#   - ref: https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html
#     description: OWASP Docker Security Cheat Sheet
# custom:
#   severity: note
#   security_severity: 3.0
#   precision: high
#   set: strict
#   fixes: [safe, unsafe]
#   controls: [owasp-docker/8, nist-800-190/4.4.4]
#   tags: [external/cwe/cwe-732]
package composelint.rules["writable-configuration"]

import data.composelint.images
import data.composelint.lint
import data.composelint.mounts

findings contains lint.with_fix(lint.on(mount, message), mounts.read_only_fix(mount, service.name in images.pulled)) if {
	some service in input.project.services
	some mount in service.mounts
	mount.type == "bind"
	mount.from == ""
	mount.read_only == false
	mount.target in _only_read
	not mount.at in _spoken_of
	message := $`{service.called} can write to "{mount.source}", which it only reads: mount it read-only`
}

_only_read contains target if {
	some target in {mount.target | some service in input.project.services; some mount in service.mounts}
	some kind in data.composelint.read_by_nature.targets
	regex.match(kind.target, target)
}

_spoken_of := {finding.at | some finding in data.composelint.rules["sensitive-host-mount"].findings}
