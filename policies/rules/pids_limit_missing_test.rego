package composelint.rules["pids-limit-missing_test"]

import data.composelint.fixture
import data.composelint.rules["pids-limit-missing"] as rule

test_missing if {
	fixture.without_fixes(rule.findings) == {
		{"at": "services.none", "key": "pids_limit", "message": `service "none" can start any number of processes: set "pids_limit"`},
		{"at": "jobs.any", "key": "pids_limit", "message": `job "any" can start any number of processes: set "pids_limit"`},
	} with input as fixture.project([
		fixture.service("none", {"limits": {"pids": 0, "zero": []}}),
		fixture.job("any", {"limits": {"pids": -1, "zero": []}}),
	])
}

test_limited_unknown_or_elsewhere if {
	rule.findings == set() with input as fixture.project([
		fixture.service("limited", {}),
		fixture.service("unknown", {"limits": {"zero": []}}),
		fixture.service("fragment", {"complete": false, "limits": {"pids": 0, "zero": []}}),
		fixture.hook("limited", "pre_start", {}),
	])
}
