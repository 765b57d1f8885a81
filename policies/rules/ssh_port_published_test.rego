package composelint.rules["ssh-port-published_test"]

import data.composelint.fixture
import data.composelint.rules["ssh-port-published"] as rule

test_everywhere if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.ports[22/tcp]",
		"message": `service "app" publishes port 22 of an SSH server: remove it and use "docker exec"`,
		"severity": "warning",
	}} with input as _app("example/app", fixture.port("app", 22, {"published": "2222", "first": 2222, "last": 2222}))
}

test_on_loopback if {
	{finding.severity | some finding in rule.findings} == {"note"} with input as _app("example/app", fixture.port("app", 22, {"host_ip": "127.0.0.1"}))
}

test_image_with_another_port if {
	{finding.at | some finding in rule.findings} == {"services.app.ports[2222/tcp]"} with input as _app("linuxserver/openssh-server", fixture.port("app", 2222, {}))
}

test_for_users if {
	rule.findings == set() with input as _app("gitea/gitea", fixture.port("app", 22, {}))
}

test_near_misses if {
	rule.findings == set() with input as fixture.project([
		fixture.publishing(
			"app", [
				fixture.port("app", 8022, {"published": "22", "first": 22, "last": 22}),
				fixture.port("app", 2222, {}),
				fixture.port("app", 22, {"protocol": "udp"}),
			],
			{},
		),
		fixture.service("inside", {"ports": [fixture.port("inside", 22, {})]}),
	])
}

_app(repository, port) := fixture.project([fixture.publishing("app", [port], {"image": fixture.image("app", repository, "1.0")})])
