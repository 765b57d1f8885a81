# METADATA
# title: File that dockerd refuses
# description: |
#   dockerd does not start with this file: it is no JSON, a key is unknown or was removed, a
#   value has the wrong type, or two of them contradict each other. On a host that runs, it
#   shows when the engine is restarted next, perhaps by an update at night, and then nothing
#   runs there.
#
#   Correct what the finding names, and try the file with `dockerd --validate --config-file
#   FILE` before it is installed. Which keys there are depends on the release: this one is
#   judged as the newest engine reads it.
# related_resources:
#   - ref: https://docs.docker.com/reference/cli/dockerd/#daemon-configuration-file
#     description: dockerd, the daemon configuration file
# custom:
#   severity: error
#   precision: very-high
#   set: default
#   by_hand: daemon.json is edited by root on each host, and takes effect when the engine starts anew
#   controls: []
#   tags: [correctness]
package composelint.rules["daemon-refused"]

import data.composelint.lint

findings contains lint.on(problem, problem.message) if some problem in input.daemon.problems
