package composelint.rules["unresolved-variable_test"]

import data.composelint.fixture
import data.composelint.rules["unresolved-variable"] as rule

_unknown(entries) := object.union(fixture.project([]), {"unknown": [
{"at": entry[0], "key": entry[1], "variable": entry[2]} |
	some entry in entries
]})

test_one_finding_a_variable if {
	rule.findings == {
		{
			"at": "services.app",
			"key": "privileged",
			"message": `variable "P" is not set: the 2 values that need it were not judged; set it in ".env" or give it a default`,
		},
		{
			"at": "services.db.image",
			"key": "",
			"message": `variable "TAG" is not set: the value that needs it was not judged; set it in ".env" or give it a default`,
		},
	} with input as _unknown([["services.app", "privileged", "P"], ["services.db", "user", "P"], ["services.db.image", "", "TAG"]])
}

test_set_by_the_platform if {
	rule.findings == set() with input as _unknown([["services.app", "user", "SERVICE_USER_APP"]])
}

test_nothing_unknown if {
	rule.findings == set() with input as _unknown([])
}
