package composelint.rules["restart-unbounded_test"]

import data.composelint.fixture
import data.composelint.rules["restart-unbounded"] as rule

test_unbounded if {
	fixture.without_fixes(rule.findings) == {
		{"at": "services.a.restart", "message": `service "a" is restarted without end, by "always": use "on-failure:5"`},
		{"at": "services.b.restart", "message": `service "b" is restarted without end, by "unless-stopped": use "on-failure:5"`},
		{"at": "services.c.restart", "message": `service "c" is restarted without end, by "on-failure": use "on-failure:5"`},
	} with input as fixture.project([
		_restarted("a", {"policy": "always", "max_attempts": 0}),
		_restarted("b", {"policy": "unless-stopped", "max_attempts": 0}),
		_restarted("c", {"policy": "on-failure", "max_attempts": 0}),
	])
}

test_bounded_or_unknown if {
	rule.findings == set() with input as fixture.project([
		_restarted("five", {"policy": "on-failure", "max_attempts": 5}),
		_restarted("no", {"policy": "no", "max_attempts": 0}),
		_restarted("unknown", {"max_attempts": 0}),
		_restarted("unknown-count", {"policy": "on-failure"}),
		fixture.hook("five", "pre_start", {}),
	])
}

_restarted(name, fields) := fixture.service(name, {"restart": object.union({"at": $"services.{name}.restart", "replaced": ""}, fields)})

test_fixes if {
	_edits == {[{"op": "set", "at": "services.a", "path": ["restart"], "value": "on-failure:5"}]} with input as fixture.project([_restarted("a", {"policy": "always", "max_attempts": 0})])
	_edits == {[
		{"op": "set", "at": "services.a", "path": ["deploy", "restart_policy", "condition"], "value": "on-failure"},
		{"op": "set", "at": "services.a", "path": ["deploy", "restart_policy", "max_attempts"], "value": 5},
	]} with input as fixture.project([_restarted("a", {"at": "services.a.deploy.restart_policy", "policy": "always", "max_attempts": 0})])
}

_edits := {fix.edits | some finding in rule.findings; some fix in finding.fixes}
