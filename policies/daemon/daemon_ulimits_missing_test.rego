package composelint.rules["daemon-ulimits-missing_test"]

import data.composelint.fixture
import data.composelint.rules["daemon-ulimits-missing"] as rule

test_found if {
	rule.findings == {{"at": "daemon", "key": "default-ulimits", "message": `containers have the engine's own limits of open files and processes: set "default-ulimits"`}} with input as fixture.daemon({"ulimits": []})
}

test_others if {
	rule.findings == set() with input as fixture.daemon({})
	rule.findings == set() with input as fixture.project([])
}
