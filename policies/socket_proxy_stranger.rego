# METADATA
# title: Service that can call the Docker API without being a client
# description: |
#   A socket proxy serves everybody who can open a connection to it, and a shared network is
#   all that takes. The service shows no sign of using the Docker API, but whoever takes it
#   over has what the proxy lets through: names, variables and logs of all containers at
#   least.
#
#   Give the proxy and its clients a network of their own with `internal: true`, and take the
#   service off it. It loses nothing, as it does not call the proxy. If it does, say so: by
#   `DOCKER_HOST`, or as a client in the configuration file.
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
#   controls: [nist-800-190/4.3.3, guide]
#   tags: [external/cwe/cwe-653, external/cwe/cwe-668]
package composelint.rules["socket-proxy-stranger"]

import data.composelint.docker_api
import data.composelint.lint
import data.composelint.reach

findings contains lint.on({"at": way.at}, message) if {
	some name, met in _strangers
	alone := [way | some way in met; not way.network in _crowded]
	way := alone[0]
	called := lint.services[name].called
	message := $`{called} can call the Docker API of the socket proxy "{way.proxy}" by {way.label} but does not point at it: {_remedies[way.kind]}`
}

findings contains lint.with_related(lint.on({"at": at}, message), related) if {
	some network in _crowded
	names := _on_network[network]
	proxy := min({way.proxy | some met in _strangers; some way in met; way.network == network})
	at := _places[proxy][network]
	message := $`socket proxy "{proxy}" can be called by {_count(count(names))} on network "{network}" that {_do(count(names))} not point at it: {_network_remedy(network)}`
	related := [{"at": service.at, "label": service.called} |
		some service in input.project.services
		service.name in names
	]
}

_remedies := {
	"network": "take it off the network",
	"namespace": "give it a namespace of its own",
}

_count(1) := "a service"

_count(count_) := $"{count_} services" if count_ > 1

_do(1) := "does"

_do(count_) := "do" if count_ > 1

_network_remedy(network) := "give it a network of its own" if {
	lint.networks[network].implicit == true
} else := "give it one with its clients alone"

# _crowded are the networks of which it is easier to move the proxy than the strangers: the
# default network, and those with more than three of them.
_crowded := {network |
	some network, names in _on_network
	_many(network, count(names))
}

_many(_, count_) if count_ > 3

_many(network, _) if lint.networks[network].implicit == true

_on_network[way.network] contains name if {
	some name, met in _strangers
	some way in met
	way.network != ""
}

# _strangers are the services that neither point at a proxy that they can call nor may do so
# out of sight, with the ways by which they can, sorted by proxy.
_strangers := {name: met |
	some name in {name | some callers in reach.callers; some name, _ in callers}
	_judged(name)
	met := [object.union(way, {"proxy": proxy}) |
		some proxy, callers in reach.callers
		way := callers[name]
		way.kind in {"network", "namespace"}
		_serves_anybody(proxy)
		not name in object.get(lint.clients, proxy, set())
		not name in lint.upstreams[proxy]
		not _left(proxy, way.network, name)
	]
	count(met) > 0
}

# Whoever holds the engine's socket has no need of the proxy, and a hook or a job comes and
# goes with a service.
_judged(name) if {
	service := lint.services[name]
	service.kind == "service"
	service.complete == true
	not name in lint.pointed
	not name in lint.configured_elsewhere
	not name in lint.holders
}

_serves_anybody(proxy) if {
	not proxy in reach.choosy
	not proxy in lint.settled
	count(docker_api.possible[proxy]) > 0
}

# What is on a network with the proxy alone is there for the proxy, and a network that no
# client needs is left to socket-proxy-extra-network.
_left(_, network, name) if lint.lone_neighbours[network] == name

_left(proxy, network, _) if _places[proxy][network] in lint.extra_attachments

# _places are the attachments of proxies, by network.
_places := {service.name: places |
	some service in input.project.services
	lint.proxies[service.name]
	places := {attachment.name: attachment.at | some attachment in lint.services[service.network_owner].networks}
}
