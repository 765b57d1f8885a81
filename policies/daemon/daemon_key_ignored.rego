# METADATA
# title: Key that dockerd passes over
# description: |
#   dockerd takes the key and does nothing with it: it is the name of a flag of the command
#   line, which a key spells otherwise, or it stands in a group of its own making, where
#   only true and false count, or it was removed. `dockerd --validate` says that all is
#   well, so that what the key was to protect is believed to be protected.
#
#   Write the key that is meant, at the top of the file, or remove it.
# related_resources:
#   - ref: https://docs.docker.com/reference/cli/dockerd/#daemon-configuration-file
#     description: dockerd, the daemon configuration file
# custom:
#   severity: error
#   security_severity: 7.0
#   precision: very-high
#   set: default
#   by_hand: daemon.json is edited by root on each host, and takes effect when the engine starts anew
#   controls: []
#   tags: [external/cwe/cwe-1188]
package composelint.rules["daemon-key-ignored"]

import data.composelint.lint

findings contains lint.with_severity(lint.on(key, message), severity) if {
	some key in input.daemon.idle
	message := _message(key.kind, key.name, key.means)
	severity := _severity(key.name)
}

_severity(name) := "error" if {
	name == "authorization-plugin" # whoever wrote it believes that requests are authorised
} else := "warning"

_message("flag", name, "") := $`dockerd passes over "{name}", which is a flag and no key: remove it`

_message("flag", name, means) := $`dockerd passes over "{name}", which is a flag: the key is "{means}"` if {
	not means in {"", "proxies"}
}

_message("flag", name, "proxies") := $`dockerd passes over "{name}" here: write it within "proxies"`

_message("group", name, means) := $`dockerd passes over "{name}" in the group "{means}", where only true and false count: move it to the top`

_message("removed", name, _) := $`dockerd passes over "{name}", which was removed: remove it`

_message("twice", name, _) := $`"{name}" is there twice, and the last one counts: remove this one`
