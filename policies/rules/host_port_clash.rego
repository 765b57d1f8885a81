# METADATA
# title: Port of the host published twice
# description: |
#   A port of the host is for one container: whoever comes second is not started, with "port is
#   already allocated" or "address already in use". An address of `0.0.0.0`, which is that of a port
#   without one, takes all the others in. Which of two containers comes second may change from start
#   to start.
#
#   Publish one of them on another port, or not at all: what a reverse proxy or another service of the
#   project reaches needs none. Several containers of one service need a range, such as
#   `8080-8082:80`, or a proxy in front of them. `docker stack deploy` publishes a port once for all of
#   them: judge such a project with `--target swarm`.
# related_resources:
#   - ref: https://docs.docker.com/reference/compose-file/services/#ports
#     description: ports, in the Compose file reference
#   - ref: https://docs.docker.com/engine/network/port-publishing/
#     description: Port publishing and mapping
# custom:
#   severity: error
#   precision: very-high
#   set: default
#   by_hand: which port its clients are told to use is for you to choose
#   tags: [correctness]
package composelint.rules["host-port-clash"]

import data.composelint.lint
import data.composelint.published

findings contains lint.with_related(lint.on(port, message), related) if {
	some i, service in input.project.services
	some j, port in service.ports
	claim := [i, j]
	first := min({_first[key] | some key in _wanted[claim]; _first[key]})
	first < claim
	other := input.project.services[first[0]]
	message := $`{service.called} publishes port {port.published} of the host{_as(service.name == other.name, other.called)}`
	related := [{"at": other.ports[first[1]].at, "label": $`{other.called} publishes it`}]
}

findings contains lint.on(port, message) if {
	input.config.target != "swarm" # which has one port for all of them
	not _for_a_swarm
	some service in input.project.services
	service.replicas > 1
	some port in service.ports
	port.at in _held
	ports := (port.last - port.first) + 1
	ports < service.replicas
	message := $`the {service.replicas} containers of {service.called} cannot all publish {_port(ports, port.published)} of the host: publish a range such as "{port.first}-{port.first + service.replicas - 1}:{port.target}", or let a proxy in front of them publish it`
}

_as(true, _) := " twice: remove one, or publish it on another"

_as(false, called) := $`, which {called} has taken: publish it on another`

_port(1, published) := $"port {published}"

_port(number, published) := $"the {number} ports {published}" if number > 1

# _for_a_swarm is what no project is written for that runs on one engine alone.
_for_a_swarm if {
	some service in input.project.services
	count(service.deploy.labels) > 0
}

_for_a_swarm if {
	some network in input.project.networks
	network.driver == "overlay"
}

# _held are the ports, by their at, that some port of the host is surely taken for.
_held := {port.at |
	some service in input.project.services
	service.kind == "service"
	service.complete == true
	service.replicas > 0
	some port in service.ports
	port.first > 0
	port.at in _published
	_address_known(port.at, port.host_ip)
}

# A network may have an address of its own for the ports that state none.
_address_known(at, _) if at in published.everywhere

_address_known(_, address) if not address in {"0.0.0.0", "::"}

# _published are those that are surely open, or for the host alone: of no container whose networks may
# all be internal.
_published := {entry.at |
	some service in input.project.services
	some entry in service.entries
	entry.kind == "port"
	entry.open in {true, false}
}

# _first is, by what a port takes of the host in which profile, the first that does, as the indexes of
# its service and its own: each claim looks up the few keys that stand against it, and never another
# claim.
_first := {key: min(claims) | some key, claims in _claims}

_claims[key] contains [i, j] if {
	some i, service in input.project.services
	some j, port in service.ports
	port.at in _held
	port.first == port.last
	some address in [port.host_ip, _any(port.host_ip)]
	some profile in (_profiles(service.profiles) | {"*"})
	key := [port.protocol, port.first, address, profile]
}

# _wanted are, by claim, the keys of those that stand against it.
_wanted[[i, j]] contains key if {
	some i, service in input.project.services
	some j, port in service.ports
	port.at in _held
	port.first == port.last
	some address in _against(port.host_ip)
	some profile in _beside(service.profiles)
	key := [port.protocol, port.first, address, profile]
}

# Without a profile, a service always runs.
_profiles(profiles) := {""} if {
	count(profiles) == 0
} else := {profile | some profile in profiles}

_beside(profiles) := {"*"} if {
	count(profiles) == 0
} else := {profile | some profile in profiles} | {""}

# _any is any address of a family.
_any(address) := "any of IPv6" if {
	contains(address, ":")
} else := "any of IPv4"

_against(address) := {_any(address)} if {
	address in {"0.0.0.0", "::"}
} else := {address, _all(address)}

_all(address) := "::" if {
	contains(address, ":")
} else := "0.0.0.0"
