# METADATA
# title: Default runtime that nobody here knows
# description: |
#   Every container that names no runtime runs by one that decides itself what it makes of
#   capabilities, profiles and namespaces. The engine starts it as root.
#
#   Remove `default-runtime`, or use one that is known to isolate as well or better: runc,
#   gVisor, Kata Containers.
# related_resources:
#   - ref: https://docs.docker.com/engine/daemon/alternative-runtimes/
#     description: Alternative container runtimes
# custom:
#   severity: note
#   security_severity: 2.5
#   precision: high
#   set: strict
#   by_hand: daemon.json is edited by root on each host, and takes effect when the engine starts anew
#   controls: []
#   tags: [external/cwe/cwe-653]
#   techniques: [T1611, T1068]
package composelint.rules["daemon-runtime-changed"]

import data.composelint.lint

findings contains lint.on_key(input.daemon, "default-runtime", message) if {
	runtime := input.daemon.runtime
	not _known(runtime)
	message := $`containers run by "{runtime}", of which nobody here knows how it isolates: use "runc", gVisor or Kata Containers`
}

_known(name) if {
	some known in data.composelint.runtimes.known
	regex.match(known.name, name)
}
