package composelint.rules["docker-api-published_test"]

import data.composelint.fixture
import data.composelint.rules["docker-api-published"] as rule

test_without_tls if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.ports[2375/tcp]",
		"message": `service "app" publishes port 2375, which is that of a Docker engine without TLS, to everybody who reaches the host: remove the port`,
		"severity": "error",
	}} with input as _app(fixture.port("app", 2375, {}))
}

test_with_tls if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.ports[2376/tcp]",
		"message": `service "app" publishes port 2376, which is that of a Docker engine with TLS, to everybody who reaches the host: remove the port`,
		"severity": "warning",
	}} with input as _app(fixture.port("app", 2376, {}))
}

test_swarm if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.ports[2377/tcp]",
		"message": `service "app" publishes port 2377, by which machines join a swarm, to everybody who reaches the host: remove the port`,
		"severity": "warning",
	}} with input as _app(fixture.port("app", 2377, {}))
}

test_on_loopback if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.ports[2375/tcp]",
		"message": `service "app" publishes port 2375, which is that of a Docker engine without TLS, to every process of the host, if not to others: remove the port`,
		"severity": "warning",
	}} with input as _app(fixture.port("app", 2375, {"host_ip": "127.0.0.1"}))
}

# What is published of a socket proxy is found by socket-proxy-published.
test_socket_proxy_beside if {
	rule.findings == set() with input as fixture.project([
		fixture.service("app", {
			"ports": [fixture.port("app", 2375, {})],
			"entries": [fixture.entry("app", 2375, {})],
		}),
		fixture.proxy("proxy", {"network_owner": "app"}),
	])
}

test_other_port_of_the_host if {
	{finding.severity | some finding in rule.findings} == {"error"} with input as _app(fixture.port("app", 2375, {"published": "12375", "first": 12375, "last": 12375}))
}

test_other_port_of_the_container if {
	{finding.severity | some finding in rule.findings} == {"error"} with input as _app(fixture.port("app", 8080, {"published": "2375", "first": 2375, "last": 2375}))
}

test_engine_on_another_port if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.dind.ports[2400/tcp]",
		"message": `service "dind" publishes port 2400, which is that of a Docker engine without TLS, to everybody who reaches the host: remove the port`,
		"severity": "error",
	}} with input as fixture.project([fixture.publishing("dind", [fixture.port("dind", 2400, {})], {
		"image": fixture.image("dind", "docker", "28-dind"),
		"command": [{"at": "services.dind.command[0]", "value": "dockerd", "literal": "dockerd"}],
		"options": fixture.settings("services.dind", "command", {"host": "tcp://0.0.0.0:2400"}),
	})])
}

test_near_misses if {
	rule.findings == set() with input as fixture.project([
		fixture.publishing(
			"app", [
				fixture.port("app", 2374, {}),
				fixture.port("app", 2375, {"protocol": "udp"}),
			],
			{},
		),
		fixture.publishing("proxy", [fixture.port("proxy", 2375, {})], {"image": fixture.image("proxy", "tecnativa/docker-socket-proxy", "v0.4.1")}),
		fixture.service("inside", {"ports": [fixture.port("inside", 2375, {})]}),
	])
}

_app(port) := fixture.project([fixture.publishing("app", [port], {})])
