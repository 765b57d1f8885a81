package composelint.rules["socket-proxy-network-not-internal_test"]

import data.composelint.fixture
import data.composelint.rules["socket-proxy-network-not-internal"] as rule

test_open_network if {
	fixture.without_fixes(rule.findings) == {{
		"at": "networks.api",
		"key": "internal",
		"message": `network "api" of the socket proxy "proxy" is not internal: set "internal: true"`,
	}} with input as _on([fixture.network("api", {"internal": false}), fixture.network("unused", {"internal": false})], ["api"])
}

# Who publishes ports needs another network as well.
test_second_network if {
	{finding.message | some finding in rule.findings} == {`network "api" of the socket proxy "proxy" is not internal: set "internal: true", and give "a", which publishes ports, a second network`} with input as _publishing([["a", ["api"]], ["b", ["api", "web"]]], fixture.network("api", {"internal": false}))
	{finding.message | some finding in rule.findings} == {`network "api" of the socket proxy "proxy" is not internal: set "internal: true", and give the 2 services on it that publish ports a second network`} with input as _publishing([["a", ["api"]], ["b", ["api", "inside"]]], fixture.network("api", {"internal": false}))
	{finding.message | some finding in rule.findings} == {`network "api" of the socket proxy "proxy" is external and cannot be known to be internal: create it with "--internal", and give "a", which publishes ports, a second network`} with input as _publishing([["a", ["api"]]], _external("api", "api"))
}

_publishing(published, api) := fixture.project_with(
	array.concat(
		[fixture.proxy("proxy", {"networks": fixture.attachments("proxy", ["api"])})],
		[fixture.publishing(name, [fixture.port(name, 80, {})], {"networks": fixture.attachments(name, names)}) | some [name, names] in published],
	),
	{"networks": [api, fixture.network("web", {"internal": false}), fixture.network("inside", {})]},
)

test_default_network if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.networks[default]",
		"message": `socket proxy "proxy" is on the default network, which is not internal: move it to a network of its own with "internal: true", which its clients join as well`,
	}} with input as _on([fixture.network("default", {"internal": false, "implicit": true})], ["default"])
}

test_external_network if {
	fixture.without_fixes(rule.findings) == {{
		"at": "networks.api",
		"key": "internal",
		"message": `network "api" of the socket proxy "proxy" is external and cannot be known to be internal: create it with "--internal"`,
		"severity": "warning",
	}} with input as _on([_external("api", "api")], ["api"])
}

test_network_of_the_host if {
	rule.findings == set() with input as _on([_external("outside", "host")], ["outside"])
	rule.findings == set() with input as _on([fixture.network("outside", {"driver": "host", "internal": false})], ["outside"])
}

# One key of a network is wrong for all of its proxies; each has to leave the default network.
test_several_proxies if {
	fixture.without_fixes(rule.findings) == {
		{"at": "networks.api", "key": "internal", "message": `network "api" of the socket proxy "a" is not internal: set "internal: true"`},
		{
			"at": "services.a.networks[default]",
			"message": `socket proxy "a" is on the default network, which is not internal: move it to a network of its own with "internal: true", which its clients join as well`,
		},
		{
			"at": "services.b.networks[default]",
			"message": `socket proxy "b" is on the default network, which is not internal: move it to a network of its own with "internal: true", which its clients join as well`,
		},
	} with input as fixture.project_with(
		[
			fixture.proxy("b", {"networks": fixture.attachments("b", ["api", "default"])}),
			fixture.proxy("a", {"networks": fixture.attachments("a", ["api", "default"])}),
		],
		{"networks": [
			fixture.network("api", {"internal": false}),
			fixture.network("default", {"internal": false, "implicit": true}),
		]},
	)
}

# The remedy for a network that no client needs is to leave it.
test_extra_network if {
	rule.findings == set() with input as fixture.project_with(
		[
			fixture.proxy("proxy", {"networks": fixture.attachments("proxy", ["api", "web"])}),
			fixture.service("app", {
				"networks": fixture.attachments("app", ["api", "web"]),
				"endpoints": [fixture.docker_host("app", "proxy")],
			}),
		],
		{"networks": [fixture.network("api", {}), fixture.network("web", {"internal": false})]},
	)
}

# A proxy in the network namespace of another service is on that one's networks.
test_namespace_of_another if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.network",
		"message": `socket proxy "proxy" is on network "web" of service "vpn", which is not internal: move it to a network of its own with "internal: true", which its clients join as well`,
		"severity": "error",
	}} with input as _behind_vpn(fixture.network("web", {"internal": false}))
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.network",
		"message": `socket proxy "proxy" is on network "web" of service "vpn", which is external and cannot be known to be internal: move it to a network of its own with "internal: true", which its clients join as well`,
		"severity": "warning",
	}} with input as _behind_vpn(_external("web", "web"))
	rule.findings == set() with input as _behind_vpn(fixture.network("web", {}))
}

_behind_vpn(network) := fixture.project_with(
	[
		fixture.service("vpn", {"networks": fixture.attachments("vpn", ["web"])}),
		fixture.proxy("proxy", {
			"network_owner": "vpn",
			"namespaces": [
				fixture.namespace("proxy", "network", {"mode": "service", "of": "vpn", "joined": "vpn", "host": false}),
				fixture.namespace("proxy", "pid", {}),
			],
		}),
	],
	{"networks": [network]},
)

test_default_bridge if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.network",
		"message": `socket proxy "proxy" is on Docker's default bridge, which is not internal: move it to a network of its own with "internal: true", which its clients join as well`,
	}} with input as fixture.project([fixture.proxy("proxy", {"namespaces": [fixture.namespace("proxy", "network", {"mode": "bridge", "host": false})]})])
}

test_internal_network if {
	rule.findings == set() with input as _on([fixture.network("api", {})], ["api"])
}

test_unknown if {
	rule.findings == set() with input as _on([fixture.without(fixture.network("api", {}), ["internal", "external"])], ["api"])
}

test_no_proxy if {
	rule.findings == set() with input as fixture.project_with(
		[fixture.service("app", {"networks": fixture.attachments("app", ["web"])})],
		{"networks": [fixture.network("web", {"internal": false})]},
	)
}

_on(networks, names) := fixture.project_with(
	[fixture.proxy("proxy", {"networks": fixture.attachments("proxy", names)})],
	{"networks": networks},
)

_external(name, engine_name) := fixture.without(fixture.network(name, {"external": true, "engine_name": engine_name}), ["internal"])
