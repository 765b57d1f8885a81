package composelint.rules["daemon-authorization-missing_test"]

import data.composelint.fixture
import data.composelint.rules["daemon-authorization-missing"] as rule

test_found if {
	rule.findings == {{"at": "daemon", "key": "authorization-plugins", "message": `every caller of the Docker API may do everything: set "authorization-plugins", or give programs a socket proxy`}} with input as fixture.daemon({"authorization_plugins": []})
}

test_others if {
	rule.findings == set() with input as fixture.daemon({})
	rule.findings == set() with input as fixture.project([])
}
