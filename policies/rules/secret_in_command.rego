# METADATA
# title: Secret in a command line
# description: |
#   A command, an entrypoint or a health check has the value of a secret in it. It stands in the file for everybody who can read the repository, and every process on the host, and every container with the host's PID namespace, sees it in the list of processes.
#
#   Let the program read it from a file under `secrets`, or from a variable: most have an option for a file, and a shell takes it with `"$$(cat /run/secrets/name)"`. Change a value that has been committed.
# related_resources:
#   - ref: https://docs.docker.com/compose/how-tos/use-secrets/
#     description: Secrets in Compose
#   - ref: https://man7.org/linux/man-pages/man5/proc_pid_cmdline.5.html
#     description: proc_pid_cmdline(5)
#   - ref: https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html
#     description: OWASP Docker Security Cheat Sheet
# custom:
#   severity: warning
#   security_severity: 5.5
#   precision: high
#   set: default
#   by_hand: how the program takes it from a file or a variable is for its documentation to say
#   controls: [owasp-docker/12, nist-800-190/4.1.4]
#   tags: [external/cwe/cwe-798, external/cwe/cwe-214]
#   techniques: [T1552.001]
package composelint.rules["secret-in-command"]

import data.composelint.secrets

findings contains secrets.graded(hit, message) if {
	some hit in secrets.hits
	hit.place == "command"
	hit.kind in {"plain", "token", "hash"}
	message := $`{hit.called} holds {hit.what}, which every list of processes shows: let the program read it from a secret that is not in the repository`
}
