# METADATA
# title: Key that the systemd unit has as a flag
# description: |
#   A key that is also a flag of the command line stops the start: "the following directives
#   are specified both as a flag and in the configuration file". The unit of Docker's
#   packages, `docker.service`, starts dockerd with `-H fd://
#   --containerd=/run/containerd/containerd.sock`, so that `hosts` and `containerd` clash
#   with it as long as nobody overrides the unit. Which unit a host has cannot be seen here.
#
#   Where the host has that unit, override `ExecStart` without the flag (`systemctl edit
#   docker`: an empty `ExecStart=`, then the one without it), or remove the key. Where
#   dockerd is started otherwise, accept the finding by an exception.
# related_resources:
#   - ref: https://docs.docker.com/engine/daemon/troubleshoot/#conflicts-between-the-daemonjson-and-startup-scripts
#     description: Troubleshooting the Docker daemon
#   - ref: https://docs.docker.com/engine/daemon/remote-access/
#     description: Configure remote access for Docker daemon
# custom:
#   severity: note
#   precision: medium
#   set: default
#   by_hand: daemon.json is edited by root on each host, and takes effect when the engine starts anew
#   controls: []
#   tags: [correctness]
package composelint.rules["daemon-flag-clash"]

import data.composelint.lint

findings contains lint.on_key(input.daemon, key, message) if {
	some key, flag in {"hosts": "-H fd://", "containerd": "--containerd"}
	key in input.daemon.stated
	message := $`"{key}" stops the start where the unit docker.service starts dockerd with "{flag}", as that of Docker's packages does: override the unit without it`
}
