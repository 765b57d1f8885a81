package composelint.rules["host-cgroup_test"]

import data.composelint.fixture
import data.composelint.rules["host-cgroup"] as rule

test_host if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.cgroup",
		"message": `service "app" shares the host's cgroup namespace: remove "cgroup: host"`,
	}} with input as _app({})
}

test_others if {
	rule.findings == set() with input as _app({"mode": "private", "host": false})
	rule.findings == set() with input as _app({"name": "network"})
	rule.findings == set() with input as fixture.project([fixture.service("app", {})])
}

_app(fields) := fixture.project([fixture.service("app", {"namespaces": [fixture.namespace("app", "cgroup", fields)]})])
