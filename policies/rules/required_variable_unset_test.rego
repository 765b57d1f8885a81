package composelint.rules["required-variable-unset_test"]

import data.composelint.fixture
import data.composelint.rules["required-variable-unset"] as rule

test_one_finding_a_variable if {
	rule.findings == {
		{
			"at": "services.app.image",
			"key": "",
			"message": `the required variable "TAG" is not set here: set it where the project runs, or name a file that sets it with --env-file`,
			"about": `variable["TAG"]`,
			"related": [],
		},
		{
			"at": "services.db",
			"key": "user",
			"message": `the required variable "NAME" is not set here ("set it"): set it where the project runs, or name a file that sets it with --env-file`,
			"about": `variable["NAME"]`,
			"related": [
				{"at": "services.web", "key": "user", "label": `"NAME" is used here`},
				{"at": "services.app", "key": "hostname", "label": `"NAME" is used here`},
			],
		},
	} with input as object.union(fixture.project([]), {"unknown": [
		fixture.unknown("services.app", "hostname", "NAME", {}),
		fixture.unknown("services.web", "user", "NAME", {"required": true, "reason": "set it"}),
		fixture.unknown("services.db", "user", "NAME", {"required": true, "reason": "set it"}),
		fixture.unknown("services.app.image", "", "TAG", {"required": true}),
		fixture.unknown("services.app", "user", "OTHER", {}),
	]})
}

test_none_required if {
	rule.findings == set() with input as object.union(fixture.project([]), {"unknown": [fixture.unknown("services.app", "user", "OTHER", {})]})
}
