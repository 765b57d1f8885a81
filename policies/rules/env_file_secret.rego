# METADATA
# title: Secret in an env file of the project
# description: |
#   An env file that is part of the project has the value of a secret. As long as the file is not committed nor shared, that is one of the better places; but the container gets it as a variable, which `docker inspect` and child processes show.
#
#   Keep the file out of the repository (`.gitignore`) and out of images (`.dockerignore`), readable only by its owner. Better, name a file of its own under `secrets` and give the container the path, where the image takes `NAME_FILE`.
# related_resources:
#   - ref: https://docs.docker.com/compose/how-tos/use-secrets/
#     description: Secrets in Compose
#   - ref: https://docs.docker.com/compose/how-tos/environment-variables/best-practices/
#     description: Best practices for environment variables in Compose
#   - ref: https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html
#     description: OWASP Docker Security Cheat Sheet
# custom:
#   severity: note
#   precision: medium
#   set: strict
#   by_hand: what an env file says is kept out of the repository where that is kept
#   controls: [owasp-docker/12]
#   tags: [correctness]
#   techniques: [T1552.001]
package composelint.rules["env-file-secret"]

import data.composelint.secrets

findings contains secrets.found(hit, message) if {
	some hit in secrets.hits
	hit.place == "env-file"
	hit.kind in {"plain", "token", "hash", "address"}
	message := $`{hit.called} gets {hit.what} from an env file: keep that, or the secret that takes its place, out of the repository`
}
