package composelint.rules["host-uts_test"]

import data.composelint.fixture
import data.composelint.rules["host-uts"] as rule

test_host if {
	rule.findings == {{
		"at": "services.app.uts",
		"message": `service "app" shares the host's UTS namespace: remove "uts: host"`,
		"fixes": [{
			"title": `remove "uts: host"`,
			"risk": "it has a host name of its own then",
			"edits": [{"op": "remove", "at": "services.app.uts"}],
		}],
	}} with input as _app({})
}

test_others if {
	rule.findings == set() with input as _app({"mode": "private", "host": false})
	rule.findings == set() with input as _app({"name": "network"})
	rule.findings == set() with input as fixture.project([fixture.service("app", {})])
}

_app(fields) := fixture.project([fixture.service("app", {"namespaces": [fixture.namespace("app", "uts", fields)]})])
