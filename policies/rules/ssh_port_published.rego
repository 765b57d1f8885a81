# METADATA
# title: SSH server of a container on a port of the host
# description: |
#   An SSH server in a container is a second way in beside that of the host, with keys,
#   passwords and updates of its own that nobody watches, and it keeps a whole system running
#   around the one process that the container is for. `docker exec` does the same without any
#   of it. Images that speak SSH to their users as their purpose (git, file transfer) are not
#   meant.
#
#   Remove the port and the server: `docker exec -it NAME sh` opens a shell, from another
#   machine with `docker -H ssh://user@host exec`. Where the container is a machine to log in
#   to, publish the port on `127.0.0.1` and come by the host's own SSH (`ssh -J`).
# related_resources:
#   - ref: https://docs.docker.com/reference/cli/docker/container/exec/
#     description: docker exec
#   - ref: https://docs.docker.com/engine/security/protect-access/
#     description: Protect the Docker daemon socket
# custom:
#   severity: warning
#   security_severity: 5.5
#   precision: high
#   set: default
#   fixes: [unsafe]
#   controls: [cis-docker-1.8.0/5.7]
#   tags: [external/cwe/cwe-668]
#   techniques: [T1133, T1110.001]
package composelint.rules["ssh-port-published"]

import data.composelint.images
import data.composelint.lint
import data.composelint.published

findings contains lint.with_fix(lint.with_severity(lint.on(port, message), severity), fix) if {
	some service in input.project.services
	not service.name in _for_users
	some port in service.ports
	port.protocol == "tcp"
	port.target in _ports(service.name)
	severity := _severity(port.at)
	message := $`{service.called} publishes port {port.target} of an SSH server: remove it and use "docker exec"`
	fix := lint.unsafe("remove the port", "nobody gets in by SSH any more", [lint.remove(port)])
}

# _for_users are the services that speak SSH to their users as their purpose.
_for_users contains name if {
	some name, short_names in images.short_names
	some image in short_names
	data.composelint.ssh.protocols[image]
}

_ports(name) := {22} | {port |
	some image in images.short_names[name]
	some port in data.composelint.ssh.servers[image]
}

_severity(at) := "warning" if {
	at in published.beyond
} else := "note" if {
	at in published.in_force
}
