# METADATA
# title: Programs, setuid files or devices on a tmpfs
# description: |
#   Docker mounts a tmpfs so that no program on it runs, no setuid bit counts and no
#   device works. This one allows it again: a directory that everybody can write to is
#   where an attacker puts the next program.
#
#   Remove the option. `exec` is needed by the few images that unpack a native library
#   into the directory and load it; `suid` and `dev` hardly ever.
# related_resources:
#   - ref: https://docs.docker.com/engine/storage/tmpfs/
#     description: tmpfs mounts
#   - ref: https://man7.org/linux/man-pages/man8/mount.8.html
#     description: "mount(8): exec, suid and dev"
# custom:
#   severity: note
#   security_severity: 2.5
#   precision: very-high
#   set: strict
#   fixes: [unsafe]
#   controls: []
#   tags: [external/cwe/cwe-732]
#   techniques: [T1036.005]
package composelint.rules["unsafe-tmpfs"]

import data.composelint.lint

findings contains lint.with_fix(lint.on(mount, message), fix) if {
	some service in input.project.services
	some mount in service.mounts
	mount.type == "tmpfs"
	count(mount.allows) > 0
	target := mount.target
	options := concat(", ", [$`"{option}"` | some option in mount.allows])
	message := $`the tmpfs "{target}" of {service.called} allows {options}: leave it out, as Docker does`
	fix := lint.unsafe($`leave out {options}`, "what runs programs from there, or needs its devices, does not work any more", [lint.set(mount, ["allows"], [])])
}
