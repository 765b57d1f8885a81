package composelint.rules.privileged_test

import data.composelint.fixture
import data.composelint.rules.privileged as rule

test_privileged if {
	rule.findings == {{
		"at": "services.web",
		"key": "privileged",
		"message": `service "web" is privileged, which is root on the host: grant single capabilities or devices instead`,
	}} with input as fixture.project([
		fixture.service("web", {"privileged": true}),
		fixture.service("db", {}),
	])
}

test_fragment if {
	{finding.at | some finding in rule.findings} == {"services.web"} with input as fixture.project([fixture.without(
		fixture.service("web", {"privileged": true, "complete": false}),
		["image"],
	)])
}

test_unknown if {
	rule.findings == set() with input as fixture.project([fixture.without(fixture.service("web", {}), ["privileged"])])
}
