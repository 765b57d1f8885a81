package composelint.rules["default-bridge_test"]

import data.composelint.fixture
import data.composelint.rules["default-bridge"] as rule

test_mode if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.network",
		"message": `service "app" is on Docker's default bridge with all containers of the host that have no network: remove "network_mode"`,
	}} with input as _app({"mode": "bridge", "host": false})
}

test_network_of_that_name if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.networks[outside]",
		"message": `service "app" is on Docker's default bridge with all containers of the host that have no network: use a network of the project`,
	}} with input as _on(fixture.network("outside", {"external": true, "engine_name": "bridge"}))
}

test_networks_of_the_project if {
	rule.findings == set() with input as _on(fixture.network("outside", {"driver": "bridge", "engine_name": "bridge"}))
}

test_other_modes if {
	rule.findings == set() with input as _app({})
}

test_other_namespaces if {
	rule.findings == set() with input as _app({"name": "ipc", "mode": "bridge", "host": false})
}

_app(fields) := fixture.project([fixture.service("app", {"namespaces": [fixture.namespace("app", "network", fields)]})])

_on(network) := fixture.project_with(
	[fixture.service("app", {"networks": fixture.attachments("app", ["outside"])})],
	{"networks": [network]},
)
