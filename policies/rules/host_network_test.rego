package composelint.rules["host-network_test"]

import data.composelint.fixture
import data.composelint.rules["host-network"] as rule

test_host if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.network",
		"message": `service "app" uses the host's network: give it a network of its own and publish the ports it needs`,
		"related": [],
	}} with input as _app({})
}

test_chain if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.network",
		"message": `service "app" joins the network of "vpn", which is the host's: give it a network of its own and publish the ports it needs`,
		"related": [
			{"at": "services.vpn.network", "label": "on the way to the host's network"},
			{"at": "services.gateway.network", "label": "on the way to the host's network"},
		],
	}} with input as _app({"mode": "service", "of": "vpn", "joined": "vpn", "through": ["services.vpn.network", "services.gateway.network"]})
}

test_network_that_is_the_hosts if {
	{finding.message | some finding in rule.findings} == {`service "app" is attached to a network that is the host's: give it a network of its own and publish the ports it needs`} with input as fixture.project([fixture.service("app", {
		"networks": fixture.attachments("app", ["outside"]),
		"namespaces": [fixture.namespace("app", "network", {"at": "services.app.networks[outside]"})],
	})])
}

test_other_networks if {
	rule.findings == set() with input as _app({"mode": "none", "host": false})
}

test_other_namespaces if {
	rule.findings == set() with input as _app({"name": "pid"})
}

test_no_namespace if {
	rule.findings == set() with input as fixture.project([fixture.service("app", {})])
}

_app(fields) := fixture.project([fixture.service("app", {"namespaces": [fixture.namespace("app", "network", fields)]})])

test_needed if {
	{[finding.severity, finding.message] | some finding in rule.findings} == {["note", `service "app" uses the host's network, which Pi-hole needs to give out addresses by DHCP: whoever takes it over can reach what listens on the host alone, so let as few as possible reach it`]} with input as fixture.project([fixture.service("app", {
		"image": fixture.image("app", "pihole/pihole", "2026.07"),
		"namespaces": [fixture.namespace("app", "network", {})],
	})])
}

test_fixes if {
	_fixes == {{
		"title": `remove "network_mode"`,
		"risk": "what it reaches at localhost, or is reached by on ports that it does not publish, is out of reach",
		"edits": [{"op": "remove", "at": "services.app.network"}],
	}} with input as fixture.project([fixture.service("app", {"namespaces": [fixture.namespace("app", "network", {})], "ports": [fixture.port("app", 80, {})]})])
	_fixes == set() with input as _app({})
}

_fixes := {fix | some finding in rule.findings; some fix in finding.fixes}
