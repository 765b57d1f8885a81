# METADATA
# description: |
#   Which services are on which networks, and what is known of these. The host's own network and
#   Docker's default bridge, which stand in no list of networks, are here too.
package composelint.networks

# by_name are the networks of the project by name.
by_name := {network.name: network | some network in input.project.networks}

# known_internal are the names of those that are known to be internal.
known_internal := {network.name | some network in input.project.networks; network.internal == true}

# confined are the services that are on networks, and on internal ones alone.
confined := {name | some name, names in of; count(names) > 0} - {name | some name, names in of; some network in names; not network in known_internal}

# known_open are the names of those that are known not to be.
known_open := {network.name | some network in input.project.networks; network.internal == false}

# isolated are the names of those that the host has no address on, nor reaches.
isolated := {network.name | some network in input.project.networks; network.isolated == true}

# hosts are the names of those that are the host's own.
hosts contains network.name if {
	some network in input.project.networks
	network.external == true
	network.engine_name == "host"
}

hosts contains network.name if {
	some network in input.project.networks
	network.driver == "host"
}

# of are, by service, the names of the networks that it is on: its own, or those of the service
# whose network namespace it uses. It is a complete rule, as what is looked up by name has to be:
# topdown evaluates a partial one anew for each name.
of := {service.name: names |
	some service in input.project.services
	names := object.get(_attached, service.network_owner, _attached[service.name])
}

# members are, by network, the names of the services on it, in the order of the files.
members := {network: names |
	some network, found in _members
	names := [name | some [_, name] in found]
}

_members[network] contains [i, service.name] if {
	some i, service in input.project.services
	some network in of[service.name]
}

_attached := {service.name: names |
	some service in input.project.services
	names := {attachment.name | some attachment in service.networks}
}

# host_namespaces are the network namespaces, by their at, that are the host's.
host_namespaces := {namespace.at |
	some service in input.project.services
	some namespace in service.namespaces
	namespace.name == "network"
	namespace.host == true
}

# on_host are the services on the host's network, each with what puts it there.
on_host := {service.name: min(ats) |
	some service in input.project.services
	ats := {namespace.at | some namespace in service.namespaces; namespace.at in host_namespaces}
	count(ats) > 0
}

# bridge_namespaces are the network namespaces, by their at, that are on Docker's default bridge.
bridge_namespaces := {namespace.at |
	some service in input.project.services
	some namespace in service.namespaces
	namespace.name == "network"
	namespace.mode in {"bridge", "default"}
}

# on_bridge are the services on Docker's default bridge, each with what puts it, or the owner of
# its network namespace, there.
on_bridge := {service.name: at |
	some service in input.project.services
	at := _stated_bridge[service.network_owner]
}

_stated_bridge := {service.name: min(ats) |
	some service in input.project.services
	ats := {namespace.at | some namespace in service.namespaces; namespace.at in bridge_namespaces}
	count(ats) > 0
}
