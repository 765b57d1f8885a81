package composelint.rules["cgroup-parent_test"]

import data.composelint.fixture
import data.composelint.rules["cgroup-parent"] as rule

test_stated if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app",
		"key": "cgroup_parent",
		"message": `service "app" runs in the control group "system.slice": remove "cgroup_parent", and set limits of its own`,
	}} with input as fixture.project([fixture.service("app", {"cgroup_parent": "system.slice"})])
}

test_not_stated if {
	rule.findings == set() with input as fixture.project([
		fixture.service("app", {}),
		fixture.without(fixture.service("db", {}), ["cgroup_parent"]),
	])
}
