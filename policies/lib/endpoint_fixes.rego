# METADATA
# description: |
#   Fixes that lead a client to a socket proxy of the project: by its name and port, a network of both, and what
#   the proxy itself has to be told.
package composelint.endpoint_fixes

import data.composelint.client_endpoints
import data.composelint.endpoint_obstacles
import data.composelint.lint
import data.composelint.networks
import data.composelint.proxy_plans
import data.composelint.proxy_ports
import data.composelint.services
import data.composelint.socket_proxies

# of are the fixes for an endpoint of a service that leads nowhere.
#     endpoint_fixes.of("app", "services.app.environment[DOCKER_HOST]")
of(name, at) := [lint.by_hand(why)] if {
	why := _why_not(name, _meant(_named[at]))
} else := [lint.unsafe($`lead it to the socket proxy "{proxy}"`, $`it asks "{proxy}" then, which it did not`, edits)] if {
	some proxy in _meant(_named[at])
	some port in proxy_ports.of_api[proxy]
	host := services.by_name[proxy].network_owner
	service := services.by_name[name]
	edits := array.flatten([
		[edit |
			some endpoint in service.endpoints
			endpoint.at == at
			[endpoint.host, endpoint.port] != [host, port]
			some edit in proxy_plans.replaced(name, at, endpoint.name, client_endpoints.address(name, host, port))
		],
		[lint.append(service, ["networks"], min(_best(proxy))) | count(networks.of[name] & networks.of[proxy]) == 0],
		_told(proxy),
	])
	count(edits) > 0
} else := [lint.by_hand("what names the proxy is a part of a longer value")]

# _named are, by endpoint, the services that it names.
_named := {endpoint.at: endpoint.services |
	some service in input.project.services
	some endpoint in service.endpoints
}

# _meant are the proxies that can be meant: one that is named, else the only one.
_meant(named) := proxies if {
	proxies := {name | some name in named; socket_proxies.kinds[name]}
	count(proxies) > 0
} else := object.keys(socket_proxies.kinds)

_why_not(name, proxies) := "which socket proxy it is to ask is not known" if {
	count(proxies) != 1
} else := "it has another network namespace than its own: move that" if {
	services.by_name[name].network_owner != name
} else := $`on which port "{proxy}" listens is not known` if {
	some proxy in proxies
	count(object.get(proxy_ports.of_api, proxy, set())) != 1
} else := $`"{proxy}" is on no network that a client could join` if {
	some proxy in proxies
	count(networks.of[proxy]) == 0
} else := $`"{proxy}" listens on its unix socket alone` if {
	some proxy in proxies
	proxy in proxy_ports.sockets_only
}

_best(proxy) := inside if {
	inside := networks.of[proxy] & networks.known_internal
	count(inside) > 0
} else := networks.of[proxy]

# _told is what a proxy is told that listens to itself alone, or turns its clients away.
_told(proxy) := [edit |
	some told in [endpoint_obstacles.openings, endpoint_obstacles.admissions]
	[setting, value] := told[proxy]
	some edit in proxy_plans.setting_edits(proxy, setting, value)
]
