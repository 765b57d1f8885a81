package composelint.rules["daemon-new-privileges-allowed_test"]

import data.composelint.fixture
import data.composelint.rules["daemon-new-privileges-allowed"] as rule

test_found if {
	rule.findings == {{"at": "daemon", "key": "no-new-privileges", "message": `containers can gain privileges by setuid programs unless they say otherwise: set "no-new-privileges" to true`}} with input as fixture.daemon({"no_new_privileges": false})
}

test_others if {
	rule.findings == set() with input as fixture.daemon({})
	rule.findings == set() with input as fixture.project([])
}
