package composelint.rules["unused-ignore_test"]

import data.composelint.fixture
import data.composelint.rules["unused-ignore"] as rule

# Its findings are made of those of the other rules (rules/triage/suppress.go).
test_nothing if {
	count(rule.findings) == 0 with input as fixture.project([fixture.service("app", {})])
}
