# METADATA
# title: No seccomp profile by default
# description: |
#   Every container that states no profile of its own may make every system call: those that
#   the default profile keeps from containers, such as `keyctl`, `userfaultfd` or `bpf`, are
#   where attacks on the kernel begin.
#
#   Remove `seccomp-profile`, so that the built-in profile holds, or name a file with a
#   profile of your own. A single container that needs more gets it by its `security_opt`.
# related_resources:
#   - ref: https://docs.docker.com/engine/security/seccomp/
#     description: Seccomp security profiles for Docker
# custom:
#   severity: error
#   security_severity: 8.0
#   precision: very-high
#   set: default
#   by_hand: daemon.json is edited by root on each host, and takes effect when the engine starts anew
#   controls: [cis-docker-1.8.0/2.18, cis-docker-1.8.0/5.22, owasp-docker/6, nist-800-190/4.4.3]
#   tags: [external/cwe/cwe-693]
#   techniques: [T1611, T1068, T1562.001]
package composelint.rules["daemon-seccomp-unconfined"]

import data.composelint.lint

findings contains lint.on_key(input.daemon, "seccomp-profile", message) if {
	input.daemon.seccomp_profile == "unconfined"
	message := `every container without a profile of its own runs without seccomp: remove "seccomp-profile"`
}
