# METADATA
# title: Writable root file system
# description: |
#   The service can change its own programs and configuration: whoever gets into it can leave
#   tools behind that outlive a restart. With a read-only root file system, only what is
#   mounted for writing changes, and an attack has to go without most of its usual means.
#
#   Set `read_only: true`, and give the service what it writes to: `tmpfs` for `/tmp`, `/run`
#   and caches, a named volume for data; for images that it knows composelint says what that is, and
#   it is silent about those that do not support it. `docker diff` of a running container lists what it
#   has written so far. A secret or config with `environment:` or `content:` needs a `file:`
#   instead: docker compose writes it into the container, and refuses one that is read-only.
# related_resources:
#   - ref: https://docs.docker.com/reference/compose-file/services/#read_only
#     description: read_only, in the Compose file reference
#   - ref: https://docs.docker.com/reference/cli/docker/container/diff/
#     description: docker container diff
#   - ref: https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html
#     description: OWASP Docker Security Cheat Sheet
# custom:
#   severity: note
#   security_severity: 2.5
#   precision: high
#   set: strict
#   fixes: [unsafe]
#   controls: [cis-docker-1.8.0/5.13, owasp-docker/8, nist-800-190/4.4.3]
#   tags: [external/cwe/cwe-732]
#   techniques: [T1036.005]
package composelint.rules["writable-root-filesystem"]

import data.composelint.image_needs
import data.composelint.lint
import data.composelint.lists
import data.composelint.mounts

findings contains _with_fix(lint.on_key(service, "read_only", message), service) if {
	some service in input.project.services
	service.complete == true
	service.read_only == false
	not service.name in image_needs.never_read_only
	needs := concat(", and ", array.flatten([`set "read_only" to "true"`, _paths(service.name), _files[service.at]]))
	message := $`{service.called} can write to its root file system: {needs}`
}

_with_fix(finding, service) := lint.with_fix(finding, lint.unsafe(`set "read_only" to "true"`, "what it writes beside its start fails", edits)) if {
	image_needs.of[service.name].tmpfs
	object.get(image_needs.missing_volumes, service.name, []) == []
	object.get(_files, service.at, []) == []
	edits := array.concat([lint.set(service, ["read_only"], true)], lists.added(service, "tmpfs", mounts.under_tmpfs[service.at], image_needs.missing_tmpfs[service.name]))
} else := finding

_paths(name) := array.concat(
	[$`"tmpfs" to {image_needs.quoted(image_needs.missing_tmpfs[name])}` | count(image_needs.missing_tmpfs[name]) > 0],
	[$`mount a volume at {image_needs.quoted(image_needs.missing_volumes[name])}` | count(image_needs.missing_volumes[name]) > 0],
) if {
	name in image_needs.writers
} else := [`"tmpfs" for what it writes`]

# A file for what docker compose would write into the container. A swarm mounts it.
_files := {service.at: files |
	some service in input.project.services
	files := [$`a "file" for the {mount.type} at "{target}"` |
		input.config.target == "compose"
		some mount in service.mounts
		mount.type in {"secret", "config"}
		mount.host_path == ""
		target := mount.target
	]
}
