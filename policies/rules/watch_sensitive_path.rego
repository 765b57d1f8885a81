# METADATA
# title: Secrets copied into a container while developing
# description: |
#   `docker compose watch` copies the path into the running container whenever it changes:
#   the passwords of an `.env` file, or the whole history and the credentials in `.git`. There
#   every process can read it, and it is part of any image that is committed from the
#   container. What the host keeps for itself, such as a home directory, is left to
#   `sensitive-host-mount`.
#
#   Watch the directory of the sources instead, and list what it must not copy under
#   `ignore` or in `.dockerignore`. Variables of an `.env` file reach the container by
#   `env_file`, keys by `secrets`.
# related_resources:
#   - ref: https://docs.docker.com/compose/how-tos/file-watch/
#     description: Use Compose Watch
#   - ref: https://docs.docker.com/reference/compose-file/develop/
#     description: develop, in the Compose file reference
#   - ref: https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html
#     description: OWASP Docker Security Cheat Sheet
# custom:
#   severity: warning
#   security_severity: 5.5
#   precision: high
#   set: strict
#   by_hand: which of the files are sources is for you to say
#   controls: [owasp-docker/12]
#   tags: [external/cwe/cwe-538]
#   techniques: [T1552.001]
package composelint.rules["watch-sensitive-path"]

import data.composelint.host_paths
import data.composelint.lint

findings contains lint.on_key(watch, "path", message) if {
	some service in input.project.services
	some watch in service.watch
	watch.action in {"sync", "sync+restart", "sync+exec"}
	path := watch.path
	not host_paths.kept[path]
	holds := _what(path)
	message := $`{service.called} gets a copy of "{watch.path}", {holds}, while it is watched: watch the sources alone`
}

_what(path) := found[0] if {
	found := [entry.holds |
		some entry in data.composelint.watched_paths.entries
		regex.match(entry.pattern, path)
		not _harmless(path)
	]
	count(found) > 0
}

_harmless(path) if regex.match(data.composelint.watched_paths.harmless, path)
