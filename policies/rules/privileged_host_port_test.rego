package composelint.rules["privileged-host-port_test"]

import data.composelint.fixture
import data.composelint.rules["privileged-host-port"] as rule

test_below_1024 if {
	rule.findings == {{
		"at": "services.web.ports[8053/tcp]",
		"message": `service "web" publishes the privileged port 53 of the host: use one from 1024 on where the protocol allows it`,
	}} with input as _project("example/app", [fixture.port("web", 8053, {"published": "53", "first": 53, "last": 53})])
}

test_on_loopback if {
	{finding.at | some finding in rule.findings} == {"services.web.ports[80/tcp]"} with input as _project("example/app", [fixture.port("web", 80, {"host_ip": "127.0.0.1"})])
}

test_others if {
	rule.findings == set() with input as _project("example/app", [
		fixture.port("web", 1024, {}),
		fixture.port("web", 80, {"published": "8080", "first": 8080, "last": 8080}),
		fixture.port("web", 81, {"published": "", "first": 0, "last": 0}),
		fixture.port("web", 22, {}),
	])
}

test_edge if {
	rule.findings == set() with input as _project("nginx", [fixture.port("web", 443, {})])
}

test_not_in_force if {
	rule.findings == set() with input as fixture.project([fixture.service("web", {"ports": [fixture.port("web", 53, {})]})])
}

_project(repository, ports) := fixture.project([fixture.publishing("web", ports, {"image": fixture.image("web", repository, "1.0")})])
