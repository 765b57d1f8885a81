package composelint.rules["unused-definition_test"]

import data.composelint.fixture
import data.composelint.rules["unused-definition"] as rule

test_unused if {
	fixture.without_fixes(rule.findings) == {
		{"at": "networks.back", "message": `nothing uses the network "back": use it where it was meant to be, or remove it`},
		{"at": "secrets.token", "message": `nothing uses the secret "token": use it where it was meant to be, or remove it`},
	} with input as _project([fixture.service("app", {}), fixture.hook("app", "post_start", {})])
}

test_fragment if {
	rule.findings == set() with input as _project([fixture.service("app", {}), fixture.service("other", {"complete": false})])
	rule.findings == set() with input as _project([])
}

test_all_used if {
	rule.findings == set() with input as fixture.project([fixture.service("app", {})])
}

_project(services) := fixture.project_with(services, {"unused": [
	{"at": "networks.back", "section": "networks", "name": "back"},
	{"at": "secrets.token", "section": "secrets", "name": "token"},
]})
