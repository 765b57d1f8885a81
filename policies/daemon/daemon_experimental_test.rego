package composelint.rules["daemon-experimental_test"]

import data.composelint.fixture
import data.composelint.rules["daemon-experimental"] as rule

test_found if {
	rule.findings == {{"at": "daemon", "key": "experimental", "message": `experimental features of the engine are on: remove "experimental"`}} with input as fixture.daemon({"experimental": true})
}

test_others if {
	rule.findings == set() with input as fixture.daemon({})
	rule.findings == set() with input as fixture.project([])
}
