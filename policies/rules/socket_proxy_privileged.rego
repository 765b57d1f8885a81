# METADATA
# title: Privileged socket proxy
# description: |
#   A socket proxy opens a port, reads a socket and nothing else. Of all containers it is the
#   one that stands between its clients and root on the host: with every capability and device
#   of the host, a flaw in the proxy is root without the Docker API even being asked. Examples
#   often have `privileged: true` for it, because SELinux keeps containers from the engine's
#   socket; no other host needs it, and neither do the images.
#
#   Remove `privileged: true` and the added capabilities. On a host with SELinux, set
#   `security_opt: ["label:disable"]` for the proxy alone, which takes SELinux's labels from it
#   and grants nothing else. `cap_drop: [ALL]` works too, for linuxserver's image with
#   `cap_add: [SYS_CHROOT]`.
# related_resources:
#   - ref: https://github.com/Tecnativa/docker-socket-proxy
#     description: Tecnativa docker-socket-proxy
#   - ref: https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities
#     description: Runtime privilege and Linux capabilities
# custom:
#   severity: error
#   security_severity: 8.0
#   precision: very-high
#   set: default
#   fixes: [safe, unsafe]
#   controls: [cis-docker-1.8.0/5.2, cis-docker-1.8.0/5.3, cis-docker-1.8.0/5.4, cis-docker-1.8.0/5.5,
#     cis-docker-1.8.0/5.18, cis-docker-1.8.0/5.22, nist-800-190/4.4.3]
#   tags: [external/cwe/cwe-250]
#   techniques: [T1611]
package composelint.rules["socket-proxy-privileged"]

import data.composelint.lint
import data.composelint.proxy_setup
import data.composelint.socket_proxies

findings contains lint.with_fix(lint.on_key(service, "privileged", message), fix) if {
	some service in socket_proxies.services
	service.privileged == true
	message := $`socket proxy "{service.name}" is privileged, which it does not need: remove it, or on a host with SELinux set "security_opt" to "label:disable" instead`
	fix := lint.unsafe(`remove "privileged"`, "on a host with SELinux it may not reach the socket any more", [lint.remove_key(service, "privileged")])
}

findings contains lint.with_fix(lint.against(lint.on(capability, message), ["cis-docker-1.8.0/5.4", "nist-800-190/4.4.3"]), _without(service.name, capability)) if {
	some service in socket_proxies.services
	some capability in service.cap_add
	not capability.name in data.composelint.capabilities.default.names
	message := $`socket proxy "{service.name}" adds the capability "{capability.name}", which it does not need: remove it`
}

_without(name, capability) := lint.safe($`remove the capability "{capability.name}"`, [lint.remove(capability)]) if {
	not name in proxy_setup.replaced
} else := lint.unsafe($`remove the capability "{capability.name}"`, "what its own program or rules need is not known", [lint.remove(capability)])
