# METADATA
# description: |
#   Which clients a socket proxy refuses that asks where a connection comes from: by the networks,
#   addresses and names that its setting lists. Who may be let in is not refused.
package composelint.proxy_admission

import data.composelint.networks
import data.composelint.proxy_setup
import data.composelint.proxy_sockets
import data.composelint.services
import data.composelint.socket_proxies
import data.composelint.zone

# refused are, by proxy, the clients that it lets in by none of the networks on which they meet.
refused := {proxy: names |
	some proxy, _ in lists
	names := {name | some name in zone.clients[proxy]; turns_away(proxy, name) == true}
	count(names) > 0
}

# turns_away is true of a service that a proxy lets in by none of the networks on which they meet.
#     proxy_admission.turns_away("proxy", "app")
turns_away(proxy, name) if {
	_is_certain(proxy, name)
	lists[proxy]
	count([entry | some entry in lists[proxy]; _may_admit(proxy, name, entry)]) == 0
} else := false

# admits_by is true of a service that a proxy may let in by a network on which they meet.
#     proxy_admission.admits_by("proxy", "app", "api")
admits_by(proxy, name, network) if {
	some entry in lists[proxy]
	_may_admit_by(proxy, name, network, entry)
} else if {
	not lists[proxy]
} else := false

# admits_surely_by is true of one that it is known to let in by that network, by a name, an address or a
# subnet that the file states.
#     proxy_admission.admits_surely_by("proxy", "app", "api")
admits_surely_by(proxy, name, network) if {
	some entry in lists[proxy]
	_may_admit_by(proxy, name, network, entry)
	not entry in object.get(_of_subnets_to_come, network, set())
} else := false

# _of_subnets_to_come are, by network whose subnet the engine chooses, the addresses of lists, but for those
# that stand for all.
_of_subnets_to_come[network.name] contains entry if {
	some network in input.project.networks
	count(network.subnets) == 0
	some proxy, list in lists
	some entry in list
	_is_address(entry)
	not entry in socket_proxies.facts[proxy].clients.open
}

# lists are, by proxy, what its setting lets in, where that is known, as far as it is read.
lists := {name: list |
	some name, kind in socket_proxies.facts
	settings := kind.clients
	service := services.by_name[name]
	service.environment_incomplete == false
	not name in proxy_setup.replaced
	not proxy_sockets.made[name]
	value := proxy_setup.value_in_force(name, [settings.option], [settings.variable], settings["default"])
	list := _read(object.get(settings, "list", "whole"), [trim_space(entry) | some entry in split(value, ",")])
}

_read("whole", list) := list

_read("one", list) := [entry | count(list) == 1; some entry in list]

_read("one network", list) := [entry | count(list) == 1; some entry in list; contains(entry, "/")]

_read("names", list) := list if {
	count(list) == 1
} else := [entry | some entry in list; not contains(entry, "/")]

_read("to the first network", list) := array.slice(list, 0, 1 + min({i | some i, entry in list; contains(entry, "/")} | {count(list)}))

# setting are, by proxy that asks who its callers are, the names of the settings that say whom it lets in.
setting := {name: proxy_setup.called(name, [kind.clients.option], [kind.clients.variable]) | some name, kind in socket_proxies.facts}

# reads says of a proxy of an older release what a list of that is to it, where that is not what it seems.
reads := {name: _reads[kind.clients.list] | some name, kind in socket_proxies.facts}

_reads := {"one": "no list", "one network": "one network alone", "names": "no network in a list"}

# with_release is what is said before or after the advice to name so many clients, where that takes a later
# release of the proxy; else it is empty.
#     proxy_admission.with_release("proxy", 2, "with release %s or later")
with_release(proxy, number, form) := sprintf(form, [kind.clients.names_since]) if {
	kind := socket_proxies.facts[proxy]
	number > {"one": 1, "one network": 0}[kind.clients.list]
} else := ""

# _is_certain is true of a client of which all is known by which the proxy may know it: both are on
# bridges of their own, where nobody translates addresses, and no label of the client lets it in.
_is_certain(proxy, name) if {
	service := services.by_name[name]
	service.complete == true
	not networks.on_host[name]
	not networks.on_host[proxy]
	not _by_labels(proxy, service.labels)
	count(_shared(proxy, name)) > 0
}

_by_labels(proxy, labels) if {
	facts := socket_proxies.facts[proxy].labels
	count(proxy_setup.in_force(proxy, [facts.option], [facts.variable])) > 0
	some label in labels
	startswith(label.name, facts.prefix)
}

_shared(proxy, name) := networks.of[proxy] & networks.of[name]

# An open list admits everybody, and a proxy that has the client's network namespace hears it at its
# loopback address.
_may_admit(proxy, name, entry) if {
	services.by_name[proxy].network_owner == services.by_name[name].network_owner
	_is_here(entry)
}

_may_admit(proxy, name, entry) if {
	some network in _shared(proxy, name)
	_may_admit_by(proxy, name, network, entry)
}

_may_admit_by(proxy, _, _, entry) if entry in socket_proxies.facts[proxy].clients.open

_may_admit_by(_, name, network, entry) if {
	not _is_here(entry)
	some attachment in services.by_name[services.by_name[name].network_owner].networks
	attachment.name == network
	_may_be(entry, attachment.addresses, attachment.names, object.get(_subnets, attachment.name, []))
}

_is_here("localhost")

_is_here(entry) if {
	regex.match(`^127[0-9.]+(/[0-9]+)?$`, entry)
	net.cidr_contains("127.0.0.0/8", entry)
}

_is_here(entry) if entry in {"::1", "::1/128"}

_may_be(entry, [], _, subnets) if {
	_is_address(entry)
	_meets_subnets(entry, subnets)
}

_may_be(entry, addresses, _, _) if {
	_is_address(entry)
	some address in addresses
	net.cidr_contains(_as_network(entry), address)
}

_may_be(entry, _, names, _) if {
	not _is_address(entry)
	lower(entry) in names
}

# What is no name of the project may be one that the engine made, or stand for the client elsewhere.
_may_be(entry, _, _, _) if {
	not _is_address(entry)
	not lower(entry) in _names
}

_is_address(entry) if regex.match(`^[0-9.]+(/[0-9]+)?$|:`, entry)

_as_network(entry) := entry if contains(entry, "/")

_as_network(entry) := $"{entry}/32" if not regex.match(`[/:]`, entry)

_as_network(entry) := $"{entry}/128" if regex.match(`^[^/]*:[^/]*$`, entry)

_subnets := {network.name: network.subnets | some network in input.project.networks}

# The engine chooses a subnet where none is stated.
_meets_subnets(_, []) := true

_meets_subnets(entry, subnets) if {
	some subnet in subnets
	net.cidr_intersects(_as_network(entry), subnet)
}

_names := {name |
	some service in input.project.services
	some attachment in service.networks
	some name in attachment.names
}
