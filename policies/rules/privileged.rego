# METADATA
# title: Privileged container
# description: |
#   A privileged container has every capability, every device of the host and no seccomp
#   or AppArmor profile: whoever controls a process in it controls the host. The same holds
#   of a lifecycle hook that is privileged, of a privileged build, and of one with the
#   entitlement `security.insecure`, whose steps can ask for as much.
#
#   Remove `privileged: true` and grant the one thing that the container needs instead: a
#   capability with `cap_add`, or a device with `devices`. Build without privileges: what
#   needs them belongs into the container that runs, or on the host.
# related_resources:
#   - ref: https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities
#     description: Runtime privilege and Linux capabilities
#   - ref: https://docs.docker.com/reference/compose-file/build/#entitlements
#     description: entitlements in the Compose file
# custom:
#   severity: error
#   security_severity: 9.5
#   precision: very-high
#   set: default
#   fixes: [unsafe]
#   controls: [cis-docker-1.8.0/5.2, cis-docker-1.8.0/5.3, cis-docker-1.8.0/5.4, cis-docker-1.8.0/5.5,
#     cis-docker-1.8.0/5.18, cis-docker-1.8.0/5.22, owasp-docker/3, nist-800-190/4.4.3]
#   tags: [external/cwe/cwe-250]
#   techniques: [T1611]
package composelint.rules.privileged

import data.composelint.dind
import data.composelint.lint
import data.composelint.socket_proxies

# A socket proxy's privileges are the matter of socket-proxy-privileged.
findings contains lint.with_fix(lint.on_key(service, "privileged", message), fix) if {
	some service in input.project.services
	service.privileged == true
	not socket_proxies.kinds[service.name]
	message := $`{service.called} is privileged, which is root on the host: grant single capabilities or devices instead`
	fix := _fix(service, service.name in dind.engines)
}

findings contains lint.with_fix(lint.on_key(service.build, "privileged", message), fix) if {
	some service in input.project.services
	service.build.privileged == true
	message := $`the build of {service.called} is privileged, which is root on the host: build without it`
	fix := lint.unsafe(`remove "privileged"`, "a step of the build that needs it fails", [lint.remove_key(service.build, "privileged")])
}

findings contains lint.with_fix(lint.on(entitlement, message), fix) if {
	some service in input.project.services
	some entitlement in service.build.entitlements
	entitlement.name == "security.insecure"
	message := $`the build of {service.called} may run privileged steps, which are root on the host: remove the entitlement "security.insecure"`
	fix := lint.unsafe("remove the entitlement", "a step of the build that needs it fails", [lint.remove(entitlement)])
}

_fix(_, true) := lint.by_hand("an engine in a container does not start without it: use one that is rootless, or that of the host by a socket proxy")

_fix(service, false) := lint.unsafe(`remove "privileged"`, "it may need a capability or a device, which is then to be granted", [lint.remove_key(service, "privileged")])
