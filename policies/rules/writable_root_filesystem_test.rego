package composelint.rules["writable-root-filesystem_test"]

import data.composelint.fixture
import data.composelint.rules["writable-root-filesystem"] as rule

test_writable if {
	rule.findings == {{
		"at": "services.app",
		"key": "read_only",
		"message": `service "app" can write to its root file system: set "read_only" to "true", and "tmpfs" for what it writes`,
	}} with input as fixture.project([fixture.service("app", {"read_only": false})])
}

test_others if {
	rule.findings == set() with input as fixture.project([
		fixture.service("app", {}),
		fixture.service("fragment", {"read_only": false, "complete": false}),
		fixture.without(fixture.service("unknown", {}), ["read_only"]),
		fixture.hook("app", "post_start", {}),
	])
}
