# METADATA
# title: Published port without effect
# description: |
#   All networks of the service are internal, or it has none, and the engine publishes no port of such a
#   container: nobody reaches it from the host, nor from beyond. `docker stack deploy` does publish it, so
#   that the same file is open there. On the host's network it is the other way round: the ports are passed
#   over, and the program listens on every address that it chooses, whatever the file says of `127.0.0.1`.
#
#   Put the service on a network of its own that is not internal, beside the internal one, where it
#   has to be reached from outside; else remove the port. On the host's network tell the program itself
#   where to listen.
# related_resources:
#   - ref: https://docs.docker.com/reference/compose-file/networks/#internal
#     description: internal, in the Compose file reference
#   - ref: https://docs.docker.com/engine/network/port-publishing/
#     description: Port publishing and mapping
# custom:
#   severity: warning
#   precision: high
#   set: default
#   fixes: [safe]
#   controls: [guide]
#   tags: [correctness, unnecessary]
package composelint.rules["port-without-effect"]

import data.composelint.lint
import data.composelint.networks
import data.composelint.socket_proxies

findings contains lint.with_fix(lint.on(service.ports[0], message), _remove(service, count(service.ports))) if {
	input.config.target != "swarm"
	some service in input.project.services
	service.network_owner == service.name
	not socket_proxies.kinds[service.name] # of which socket-proxy-published speaks
	count(service.ports) > 0
	service.name in networks.confined
	names := networks.of[service.name]
	message := $`{service.called} publishes {_ports(count(service.ports), service.ports[0].target)} without effect, since {_networks(names)}: put it on another network that is not, or remove the {_noun(count(service.ports))}`
}

findings contains lint.with_fix(lint.on(service.ports[0], message), fix) if {
	input.config.target != "swarm"
	some service in input.project.services
	some namespace in service.namespaces
	namespace.name == "network"
	not socket_proxies.kinds[service.name]
	count(service.ports) > 0
	noun := _noun(count(service.ports))
	why := _without_ports(namespace.mode, noun)
	message := $`{service.called} publishes {_ports(count(service.ports), service.ports[0].target)} without effect, since {why}`
	fix := _fix(namespace.mode, _remove(service, count(service.ports)))
}

# Either may be what is meant.
_fix("host", _) := lint.by_hand("off the host's network they would have an effect, and only you know which of both is meant")

_fix("none", remove) := remove

_without_ports("host", noun) := $`it is on the host's network, where its program opens what it wants: tell that where to listen, and remove the {noun}`

_without_ports("none", noun) := $`it has no network: remove the {noun}`

_remove(service, number) := lint.safe($`remove the {_noun(number)}`, [lint.remove_key(service, "ports")])

_ports(1, target) := $"port {target}"

_ports(number, _) := $"{number} ports" if number > 1

_noun(1) := "port"

_noun(number) := "ports" if number > 1

_networks(names) := $`its network "{min(names)}" is internal` if count(names) == 1

_networks(names) := "all its networks are internal" if count(names) > 1
