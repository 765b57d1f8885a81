# METADATA
# title: Socket proxy on a network that no client needs
# description: |
#   Every service on a network of the proxy can call the Docker API through it, whether it
#   was meant to or not. All declared clients of this proxy reach it by another of its
#   networks as well, so this one only adds callers. Of several networks the one stays that
#   most clients share. On an external network there may be clients of other projects.
#
#   Take the proxy off the network: remove the entry from its `networks`, or the
#   `network_mode: service:…` by which it is on those of another service. A service that
#   does need the proxy from there should point at it, by `DOCKER_HOST` for example, or
#   join one of the proxy's other networks.
# related_resources:
#   - ref: https://docs.docker.com/reference/compose-file/services/#networks
#     description: networks, in the Compose file reference
#   - ref: https://github.com/Tecnativa/docker-socket-proxy
#     description: Tecnativa docker-socket-proxy
# custom:
#   severity: warning
#   security_severity: 5.5
#   precision: high
#   set: default
#   fixes: [unsafe]
#   controls: [nist-800-190/4.3.3, guide]
#   tags: [external/cwe/cwe-668]
#   techniques: [T1609, T1046]
package composelint.rules["socket-proxy-extra-network"]

import data.composelint.lint
import data.composelint.networks
import data.composelint.proxy_networks
import data.composelint.services
import data.composelint.socket_proxies

findings contains lint.with_fix(lint.on(attachment, message), fix) if {
	some service in socket_proxies.services
	some attachment in service.networks
	attachment.at in proxy_networks.extra_attachments
	not networks.by_name[attachment.name].external == true
	message := $`socket proxy "{service.name}" is on network "{attachment.name}", by which none of its clients needs to reach it: leave that network`
	fix := lint.unsafe($`take it off network "{attachment.name}"`, "who asks it there and is no client in sight does not reach it any more", [lint.remove(attachment)])
}

# Who else is on such a network is in no file.
findings contains lint.with_severity(lint.on(attachment, message), "note") if {
	some service in socket_proxies.services
	some attachment in service.networks
	attachment.at in proxy_networks.extra_attachments
	networks.by_name[attachment.name].external == true
	message := $`socket proxy "{service.name}" is on the external network "{attachment.name}", by which none of its clients here needs to reach it: leave that network unless other projects call it there`
}

findings contains lint.with_fix(lint.on(namespace, message), lint.by_hand($`service "{owner}" may need that network itself`)) if {
	some service in socket_proxies.services
	some namespace in service.namespaces
	namespace.name == "network"
	owner := service.network_owner
	some attachment in services.by_name[owner].networks
	attachment.at in proxy_networks.extra_attachments
	message := $`socket proxy "{service.name}" is on network "{attachment.name}" of service "{owner}", by which none of its clients needs to reach it: move it to a network of its own, which its clients join as well`
}
