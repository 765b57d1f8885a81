package composelint.rules["logging-disabled_test"]

import data.composelint.fixture
import data.composelint.rules["logging-disabled"] as rule

test_none if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app.logging",
		"key": "driver",
		"message": `service "app" keeps no log, by the driver "none": use "local", which removes the old by itself`,
	}} with input as _app({"driver": "none"})
}

test_others if {
	rule.findings == set() with input as _app({"driver": "json-file"})
	rule.findings == set() with input as _app({"driver": ""})
	rule.findings == set() with input as _app({})
}

# Of a socket proxy socket-proxy-no-audit speaks.
test_socket_proxy if {
	rule.findings == set() with input as fixture.project([fixture.proxy("proxy", {"logging": {"at": "services.proxy.logging", "by_engine": false, "options": [], "driver": "none"}})])
}

_app(fields) := fixture.project([fixture.service("app", {"logging": object.union({"at": "services.app.logging", "by_engine": false, "options": []}, fields)})])

test_by_engine if {
	rule.findings == set() with input as fixture.project([fixture.service("app", {"logging": {"at": "services.app", "driver": "none", "by_engine": true, "options": []}})])
}
