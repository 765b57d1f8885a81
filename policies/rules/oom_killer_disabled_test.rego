package composelint.rules["oom-killer-disabled_test"]

import data.composelint.fixture
import data.composelint.rules["oom-killer-disabled"] as rule

test_without_limit if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app",
		"key": "oom_kill_disable",
		"message": `the kernel spares service "app" when memory runs out, which has no memory limit, and kills others instead: remove "oom_kill_disable"`,
	}} with input as _app({"oom_kill_disable": true, "limits": {"memory": 0, "zero": []}})
}

test_with_limit if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.app",
		"key": "oom_kill_disable",
		"message": `service "app" hangs when its memory runs out, instead of being restarted: remove "oom_kill_disable"`,
		"severity": "warning",
	}} with input as _app({"oom_kill_disable": true})
}

test_unknown_limit if {
	{finding.severity | some finding in rule.findings} == {"warning"} with input as _app({"oom_kill_disable": true, "limits": {"zero": []}})
}

test_enabled_or_unknown if {
	rule.findings == set() with input as _app({})
	rule.findings == set() with input as fixture.project([fixture.without(fixture.service("app", {}), ["oom_kill_disable"])])
}

_app(fields) := fixture.project([fixture.service("app", fields)])
