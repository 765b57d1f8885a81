# METADATA
# description: |
#   Fixes that give a socket proxy an internal network: the one that it has, or one of its own, to which its
#   clients come.
package composelint.network_fixes

import data.composelint.lint
import data.composelint.networks
import data.composelint.proxy_plans
import data.composelint.services
import data.composelint.socket_proxies
import data.composelint.zone

# make_internal are the fixes that make a network of proxies internal. Who is on no other network that leads
# outside gets one, so that its ports stay published.
#     network_fixes.make_internal({"name": "docker-api", "at": "networks.docker-api"})
make_internal(network) := [lint.unsafe(
	$`set "internal: true" for network "{network.name}"{_said(joining, second)}`,
	"who is on this network alone does not reach the internet any more",
	array.flatten([
		[lint.set(network, ["internal"], true)],
		[lint.define(network, ["networks", second], null) | second != "default"; count(joining) > 0],
		[lint.append(services.by_name[name], ["networks"], second) | some name in joining],
	]),
)] if {
	second := _second(network.name)
	joining := sort({name | some name in networks.members[network.name]; _needs_another(name, network.name)})
}

# _second is the default network where nobody is on it and nobody else comes to it by such a fix, so that none
# meet there who were kept apart; else one of its own.
_second(name) := "default" if {
	not networks.members["default"]
	count(_open) == 1
} else := proxy_plans.free($"{name}-outside")

_open := {network |
	some proxy, _ in socket_proxies.kinds
	some network in networks.of[proxy]
	not network in networks.known_internal
}

_needs_another(name, network) if {
	service := services.by_name[name]
	service.network_owner == name
	not socket_proxies.kinds[name]
	count((networks.of[name] - networks.known_internal) - {network}) == 0
}

_said(joining, second) := "" if {
	count(joining) == 0
} else := $`, and put "{joining[0]}" on network "{second}" as well` if {
	count(joining) == 1
} else := $`, and put {count(joining)} services on network "{second}" as well`

# move are the fixes that take a proxy from a network to one of its own, which its clients join.
#     network_fixes.move("proxy", "default")
move(proxy, network) := [lint.by_hand(why)] if {
	why := _why_not(proxy)
} else := [lint.unsafe(
	$`move it to network "{own}" with "internal: true", which its clients join as well`,
	$`who asks it on network "{network}" and is no client in sight does not reach it any more`,
	array.flatten([
		[lint.define(service, ["networks", own], {"internal": true})],
		[moved],
		[lint.append(services.by_name[name], ["networks"], own) | some name in zone.clients[proxy]],
	]),
) |
	some moved in _moved(proxy, network, own)
] if {
	service := services.by_name[proxy]
	own := proxy_plans.free("docker-api")
}

_why_not(proxy) := "it asks another service, which has to come with it" if {
	count(object.get(socket_proxies.upstreams, proxy, set())) > 0
} else := "its clients are not in sight" if {
	count(object.get(zone.clients, proxy, set())) == 0
} else := "its networks are those of another service" if {
	services.by_name[proxy].network_owner != proxy
} else := $`"{name}" has a network namespace of another one: move that` if {
	some name in zone.clients[proxy]
	services.by_name[name].network_owner != name
}

# One that states no network is on the default one.
_moved(proxy, network, own) := array.concat(
	[lint.rename(attachment, own) | some attachment in services.by_name[proxy].networks; attachment.name == network],
	[lint.set(services.by_name[proxy], ["networks"], [own]) | network == "default"],
)
