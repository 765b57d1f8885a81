package composelint.rules["socket-proxy-extra-network_test"]

import data.composelint.fixture
import data.composelint.rules["socket-proxy-extra-network"] as rule

test_open_network_beside_an_internal_one if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.networks[web]",
		"message": `socket proxy "proxy" is on network "web", by which none of its clients needs to reach it: leave that network`,
	}} with input as _project(["api", "web"], {"app": ["api", "web"]})
}

test_network_without_a_client if {
	_extra == {"web"} with input as _project(["api", "web"], {"app": ["api"]})
	_extra == {"b"} with input as _project(["api", "b"], {"app": ["api"]})
}

test_later_of_equal_networks if {
	_extra == {"b"} with input as _project(["a", "b"], {"app": ["a", "b"]})
}

# Of equal networks the one stays that most clients share, whatever its name.
test_network_that_most_share if {
	_extra == {"a"} with input as _project(["a", "b"], {"one": ["a", "b"], "two": ["b"]})
	_extra == {"a", "c"} with input as _project(["a", "b", "c"], {"one": ["a", "b"], "two": ["b", "c"], "three": ["a", "b", "c"]})
}

test_unknown_before_open if {
	_extra == {"web"} with input as _project(["outside", "web"], {"app": ["outside", "web"]})
}

test_each_client_keeps_its_best if {
	_extra == {"web"} with input as _project(["a", "b", "web"], {"one": ["a", "web"], "two": ["b", "web"]})
}

# Leaving the internal network, because the client is on the open one, would be worse.
test_internal_network_stays if {
	_extra == set() with input as _project(["api", "web"], {"app": ["web"]})
}

test_needed_networks if {
	_extra == set() with input as _project(["a", "web"], {"one": ["a"], "two": ["web"]})
	_extra == set() with input as _project(["web"], {"app": ["web"]})
}

test_no_declared_client if {
	_extra == set() with input as _project(["api", "web"], {})
	_extra == set() with input as _project(["api", "web"], {"app": ["elsewhere"]})
}

# A lone service on an internal network is a client that does not say so.
test_lone_neighbour if {
	_extra == set() with input as _project_with(["a", "b"], {"app": ["a"]}, [fixture.service("homepage", {"networks": fixture.attachments("homepage", ["b"])})])
}

# Who else is on an external network is in no file.
test_external_network if {
	rule.findings == {{
		"at": "services.proxy.networks[outside]",
		"message": `socket proxy "proxy" is on the external network "outside", by which none of its clients here needs to reach it: leave that network unless other projects call it there`,
		"severity": "note",
	}} with input as _project(["api", "outside"], {"app": ["api"]})
}

# A client that the proxy lets in by the addresses of one network needs that one.
test_network_that_is_let_in if {
	_extra == {"web"} with input as _listed("10.5.0.0/24")
	_extra == {"api"} with input as _listed("10.6.0.0/24")
	_extra == {"web"} with input as _listed("app")
	_extra == {"web"} with input as _listed("0.0.0.0/0")
	_extra == {"web"} with input as _listed("10.7.0.0/24")
	_extra == {"web"} with input as _listed("10.6.0.0/24,10.5.0.0/24")
}

_listed(list) := fixture.project_with(
	[
		fixture.proxy("proxy", {
			"image": fixture.image("proxy", "wollomatic/socket-proxy", "1.13.1"),
			"environment": fixture.environment("proxy", {"SP_LISTENIP": "0.0.0.0", "SP_ALLOWFROM": list}),
			"networks": fixture.attachments("proxy", ["api", "web"]),
		}),
		fixture.service("app", {"networks": fixture.attachments("app", ["api", "web"]), "endpoints": [fixture.docker_host("app", "proxy")]}),
	],
	{"networks": [fixture.network("api", {"subnets": ["10.5.0.0/24"]}), fixture.network("web", {"internal": true, "subnets": ["10.6.0.0/24"]})]},
)

# The last network by which a port is published is in use, as is one whose name is.
test_network_in_use if {
	_extra == {"web"} with input as _in_use({}, "proxy")
	_extra == set() with input as _in_use({"entries": [fixture.entry("proxy", 2375, {"loopback": true})]}, "proxy")
	_extra == set() with input as _in_use({}, "Proxy.project_web.")
	_extra == {"web"} with input as _in_use({}, "proxy.project_api")
}

_in_use(fields, host) := fixture.project_with(
	[
		fixture.proxy("proxy", object.union({"networks": fixture.attachments("proxy", ["api", "web"])}, fields)),
		fixture.service("app", {
			"networks": fixture.attachments("app", ["api", "web"]),
			"endpoints": [fixture.endpoint("app", "DOCKER_HOST", host, {"services": ["proxy"]})],
		}),
	],
	{"networks": [fixture.network("api", {}), fixture.network("web", {"internal": false})]},
)

# A proxy in the network namespace of another service is on that one's networks.
test_namespace_of_another if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.network",
		"message": `socket proxy "proxy" is on network "web" of service "vpn", by which none of its clients needs to reach it: move it to a network of its own, which its clients join as well`,
	}} with input as _behind_vpn(["api", "web"])
	rule.findings == set() with input as _behind_vpn(["api"])
}

_behind_vpn(networks) := fixture.project_with(
	[
		fixture.service("vpn", {"networks": fixture.attachments("vpn", networks)}),
		fixture.proxy("proxy", {"network_owner": "vpn", "namespaces": [_joins_vpn]}),
		fixture.service("app", {
			"networks": fixture.attachments("app", ["api"]),
			"endpoints": [fixture.endpoint("app", "DOCKER_HOST", "vpn", {"services": ["proxy", "vpn"]})],
		}),
	],
	{"networks": [fixture.network("api", {}), fixture.network("web", {"internal": false})]},
)

_joins_vpn := fixture.namespace("proxy", "network", {"mode": "service", "of": "vpn", "joined": "vpn", "host": false})

_extra := {name |
	some finding in rule.findings
	name := trim_suffix(trim_prefix(finding.at, "services.proxy.networks["), "]")
}

_project(names, clients) := _project_with(names, clients, [])

_project_with(names, clients, others) := fixture.project_with(
	array.flatten([fixture.proxy("proxy", {"networks": fixture.attachments("proxy", names)}), others, [client |
		some name, of_client in clients
		client := fixture.service(name, {
			"networks": fixture.attachments(name, of_client),
			"endpoints": [fixture.docker_host(name, "proxy")],
		})
	]]),
	{"networks": [
		fixture.network("a", {}),
		fixture.network("api", {}),
		fixture.network("b", {}),
		fixture.network("elsewhere", {}),
		fixture.without(fixture.network("outside", {"external": true}), ["internal"]),
		fixture.network("web", {"internal": false}),
	]},
)
