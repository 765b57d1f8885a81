package composelint.rules["invalid-compose_test"]

import data.composelint.fixture
import data.composelint.rules["invalid-compose"] as rule

test_each_problem if {
	rule.findings == {
		{"at": "services.web", "key": "netwroks", "message": `unknown key "netwroks": did you mean "networks"?`},
		{"at": "services.db", "key": "", "message": `service "db" has neither an image nor a build`},
	} with input as object.union(fixture.project([]), {"problems": [
		{"at": "services.web", "key": "netwroks", "stage": "load", "message": `unknown key "netwroks": did you mean "networks"?`},
		{"at": "services.db", "key": "", "stage": "load", "message": `service "db" has neither an image nor a build`},
		{"at": "services.web.restart", "key": "", "stage": "create", "message": `"allways" is no restart policy`},
	]})
}

test_no_problem if {
	rule.findings == set() with input as fixture.project([fixture.service("web", {})])
}
