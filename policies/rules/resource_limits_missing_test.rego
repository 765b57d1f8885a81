package composelint.rules["resource-limits-missing_test"]

import data.composelint.fixture
import data.composelint.rules["resource-limits-missing"] as rule

test_both if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.proxy",
		"message": `service "proxy" has no memory and no CPU limit: set "mem_limit" and "cpus"`,
		"controls": ["owasp-docker/7", "cis-docker-1.8.0/5.11", "cis-docker-1.8.0/5.12"],
	}} with input as _proxy({"memory": 0, "cpus": 0, "cpu_shares": 0})
}

test_memory if {
	{finding.message | some finding in rule.findings} == {`service "proxy" has no memory limit: set "mem_limit"`} with input as _proxy({"memory": 0, "cpus": 0, "cpu_shares": 512})
}

test_cpu if {
	{finding.message | some finding in rule.findings} == {`service "proxy" has no CPU limit: set "cpus"`} with input as _proxy({"memory": 1048576, "cpus": 0, "cpu_shares": 0})
}

test_unknown if {
	rule.findings == set() with input as _proxy({"cpus": 0})
}

test_one_known_to_be_missing if {
	{finding.message | some finding in rule.findings} == {`service "proxy" has no memory limit: set "mem_limit"`} with input as _proxy({"memory": 0, "cpus": 0})
}

test_zero if {
	{[finding.at, finding.key] | some finding in rule.findings} == {["services.proxy", "cpus"]} with input as _proxy({"memory": 0, "cpus": 0, "cpu_shares": 0, "zero": ["cpus"]})
}

test_limited if {
	rule.findings == set() with input as _proxy({"memory": 1048576, "cpus": 0.25, "cpu_shares": 0})
}

test_elsewhere_notes_told_as_one if {
	fixture.without_fixes(rule.findings) == {
		{
			"at": "services.web",
			"message": `service "web" has no memory limit: set "mem_limit"`,
			"severity": "note",
			"summary": _summary,
			"controls": ["owasp-docker/7", "cis-docker-1.8.0/5.11"],
		},
		{
			"at": "services.db",
			"message": `service "db" has no CPU limit: set "cpus"`,
			"severity": "note",
			"summary": _summary,
			"controls": ["owasp-docker/7", "cis-docker-1.8.0/5.12"],
		},
	} with input as fixture.project([
		fixture.service("cache", {}),
		fixture.service("web", {"limits": {"memory": 0, "zero": []}}),
		fixture.service("fragment", {"complete": false, "limits": {"memory": 0, "zero": []}}),
		fixture.service("db", {"limits": {"cpus": 0, "cpu_shares": 0, "zero": []}}),
	])
}

test_jobs if {
	{finding.message | some finding in rule.findings} == {`job "migrate" has no memory limit: set "mem_limit"`} with input as fixture.project([
		fixture.service("web", {}),
		fixture.job("migrate", {"limits": {"memory": 0, "zero": []}}),
		fixture.hook("web", "pre_start", {}),
	])
}

_summary := `have no memory or no CPU limit: set "mem_limit" and "cpus"`

_proxy(limits) := fixture.project([fixture.proxy("proxy", {"limits": object.union({"zero": []}, limits)})])
