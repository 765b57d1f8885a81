package composelint.rules["host-userns_test"]

import data.composelint.fixture
import data.composelint.rules["host-userns"] as rule

test_host if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.userns",
		"message": `service "app" shares the host's user namespace: remove "userns_mode: host"`,
	}} with input as _app({})
}

test_others if {
	rule.findings == set() with input as _app({"mode": "private", "host": false})
	rule.findings == set() with input as _app({"name": "network"})
	rule.findings == set() with input as fixture.project([fixture.service("app", {})])
}

_app(fields) := fixture.project([fixture.service("app", {"namespaces": [fixture.namespace("app", "userns", fields)]})])
