package composelint.rules["create-refused_test"]

import data.composelint.fixture
import data.composelint.rules["create-refused"] as rule

test_when_created if {
	fixture.without_fixes(rule.findings) == {{
		"at": "services.web.restart", "key": "",
		"message": `"allways" is no restart policy: did you mean "always"?`,
	}} with input as object.union(fixture.project([]), {"problems": [
		{"at": "services.web.restart", "key": "", "stage": "create", "meant": "", "undefined": [], "message": `"allways" is no restart policy: did you mean "always"?`},
		{"at": "services.db", "key": "", "stage": "load", "meant": "", "undefined": [], "message": `service "db" has neither an image nor a build`},
	]})
}

test_no_problem if {
	rule.findings == set() with input as fixture.project([fixture.service("web", {})])
}

test_fix if {
	{finding.fixes | some finding in rule.findings} == {[{"title": `write "always"`, "risk": "what was refused takes effect", "edits": [{"op": "correct", "at": "services.web.restart", "value": "always"}]}]} with input as object.union(fixture.project([]), {"problems": [{"at": "services.web.restart", "key": "", "stage": "create", "message": "x", "meant": "always", "undefined": []}]})
}
