package composelint.rules["daemon-api-version-old_test"]

import data.composelint.fixture
import data.composelint.rules["daemon-api-version-old"] as rule

test_old if {
	rule.findings == {{"at": "daemon", "key": "min-api-version", "message": `clients may ask for the API 1.24, which the engine does not speak by itself: remove "min-api-version"`}} with input as fixture.daemon({"min_api_version": "1.24"})
}

test_others if {
	rule.findings == set() with input as fixture.daemon({})
	rule.findings == set() with input as fixture.daemon({"min_api_version": "1.44"})
	rule.findings == set() with input as fixture.daemon({"min_api_version": "1.40"})
	rule.findings == set() with input as fixture.project([])
}
