# METADATA
# title: Build on the host's network or with its devices
# description: |
#   The steps of the build, and all that they download and run, reach the host's own network:
#   services that listen on its loopback address, the metadata service of a cloud, whatever
#   trusts the host. That is what `network: host` does, and what the entitlement `network.host`
#   lets every step ask for; the entitlement `device` hands devices of the host to the steps.
#   It is an error where the steps come from somebody else's address.
#
#   Remove `network: host` and the entitlements. What a build needs from the network it can
#   download by its own; what needs a device or a service of the host belongs into the container
#   that runs, or before the build.
# related_resources:
#   - ref: https://docs.docker.com/reference/compose-file/build/#network
#     description: network of a build, in the Compose file reference
#   - ref: https://docs.docker.com/reference/compose-file/build/#entitlements
#     description: entitlements, in the Compose file reference
# custom:
#   severity: error
#   security_severity: 8.0
#   precision: high
#   set: default
#   fixes: [unsafe]
#   tags: [external/cwe/cwe-653, external/cwe/cwe-250]
#   techniques: [T1612]
package composelint.rules["build-privilege"]

import data.composelint.lint

findings contains lint.with_fix(lint.with_severity(lint.on_key(service.build, "network", message), severity), fix) if {
	some service in input.project.services
	service.build.network == "host"
	severity := _severity(service.name)
	message := $`the build of {service.called} runs on the host's network: remove "network: host"`
	fix := lint.unsafe(`remove "network: host"`, _risk, array.concat([lint.remove_key(service.build, "network")], _of_the_network(service.build.entitlements)))
}

# The entitlement comes with the network.
findings contains lint.with_fix(lint.with_severity(lint.on(entitlement, message), severity), _without(entitlement)) if {
	some service in input.project.services
	service.build.network != "host"
	some entitlement in service.build.entitlements
	entitlement.name == "network.host"
	severity := _severity(service.name)
	message := $`the build of {service.called} may run steps on the host's network: remove the entitlement "network.host"`
}

findings contains lint.with_fix(lint.with_severity(lint.on(entitlement, message), severity), _without(entitlement)) if {
	some service in input.project.services
	some entitlement in service.build.entitlements
	regex.match(`^device(=|$)`, entitlement.name)
	severity := _severity(service.name)
	message := $`the build of {service.called} may use devices of the host: remove the entitlement "{entitlement.name}"`
}

_without(entitlement) := lint.unsafe("remove the entitlement", _risk, [lint.remove(entitlement)])

_of_the_network(entitlements) := [lint.remove(entitlement) | some entitlement in entitlements; entitlement.name == "network.host"]

_risk := "a step of the build that needs it fails"

_severity(name) := "error" if {
	name in _remote
} else := "warning"

_remote contains service.name if {
	some service in input.project.services
	some context in service.build.contexts
	context.remote == true
}
