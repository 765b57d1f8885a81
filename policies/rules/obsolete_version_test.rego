package composelint.rules["obsolete-version_test"]

import data.composelint.fixture
import data.composelint.rules["obsolete-version"] as rule

test_version if {
	fixture.without_fixes(rule.findings) == {{"at": "slips[3.8]", "message": `docker compose ignores "version": remove it`}} with input as _slip("version")
}

test_others if {
	rule.findings == set() with input as _slip("date")
	rule.findings == set() with input as fixture.swarm(_slip("version"))
	rule.findings == set() with input as fixture.project([])
}

_slip(kind) := fixture.project_with([], {"slips": [{"at": "slips[3.8]", "kind": kind, "text": "3.8", "means": ""}]})
