package composelint.rules["socket-proxy-published_test"]

import data.composelint.fixture
import data.composelint.rules["socket-proxy-published"] as rule

test_on_all_addresses if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.ports[2375/tcp]",
		"message": `socket proxy "proxy" publishes port 2375 on "0.0.0.0", to everybody who reaches the host: remove the port`,
		"severity": "error",
	}} with input as _proxy({"ports": [fixture.port("proxy", 2375, {})]})
}

test_on_an_address if {
	{finding.severity | some finding in rule.findings} == {"error"} with input as _proxy({"ports": [fixture.port("proxy", 2375, {"host_ip": "192.168.1.10"})]})
}

test_on_loopback if {
	fixture.without_fixes(rule.findings) == {
		{
			"at": "services.proxy.ports[2375/tcp]",
			"message": `socket proxy "proxy" publishes port 2375 on "127.0.0.1", to every process and host-network container of the host: remove the port`,
			"severity": "warning",
		},
		{
			"at": "services.proxy.ports[six]",
			"message": `socket proxy "proxy" publishes port 2375 on "::1", to every process and host-network container of the host: remove the port`,
			"severity": "warning",
		},
	} with input as _proxy({"ports": [
		fixture.port("proxy", 2375, {"host_ip": "127.0.0.1"}),
		fixture.port("proxy", 2375, {"host_ip": "::1", "at": "services.proxy.ports[six]"}),
	]})
}

test_latent_on_internal_networks if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.ports[2375/tcp]",
		"message": `socket proxy "proxy" publishes port 2375 on internal networks, where only a swarm really publishes it: remove the port`,
		"severity": "warning",
	}} with input as fixture.project_with(
		[fixture.proxy("proxy", {"ports": [fixture.port("proxy", 2375, {})], "networks": fixture.attachments("proxy", ["api"])})],
		{"networks": [fixture.network("api", {})]},
	)
}

# A swarm publishes it all the same, and on all addresses.
test_swarm if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.ports[2375/tcp]",
		"message": `socket proxy "proxy" publishes port 2375 on the nodes of the swarm, to everybody who reaches them: remove the port`,
		"severity": "error",
	}} with input as fixture.swarm(fixture.project_with(
		[fixture.proxy("proxy", {"ports": [fixture.port("proxy", 2375, {"host_ip": "127.0.0.1"})], "networks": fixture.attachments("proxy", ["api"])})],
		{"networks": [fixture.network("api", {})]},
	))
}

test_one_open_network_is_enough if {
	{finding.severity | some finding in rule.findings} == {"error"} with input as fixture.project_with(
		[fixture.proxy("proxy", {"ports": [fixture.port("proxy", 2375, {})], "networks": fixture.attachments("proxy", ["api", "web"])})],
		{"networks": [fixture.network("api", {}), fixture.without(fixture.network("web", {}), ["internal"])]},
	)
}

test_host_network if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.network",
		"message": `socket proxy "proxy" listens on the host's network, open to all who reach the host: put it on an internal network`,
		"severity": "error",
	}} with input as _proxy({"network_owner": "", "namespaces": [fixture.namespace("proxy", "network", {})]})
}

# Its loopback address is then the host's.
test_loopback_of_the_host if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy.network",
		"message": `socket proxy "proxy" listens on the host's network, open to every process and host-network container of the host: put it on an internal network`,
		"severity": "warning",
	}} with input as _proxy({
		"image": fixture.image("proxy", "wollomatic/socket-proxy", "1"),
		"network_owner": "",
		"namespaces": [fixture.namespace("proxy", "network", {})],
	})
}

test_other_ports if {
	rule.findings == set() with input as _proxy({"ports": [
		fixture.port("proxy", 8404, {}),
		fixture.port("proxy", 2375, {"protocol": "udp"}),
	]})
	rule.findings == set() with input as _proxy({
		"image": fixture.image("proxy", "wollomatic/socket-proxy", "1"),
		"ports": [fixture.port("proxy", 2375, {})],
	})
}

# Files that are no configuration of the proxy's do not make it listen elsewhere.
test_mounts if {
	rule.findings == set() with input as _proxy({
		"mounts": [fixture.mount("proxy", "/srv/proxy", {"target": "/config"})],
		"ports": [fixture.port("proxy", 80, {})],
	})
	{finding.at | some finding in rule.findings} == {"services.proxy.ports[80/tcp]"} with input as _proxy({
		"mounts": [fixture.mount("proxy", "/srv/haproxy.cfg", {"target": "/usr/local/etc/haproxy/haproxy.cfg"})],
		"ports": [fixture.port("proxy", 80, {})],
	})
}

# Where it is not known on which port the API is, a range of them is one finding an address.
test_any_port if {
	{[finding.at, finding.message] | some finding in rule.findings} == {
		["services.proxy.ports[900/tcp]", `socket proxy "proxy" publishes 3 ports from 900 up on "0.0.0.0", to everybody who reaches the host: remove the ports`],
		["services.proxy.ports[80/tcp]", `socket proxy "proxy" publishes port 80 on "127.0.0.1", to every process and host-network container of the host: remove the port`],
	} with input as _proxy({
		"image": fixture.image("proxy", "yusing/socket-proxy", "latest"),
		"ports": [
			fixture.port("proxy", 1000, {}),
			fixture.port("proxy", 900, {}),
			fixture.port("proxy", 1001, {}),
			fixture.port("proxy", 80, {"host_ip": "127.0.0.1"}),
		],
	})
}

# A proxy in the network namespace of another service is published by that one's ports.
test_namespace_of_another if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.vpn.ports[2375/tcp]",
		"message": `service "vpn" publishes port 2375 of the socket proxy "proxy" on "0.0.0.0", to everybody who reaches the host: remove the port`,
		"severity": "error",
	}} with input as _behind_vpn(["web"])
	{finding.message | some finding in rule.findings} == {`service "vpn" publishes port 2375 of the socket proxy "proxy" on internal networks, where only a swarm really publishes it: remove the port`} with input as _behind_vpn(["api"])
}

_behind_vpn(networks) := fixture.project_with(
	[
		fixture.proxy("proxy", {"network_owner": "vpn"}),
		fixture.service("vpn", {
			"networks": fixture.attachments("vpn", networks),
			"ports": [fixture.port("vpn", 2375, {}), fixture.port("vpn", 80, {})],
		}),
	],
	{"networks": [fixture.network("api", {}), fixture.network("web", {"internal": false})]},
)

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

# Where it is not known which of its ports leads to the API, they go together.
test_fixes if {
	{fix.edits | some finding in rule.findings; some fix in finding.fixes} == {[{"op": "remove", "at": "services.proxy.ports[2375/tcp]"}]} with input as _proxy({"ports": [fixture.port("proxy", 2375, {})]})
	{fix.edits | some finding in rule.findings; some fix in finding.fixes} == {[{"op": "remove", "at": "services.proxy", "key": "ports"}]} with input as _proxy({
		"image": fixture.image("proxy", "yusing/socket-proxy", "1"),
		"environment_incomplete": true,
		"ports": [fixture.port("proxy", 2375, {}), fixture.port("proxy", 2376, {})],
	})
}
