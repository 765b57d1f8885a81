package composelint.proxy_networks_test

import data.composelint.fixture
import data.composelint.proxy_networks

# An engine that the proxy points at is neither a client nor in need of a DOCKER_HOST.
test_upstream if {
	proxy_networks.lone_neighbours == {} with input as _upstream
	proxy_networks.extra_attachments == {"services.proxy.networks[web]"} with input as _upstream
}

# A network by whose alias or address a client names the proxy stays.
test_named if {
	proxy_networks.extra_attachments == {"services.proxy.networks[b]"} with input as _named_by("proxy", {})
	proxy_networks.extra_attachments == set() with input as _named_by("engine", {"aliases": ["engine"]})
	proxy_networks.extra_attachments == set() with input as _named_by("172.31.0.5", {"addresses": ["172.31.0.5"]})
}

_named_by(host, fields) := fixture.project_with(
	[
		fixture.proxy("proxy", {"networks": [attachment |
			some i, plain in fixture.attachments("proxy", ["a", "b"])
			attachment := object.union(plain, [{}, fields][i])
		]}),
		fixture.service("app", {
			"networks": fixture.attachments("app", ["a", "b"]),
			"endpoints": [object.union(fixture.docker_host("app", "proxy"), {"host": host})],
		}),
	],
	{"networks": [fixture.network("a", {}), fixture.network("b", {})]},
)

_upstream := fixture.project_with(
	[
		fixture.service("proxy", {
			"image": fixture.image("proxy", "hectorm/cetusguard", "v1"),
			"networks": fixture.attachments("proxy", ["api", "engine", "web"]),
			"endpoints": [
				fixture.endpoint("proxy", "CETUSGUARD_BACKEND_ADDR", "dockerd", {}),
				fixture.endpoint("proxy", "CETUSGUARD_FRONTEND_ADDR", "proxy", {}),
			],
		}),
		fixture.service("dockerd", {"networks": fixture.attachments("dockerd", ["engine"])}),
		fixture.service("app", {
			"networks": fixture.attachments("app", ["api", "web"]),
			"endpoints": [fixture.docker_host("app", "proxy")],
		}),
	],
	{"networks": [fixture.network("api", {}), fixture.network("engine", {}), fixture.network("web", {"internal": false})]},
)

# The network whose subnet the proxy lets in stays, and not one whose subnet the engine chooses.
test_admitted_by_a_subnet if {
	proxy_networks.extra_attachments == {"services.proxy.networks[a]"} with input as _letting_in("10.7.0.0/24", ["10.7.0.0/24"])
	proxy_networks.extra_attachments == {"services.proxy.networks[b]"} with input as _letting_in("10.7.0.0/24", [])
	proxy_networks.extra_attachments == {"services.proxy.networks[b]"} with input as _letting_in("0.0.0.0/0", ["10.7.0.0/24"])
	proxy_networks.extra_attachments == {"services.proxy.networks[b]"} with input as _letting_in("app", ["10.7.0.0/24"])
}

_letting_in(list, subnets) := fixture.project_with(
	[
		fixture.proxy("proxy", {
			"image": fixture.image("proxy", "wollomatic/socket-proxy", "1.13.1"),
			"environment": fixture.environment("proxy", {"SP_LISTENIP": "0.0.0.0", "SP_ALLOWFROM": list}),
			"networks": fixture.attachments("proxy", ["a", "b"]),
		}),
		fixture.service("app", {"networks": fixture.attachments("app", ["a", "b"]), "endpoints": [fixture.docker_host("app", "proxy")]}),
	],
	{"networks": [fixture.network("a", {"internal": true}), fixture.network("b", {"internal": true, "subnets": subnets})]},
)
