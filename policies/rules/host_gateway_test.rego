package composelint.rules["host-gateway_test"]

import data.composelint.fixture
import data.composelint.rules["host-gateway"] as rule

test_service if {
	rule.findings == {{
		"at": "services.app.extra_hosts[host.docker.internal]",
		"message": `service "app" reaches the host as "host.docker.internal": run what it needs there in a container, if that can be`,
	}} with input as fixture.project([fixture.service("app", {"extra_hosts": [_host("services.app", "host-gateway")]})])
}

test_build if {
	rule.findings == {{
		"at": "services.app.build.extra_hosts[host.docker.internal]",
		"message": `the build of service "app" reaches the host as "host.docker.internal": fetch what it needs there beforehand`,
	}} with input as fixture.project([fixture.built("app", {"extra_hosts": [_host("services.app.build", "host-gateway")]})])
}

test_other_addresses if {
	rule.findings == set() with input as fixture.project([fixture.service("app", {"extra_hosts": [
		_host("services.app", "10.0.0.1"),
		fixture.without(_host("services.app", ""), ["address"]),
	]})])
}

_host(at, address) := {"at": $"{at}.extra_hosts[host.docker.internal]", "name": "host.docker.internal", "address": address}
