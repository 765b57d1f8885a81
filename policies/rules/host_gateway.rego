# METADATA
# title: Name for the host in a container
# description: |
#   The container gets a name for its host, mostly to reach a service that runs there. What
#   listens for it on the bridge is open to every other container as well, and what the host
#   trusts by address now trusts the container.
#
#   Run the service in a container of the project and name it, or leave the entry as it is where
#   the service has to stay on the host: let it listen on the bridge's address alone, and ask
#   for a password.
# related_resources:
#   - ref: https://docs.docker.com/reference/compose-file/services/#extra_hosts
#     description: extra_hosts, in the Compose file reference
#   - ref: https://docs.docker.com/reference/cli/dockerd/#configure-host-gateway-ip
#     description: Configure the host gateway's address
# custom:
#   severity: note
#   security_severity: 2.5
#   precision: very-high
#   set: strict
#   by_hand: what runs on the host, and can run in a container, is for you to say
#   controls: [nist-800-190/4.4.2]
#   tags: [external/cwe/cwe-653]
#   techniques: [T1046]
package composelint.rules["host-gateway"]

import data.composelint.lint

findings contains lint.on(host, message) if {
	some service in input.project.services
	some host in service.extra_hosts
	host.address == "host-gateway"
	message := $`{service.called} reaches the host as "{host.name}": run what it needs there in a container, if that can be`
}

findings contains lint.on(host, message) if {
	some service in input.project.services
	some host in service.build.extra_hosts
	host.address == "host-gateway"
	message := $`the build of {service.called} reaches the host as "{host.name}": fetch what it needs there beforehand`
}
