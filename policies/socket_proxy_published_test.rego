package composelint.rules["socket-proxy-published_test"]

import data.composelint.fixture
import data.composelint.rules["socket-proxy-published"] as rule

test_on_all_addresses if {
	rule.findings == {{
		"at": "services.proxy.ports[2375/tcp]",
		"message": `socket proxy "proxy" publishes port 2375 on "0.0.0.0", to everybody who reaches the host: remove the port`,
		"severity": "error",
	}} with input as _proxy({"ports": [fixture.port("proxy", 2375, {})]})
}

test_on_an_address if {
	{finding.severity | some finding in rule.findings} == {"error"} with input as _proxy({"ports": [fixture.port("proxy", 2375, {"host_ip": "192.168.1.10"})]})
}

test_on_loopback if {
	rule.findings == {
		{
			"at": "services.proxy.ports[2375/tcp]",
			"message": `socket proxy "proxy" publishes port 2375 on "127.0.0.1", to every process and host-network container of the host: remove the port`,
			"severity": "warning",
		},
		{
			"at": "services.proxy.ports[2376/tcp]",
			"message": `socket proxy "proxy" publishes port 2376 on "::1", to every process and host-network container of the host: remove the port`,
			"severity": "warning",
		},
	} with input as _proxy({"ports": [
		fixture.port("proxy", 2375, {"host_ip": "127.0.0.1"}),
		fixture.port("proxy", 2376, {"host_ip": "::1"}),
	]})
}

test_latent_on_internal_networks if {
	rule.findings == {{
		"at": "services.proxy.ports[2375/tcp]",
		"message": `socket proxy "proxy" publishes port 2375 on internal networks, where only a swarm really publishes it: remove the port`,
		"severity": "warning",
	}} with input as fixture.project_with(
		[fixture.proxy("proxy", {"ports": [fixture.port("proxy", 2375, {})], "networks": fixture.attachments("proxy", ["api"])})],
		{"networks": [fixture.network("api", {})]},
	)
}

test_one_open_network_is_enough if {
	{finding.severity | some finding in rule.findings} == {"error"} with input as fixture.project_with(
		[fixture.proxy("proxy", {"ports": [fixture.port("proxy", 2375, {})], "networks": fixture.attachments("proxy", ["api", "web"])})],
		{"networks": [fixture.network("api", {}), fixture.without(fixture.network("web", {}), ["internal"])]},
	)
}

test_host_network if {
	rule.findings == {{
		"at": "services.proxy.network",
		"message": `socket proxy "proxy" listens on the host's network, open to all who reach the host: put it on an internal network`,
	}} with input as _proxy({"namespaces": [fixture.namespace("proxy", "network", {})]})
}

test_near_misses if {
	rule.findings == set() with input as fixture.project([
		fixture.proxy("proxy", {"namespaces": [
			fixture.namespace("proxy", "pid", {}),
			fixture.namespace("proxy", "network", {"mode": "none", "host": false}),
		]}),
		fixture.service("app", {"ports": [fixture.port("app", 2375, {})], "namespaces": [fixture.namespace("app", "network", {})]}),
	])
}

test_unknown_address if {
	rule.findings == set() with input as _proxy({"ports": [fixture.without(fixture.port("proxy", 2375, {}), ["host_ip"])]})
}

_proxy(fields) := fixture.project([fixture.proxy("proxy", fields)])
