# METADATA
# title: Container on the host's network
# description: |
#   The container has no network of its own: it reaches every port of the host, the
#   services bound to the loopback address included, can listen on any port without
#   publishing it, and sees the host's traffic and its bridges, internal networks too. The
#   same holds for a container that joins the network of such a container.
#
#   Remove `network_mode: host` and publish the ports that are needed with `ports`. A
#   container that has to reach a service of the host gets `extra_hosts:
#   [host.docker.internal:host-gateway]`.
# related_resources:
#   - ref: https://docs.docker.com/engine/network/drivers/host/
#     description: Host network driver
#   - ref: https://docs.docker.com/reference/compose-file/services/#network_mode
#     description: network_mode, in the Compose file reference
# custom:
#   severity: error
#   security_severity: 8.0
#   precision: very-high
#   set: default
#   fixes: [unsafe]
#   controls: [cis-docker-1.8.0/5.10, nist-800-190/4.4.3]
#   tags: [external/cwe/cwe-653]
#   techniques: [T1611, T1046]
package composelint.rules["host-network"]

import data.composelint.lint
import data.composelint.needed_privileges
import data.composelint.networks

findings contains lint.with_fixes(lint.with_related(lint.on(namespace, message), related), fixes) if {
	some service in input.project.services
	attached := {attachment.at | some attachment in service.networks}
	some namespace in service.namespaces
	namespace.at in networks.host_namespaces
	not needed_privileges.of(service.name, "namespaces", "network")
	how := _how(namespace.of, namespace.at in attached)
	message := $`{service.called} {how}: give it a network of its own and publish the ports it needs`
	related := [{"at": at, "label": "on the way to the host's network"} | some at in namespace.through]
	fixes := [_of_its_own(namespace) | namespace.of == ""; not namespace.at in attached; count(service.ports) > 0]
}

findings contains lint.with_severity(lint.on(namespace, message), "note") if {
	some service in input.project.services
	some namespace in service.namespaces
	namespace.at in networks.host_namespaces
	need := needed_privileges.of(service.name, "namespaces", "network")
	message := $`{service.called} uses the host's network, {need}: {needed_privileges.remains("reach what listens on the host alone")}`
}

# Which ports it needs is known where it states some, which the host's network makes idle.
_of_its_own(namespace) := lint.unsafe(`remove "network_mode"`, "what it reaches at localhost, or is reached by on ports that it does not publish, is out of reach", [lint.remove(namespace)])

_how(of, by_network) := "is attached to a network that is the host's" if {
	by_network == true
} else := $`joins the network of "{of}", which is the host's` if {
	of != ""
} else := "uses the host's network"
