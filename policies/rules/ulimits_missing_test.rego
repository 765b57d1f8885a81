package composelint.rules["ulimits-missing_test"]

import data.composelint.fixture
import data.composelint.rules["ulimits-missing"] as rule

test_missing if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app",
		"message": `service "app" has the engine's limits of open files and processes: set "ulimits"`,
	}} with input as fixture.project([fixture.service("app", {"ulimits": []})])
}

test_stated_or_elsewhere if {
	rule.findings == set() with input as fixture.project([
		fixture.service("app", {}),
		fixture.service("fragment", {"complete": false, "ulimits": []}),
		fixture.hook("app", "pre_start", {}),
	])
}
