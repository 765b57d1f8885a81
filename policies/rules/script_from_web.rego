# METADATA
# title: Script from the web
# description: |
#   The container fetches a script when it starts and runs what comes: whoever has that server or
#   that name decides what runs, today or at the next restart, and nobody sees that it changed. A
#   pinned image no longer says what the service is.
#
#   Build an image in which the script is, or fetch a certain version of it and compare its checksum
#   before it runs.
# related_resources:
#   - ref: https://docs.docker.com/build/building/best-practices/
#     description: Best practices for building images
#   - ref: https://owasp.org/www-project-top-10-ci-cd-security-risks/CICD-SEC-09-Improper-Artifact-Integrity-Validation
#     description: "CICD-SEC-9: Improper Artifact Integrity Validation, OWASP"
# custom:
#   severity: note
#   security_severity: 5.0
#   precision: high
#   set: strict
#   by_hand: the script has to be in an image, or its checksum known
#   controls: [nist-800-190/4.1.5]
#   tags: [external/cwe/cwe-494]
#   techniques: [T1204.003]
package composelint.rules["script-from-web"]

import data.composelint.lint

findings contains lint.on(word, message) if {
	some service in input.project.services
	some word in array.flatten([service.entrypoint, service.command, service.healthcheck.test])
	regex.match(_piped, word.value)
	not regex.match(_checked, word.value)
	message := $`{service.called} runs a script that it fetches from the web: build an image that has it, or compare its checksum first`
}

# _piped matches what a program fetches and a shell or an interpreter reads, by a pipe or in its place.
_piped := concat("|", [
	`\b(curl|wget)\b[^|;&\n]*\|\s*(sudo\s+)?(/\S*/)?(ba|da|z|k)?sh\b`,
	`\b(curl|wget)\b[^|;&\n]*\|\s*(sudo\s+)?(/\S*/)?(python3?|perl|ruby|node)(\s+-)?(\s|$)`,
	`\b(ba|da|z|k)?sh\s+(-c\s+)?["']?(\$\(|<\()\s*(curl|wget)\b`,
	`\beval\s+["']?\$\(\s*(curl|wget)\b`,
])

_checked := `\b(sha(1|224|256|384|512)sum|gpg|cosign|minisign)\b`
