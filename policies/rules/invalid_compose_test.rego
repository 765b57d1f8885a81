package composelint.rules["invalid-compose_test"]

import data.composelint.fixture
import data.composelint.rules["invalid-compose"] as rule

test_each_problem if {
	fixture.without_fixes(rule.findings) == {
		{"at": "services.web", "key": "netwroks", "message": `unknown key "netwroks": did you mean "networks"?`},
		{"at": "services.db", "key": "", "message": `service "db" has neither an image nor a build`},
	} with input as object.union(fixture.project([]), {"problems": [
		{"at": "services.web", "key": "netwroks", "stage": "load", "meant": "", "undefined": [], "message": `unknown key "netwroks": did you mean "networks"?`},
		{"at": "services.db", "key": "", "stage": "load", "meant": "", "undefined": [], "message": `service "db" has neither an image nor a build`},
		{"at": "services.web.restart", "key": "", "stage": "create", "meant": "", "undefined": [], "message": `"allways" is no restart policy`},
	]})
}

test_no_problem if {
	rule.findings == set() with input as fixture.project([fixture.service("web", {})])
}

test_fixes if {
	{finding.fixes | some finding in rule.findings} == {
		[{"title": `write "networks"`, "risk": "what was refused takes effect", "edits": [{"op": "correct", "at": "services.web.netwroks", "value": "networks"}]}],
		[{
			"title": `add "data" to the top-level "volumes"`,
			"risk": "what is new and empty may not be what was meant",
			"edits": [{"op": "define", "at": "services.web.volumes[/data]", "path": ["volumes", "data"], "value": {}}],
		}],
	} with input as object.union(fixture.project([]), {"problems": [
		{"at": "services.web.netwroks", "key": "", "stage": "load", "message": "x", "meant": "networks", "undefined": []},
		{"at": "services.web.volumes[/data]", "key": "", "stage": "load", "message": "x", "meant": "", "undefined": ["volumes", "data"]},
		{"at": "services.db", "key": "", "stage": "load", "message": "x", "meant": "", "undefined": []},
	]})
}

test_near_names if {
	_edits == {{"op": "define", "at": "services.web.volumes[/data]", "path": ["volumes", "app-logs"], "value": {}}} with input as _undefined("app-data", [])
	_edits == {{"op": "correct", "at": "services.web.volumes[/data]", "value": "app-data"}} with input as _undefined("app-data", [{"at": "volumes.app-data", "section": "volumes", "name": "app-data"}])
	_edits == {{"op": "correct", "at": "services.web.volumes[/data]", "value": "./app-logs"}} with input as _undefined("./app-logs", [])
}

_edits := {edit | some finding in rule.findings; some fix in finding.fixes; some edit in fix.edits}

_undefined(meant, unused) := object.union(fixture.project_with([], {"unused": unused}), {"problems": [{"at": "services.web.volumes[/data]", "key": "", "stage": "load", "message": "x", "meant": meant, "undefined": ["volumes", "app-logs"]}]})
