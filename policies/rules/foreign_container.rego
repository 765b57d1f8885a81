# METADATA
# title: Container that joins one of another project
# description: |
#   `container:NAME` joins a container that this project does not start: its network or another
#   namespace of it, or its volumes. Nobody sees here what is shared by that, such as the socket of
#   the Docker API among the volumes, or the host's own namespace: it was not judged. Whatever has
#   the name when the project starts is what is joined.
#
#   Join a service of the project, by `service:NAME`, or have nothing in common. What two projects
#   share is best a network or a volume of its own, that both call `external`. A container by which
#   others reach a VPN is a common reason to join its network, for which `--strict` alone asks.
# related_resources:
#   - ref: https://docs.docker.com/reference/compose-file/services/#volumes_from
#     description: volumes_from, in the Compose file reference
#   - ref: https://docs.docker.com/reference/compose-file/services/#network_mode
#     description: network_mode, in the Compose file reference
# custom:
#   severity: note
#   security_severity: 4.0
#   precision: high
#   set: default
#   by_hand: which container of another project is meant, and what it is needed for, no file says
#   controls: [nist-800-190/4.4.3]
#   tags: [external/cwe/cwe-653]
package composelint.rules["foreign-container"]

import data.composelint.lint

findings contains lint.on(namespace, message) if {
	some service in input.project.services
	some namespace in service.namespaces
	namespace.mode == "container"
	namespace.joined == ""
	namespace.of != ""
	shared := _asked_for[namespace.name]
	message := $`{service.called} joins the {shared} of the container "{namespace.of}", of which the project says nothing: join one of its services`
}

findings contains lint.on(source, message) if {
	some service in input.project.services
	some source in service.volumes_from
	source.service == ""
	source.of != ""
	message := $`{service.called} has the volumes of the container "{source.of}", of which the project says nothing: mount what it needs by "volumes"`
}

_asked_for := {"pid": "PID namespace", "ipc": "IPC namespace"} if input.config.strict == false

_asked_for := {"pid": "PID namespace", "ipc": "IPC namespace", "network": "network"} if input.config.strict == true
