package composelint.rules["daemon-icc-allowed_test"]

import data.composelint.fixture
import data.composelint.rules["daemon-icc-allowed"] as rule

test_found if {
	rule.findings == {{"at": "daemon", "key": "icc", "message": `containers on the default bridge reach every port of each other: set "icc" to false`}} with input as fixture.daemon({"icc": true})
}

test_others if {
	rule.findings == set() with input as fixture.daemon({})
	rule.findings == set() with input as fixture.project([])
}
