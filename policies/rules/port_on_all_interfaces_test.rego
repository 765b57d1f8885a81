package composelint.rules["port-on-all-interfaces_test"]

import data.composelint.fixture
import data.composelint.rules["port-on-all-interfaces"] as rule

test_image if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.db.ports[5433/tcp]",
		"message": `service "db" publishes port 5433 of the database PostgreSQL on every address of the host: publish it on "127.0.0.1", or not at all`,
	}} with input as _project("postgres", [fixture.port("db", 5433, {})])
}

test_number if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.db.ports[9229/tcp]",
		"message": `service "db" publishes port 9229 of the debugger of Node.js on every address of the host: publish it on "127.0.0.1", or not at all`,
	}} with input as _project("example/app", [fixture.port("db", 9229, {"host_ip": "::"})])
}

test_one_of_the_ports_of_an_image if {
	{finding.at | some finding in rule.findings} == {"services.db.ports[9001/tcp]"} with input as _project("mirror/minio/minio", [
		fixture.port("db", 9000, {}),
		fixture.port("db", 9001, {}),
	])
		with data.composelint.rules["authentication-off"].findings as set()
}

test_without_authentication if {
	rule.findings == set() with input as _project("redis", [fixture.port("db", 6379, {})])
	{finding.at | some finding in rule.findings} == {"services.db.ports[6379/tcp]"} with input as _project("redis", [fixture.port("db", 6379, {})])
		with data.composelint.rules["authentication-off"].findings as {{"at": "services.db.image", "message": "", "severity": "note", "related": [{"at": "services.db.ports[6379/tcp]", "label": ""}]}}
}

test_image_before_number if {
	rule.findings == set() with input as _project("n8nio/n8n", [fixture.port("db", 5678, {})])
	rule.findings == set() with input as _project("portainer/portainer-ce", [fixture.port("db", 8000, {})])
	rule.findings == set() with input as _project("library/consul", [fixture.port("db", 8600, {})])
	{finding.at | some finding in rule.findings} == {"services.db.ports[5432/tcp]"} with input as _project("traefik", [fixture.port("db", 5432, {})])
}

test_addresses if {
	rule.findings == set() with input as _project("postgres", [
		fixture.port("db", 5432, {"host_ip": "127.0.0.1"}),
		fixture.port("db", 5433, {"host_ip": "192.168.1.10"}),
	])
}

test_unknown_address if {
	rule.findings == set() with input as fixture.project([fixture.service("db", {
		"image": fixture.image("db", "postgres", "17"),
		"ports": [fixture.without(fixture.port("db", 5432, {}), ["host_ip"])],
		"entries": [fixture.without(fixture.entry("db", 5432, {}), ["loopback"])],
	})])
}

test_other_ports if {
	rule.findings == set() with input as _project("example/app", [
		fixture.port("db", 8080, {}),
		fixture.port("db", 5432, {"protocol": "udp"}),
	])
}

test_not_in_force if {
	rule.findings == set() with input as fixture.project([fixture.service("db", {"ports": [fixture.port("db", 5432, {})]})])
}

test_console if {
	rule.findings == set() with input as _project("portainer/portainer-ce", [fixture.port("db", 9443, {})])
		with data.composelint.rules["docker-console-exposed"].findings as {{"at": "services.db.ports[9443/tcp]", "message": ""}}
}

test_bound_networks if {
	rule.findings == set() with input as _on_networks([
		fixture.network("web", {"internal": false, "driver_opts": _binding("web", "127.0.0.1")}),
		fixture.network("inner", {}),
	])
}

test_networks_that_are_not_all_bound if {
	{finding.at | some finding in rule.findings} == {"services.db.ports[5432/tcp]"} with input as _on_networks([
		fixture.network("web", {"internal": false, "driver_opts": _binding("web", "127.0.0.1")}),
		fixture.network("inner", {"internal": false, "driver_opts": _binding("inner", "0.0.0.0")}),
	])
}

_project(repository, ports) := fixture.project([fixture.publishing("db", ports, {"image": fixture.image("db", repository, "1.0")})])

_on_networks(networks) := fixture.project_with(
	[fixture.publishing("db", [fixture.port("db", 5432, {})], {"networks": fixture.attachments("db", ["web", "inner"])})],
	{"networks": networks},
)

_binding(network, address) := fixture.settings($"networks.{network}", "driver_opts", {"com.docker.network.bridge.host_binding_ipv4": address})
