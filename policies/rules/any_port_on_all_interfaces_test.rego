package composelint.rules["any-port-on-all-interfaces_test"]

import data.composelint.fixture
import data.composelint.rules["any-port-on-all-interfaces"] as rule

test_everywhere if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.web.ports[8080/tcp]",
		"message": `service "web" publishes port 8080 on every address of the host: state the address that it is meant for, such as "127.0.0.1"`,
	}} with input as _project("example/app", [fixture.port("web", 8080, {})])
}

test_web_ports_of_no_edge if {
	{finding.at | some finding in rule.findings} == {"services.web.ports[80/tcp]"} with input as _project("example/app", [fixture.port("web", 80, {})])
}

test_edge if {
	{finding.at | some finding in rule.findings} == {"services.web.ports[8443/tcp]"} with input as _project("nginx", [
		fixture.port("web", 80, {}),
		fixture.port("web", 8443, {}),
	])
}

test_addresses if {
	rule.findings == set() with input as _project("example/app", [fixture.port("web", 8080, {"host_ip": "127.0.0.1"})])
}

test_more_specific_rules if {
	rule.findings == set() with input as _project("example/app", [
		fixture.port("web", 22, {}),
		fixture.port("web", 2375, {}),
		fixture.port("web", 5432, {}),
	])
}

test_socket_proxy if {
	rule.findings == set() with input as _project("tecnativa/docker-socket-proxy", [fixture.port("web", 2375, {})])
}

_project(repository, ports) := fixture.project([fixture.publishing("web", ports, {"image": fixture.image("web", repository, "1.0")})])
